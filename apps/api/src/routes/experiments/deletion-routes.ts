import { deletionPreview } from '@goalpost/contracts'
import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { actorOf, workspaceOf } from '../../server/caller.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, idParams, json, problems } from '../../server/route-schemas.ts'
import { requireDone } from './change-outcome.ts'
import { changeHeaders, readExpected } from './change-routes.ts'

const tags = ['Experiments']

export function addDeletionRoutes(app: Api, deps: ApiDependencies): void {
  app.get(
    '/v1/experiments/:id/deletion',
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'previewDeletion',
        summary: 'What deleting an experiment would remove; nothing is changed',
        params: idParams,
        response: { 200: json('Tasks and files that nothing else needs', deletionPreview), ...problems },
      },
    },
    async (request) => {
      const { id } = request.params
      const preview = await deps.experiments.previewDeletion({ workspaceId: workspaceOf(request), id })
      if (preview === null) throw notFound('experiment', id)
      return preview
    },
  )

  app.delete(
    '/v1/experiments/:id',
    {
      config: { access: 'manage' },
      schema: {
        tags,
        operationId: 'deleteExperiment',
        summary: 'Delete an experiment that has ended',
        description:
          'What other experiments, model versions or gates need stays. The rest is removed from storage after a grace period.',
        params: idParams,
        headers: changeHeaders,
        response: { 204: z.null().describe('Deleted'), ...problems },
      },
    },
    async (request, reply) => {
      const which = { workspaceId: workspaceOf(request), id: request.params.id }
      const expectedRevision = await readExpected(deps, { ...which, ifMatch: request.headers['if-match'] })
      const changing = { actor: actorOf(request), expectedRevision }
      const outcome = await deps.experiments.delete(which, changing)
      requireDone(outcome.ok ? { ok: true, revision: 0 } : outcome, which.id)
      return reply.status(204).send(null)
    },
  )
}
