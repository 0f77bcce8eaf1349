import { retention, retentionChange } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { actorOf, workspaceOf } from '../../server/caller.ts'
import { type Api, bodyMediaTypes, json, problems } from '../../server/route-schemas.ts'
import { smallBodyBytes, smallBodyOf } from '../../server/small-body.ts'

const tags = ['Checkpoints']
const path = '/v1/retention'

/** How long the workspace keeps what no result, resume or gate needs. */
export function addRetentionRoutes(app: Api, { retention: store }: Pick<ApiDependencies, 'retention'>): void {
  app.get(
    path,
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'getRetention',
        summary: 'For how many days the workspace keeps curves, logs, events and checkpoints',
        response: { 200: json('The rules; null: for ever', retention), ...problems },
      },
    },
    async (request) => store.retention(workspaceOf(request)),
  )

  app.put(
    path,
    {
      config: { access: 'admin' },
      bodyLimit: smallBodyBytes,
      schema: {
        tags,
        operationId: 'setRetention',
        summary: 'Change these rules; fields that are missing stay, null keeps for ever',
        consumes: bodyMediaTypes,
        body: retentionChange,
        response: { 200: json('The rules as they are now', retention), ...problems },
      },
    },
    async (request) =>
      store.setRetention(workspaceOf(request), smallBodyOf(request, retentionChange), actorOf(request)),
  )
}
