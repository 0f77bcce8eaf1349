import { bulkChange, bulkOutcome } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { actorOf, workspaceOf } from '../../server/caller.ts'
import { type Api, bodyMediaTypes, json, problems } from '../../server/route-schemas.ts'
import { smallBodyBytes, smallBodyOf } from '../../server/small-body.ts'
import { changeMany } from './change-many.ts'

export function addBulkRoutes(app: Api, { experiments }: ApiDependencies): void {
  app.post(
    '/v1/experiments/bulk',
    {
      config: { access: 'manage' },
      bodyLimit: smallBodyBytes,
      schema: {
        tags: ['Experiments'],
        operationId: 'changeExperiments',
        summary: 'One action on all experiments that a filter chooses',
        description:
          'Each is changed in a transaction of its own, the oldest first; those that are as wanted already are left out. ' +
          'A dry run changes nothing. Deleting needs a filter.',
        consumes: bodyMediaTypes,
        body: bulkChange,
        response: { 200: json('What was done, and what was refused', bulkOutcome), ...problems },
      },
    },
    async (request) =>
      changeMany(experiments, smallBodyOf(request, bulkChange), {
        workspaceId: workspaceOf(request),
        actor: actorOf(request),
      }),
  )
}
