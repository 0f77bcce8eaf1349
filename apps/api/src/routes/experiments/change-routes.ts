import { experimentExtension, experimentView } from '@goalpost/contracts'
import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { actorOf, workspaceOf } from '../../server/caller.ts'
import { etagOf, requireMatch } from '../../server/etag.ts'
import { notFound } from '../../server/problems.ts'
import { sentBodyOf } from '../../server/sent-body.ts'
import { type Api, bodyMediaTypes, idParams, json, problems } from '../../server/route-schemas.ts'
import { namedRevision } from './change-outcome.ts'
import { readExperiment } from './read-experiment.ts'

export const changeHeaders = z.object({
  'if-match': z.string().max(500).optional().describe('Answers 412 if the experiment’s ETag has changed'),
})

export function addChangeRoutes(app: Api, deps: ApiDependencies): void {
  app.post(
    '/v1/experiments/:id/extend',
    {
      config: { access: 'manage' },
      schema: {
        tags: ['Experiments'],
        operationId: 'extendExperiment',
        summary: 'Add seeds or conditions; only new work is computed',
        consumes: bodyMediaTypes,
        params: idParams,
        headers: changeHeaders,
        body: experimentExtension,
        response: { 200: json('The extended experiment', experimentView), ...problems },
      },
    },
    async (request) => {
      const workspaceId = workspaceOf(request)
      const { id } = request.params
      const ifMatch = request.headers['if-match']
      await deps.intake.run({
        type: 'extend',
        workspaceId,
        id,
        ifMatch,
        actor: actorOf(request),
        body: sentBodyOf(request),
      })
      return readExperiment(deps, workspaceId, id)
    },
  )
}

export type Expected = { readonly workspaceId: string; readonly id: string; readonly ifMatch: string | undefined }

/** The revision that the client names, which the store compares again under its lock. */
export async function readExpected(
  { experiments, settings }: ApiDependencies,
  { workspaceId, id, ifMatch }: Expected,
): Promise<number | undefined> {
  if (ifMatch === undefined) return undefined
  const revision = await experiments.revision(workspaceId, id)
  if (revision === null) throw notFound('experiment', id)
  requireMatch(ifMatch, etagOf(revision, settings.codeRevision))
  return namedRevision(ifMatch, revision)
}
