import { fleetView } from '@goalpost/contracts'
import { enginesOnOffer } from '@goalpost/experiments'
import type { ApiDependencies } from '../../dependencies.ts'
import { isOperator } from '../../server/caller.ts'
import { type Api, json, problems } from '../../server/route-schemas.ts'

/** Engines and counts are for every key; hosts are for operators. */
export function addWorkerRoutes(app: Api, { fleet }: ApiDependencies): void {
  app.get(
    '/v1/workers',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Operation'],
        operationId: 'listWorkers',
        summary: 'The live workers and their engines',
        response: { 200: json('All of them', fleetView), ...problems },
      },
    },
    async (request) => {
      const { workers: live } = await fleet()
      return {
        workers: live.length,
        starting: live.filter(({ engines }) => engines === null).length,
        engines: enginesOnOffer(live),
        items: isOperator(request) ? [...live] : [],
      }
    },
  )
}
