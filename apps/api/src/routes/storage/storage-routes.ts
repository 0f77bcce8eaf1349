import { storageView } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { workspaceOf } from '../../server/caller.ts'
import { type Api, json, problems } from '../../server/route-schemas.ts'

export function addStorageRoutes(app: Api, { experiments }: Pick<ApiDependencies, 'experiments'>): void {
  app.get(
    '/v1/storage',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Checkpoints'],
        operationId: 'getStorage',
        summary: 'The files of the workspace: how many bytes, of which kinds and experiments',
        response: { 200: json('What is stored', storageView), ...problems },
      },
    },
    async (request) => experiments.storage(workspaceOf(request)),
  )
}
