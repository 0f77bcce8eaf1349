import { checkpointQuery, checkpointView, page } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { workspaceOf } from '../../server/caller.ts'
import { presentPage } from '../../server/pages.ts'
import { type Api, json, problems } from '../../server/route-schemas.ts'

export function addCheckpointRoutes(app: Api, { experiments }: ApiDependencies): void {
  app.get(
    '/v1/checkpoints',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Checkpoints'],
        operationId: 'listCheckpoints',
        summary: 'Checkpoints of a task, of an experiment, or all',
        querystring: checkpointQuery,
        response: { 200: json('One page of checkpoints', page(checkpointView)), ...problems },
      },
    },
    async (request) => presentPage(await experiments.checkpoints(workspaceOf(request), request.query)),
  )
}
