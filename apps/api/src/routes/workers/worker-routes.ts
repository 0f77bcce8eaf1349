import { fleetView } from '@goalpost/contracts'
import { enginesOnOffer } from '@goalpost/experiments'
import type { ApiDependencies } from '../../dependencies.ts'
import { isOperator, workspaceOf } from '../../server/caller.ts'
import { type Api, json, problems } from '../../server/route-schemas.ts'

/** Engines and counts are for every key; hosts are for operators. */
export function addWorkerRoutes(app: Api, { fleet, experiments }: ApiDependencies): void {
  app.get(
    '/v1/workers',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Operation'],
        operationId: 'listWorkers',
        summary: 'The live workers, their engines, and how many tasks of the workspace wait for them',
        response: { 200: json('All of them', fleetView), ...problems },
      },
    },
    async (request) => {
      const [{ workers: live }, queue] = await Promise.all([fleet(), experiments.countOpen(workspaceOf(request))])
      return {
        workers: live.length,
        starting: live.filter(({ engines }) => engines === null).length,
        engines: enginesOnOffer(live),
        queue: [...queue],
        items: isOperator(request) ? [...live] : [],
      }
    },
  )
}
