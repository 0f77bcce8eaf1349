import { resultsQuery, resultsView } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { workspaceOf } from '../../server/caller.ts'
import { etagBeside, etagOf, matchesEtag, sendNotModified } from '../../server/etag.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, conditionalHeaders, idParams, json, notModified, problems } from '../../server/route-schemas.ts'
import { chooseParts, parsePartTypes } from './choose-parts.ts'
import { createResultsReader } from './read-results.ts'
import { thinSteps } from './thin-steps.ts'

export function addResultRoutes(app: Api, deps: ApiDependencies): void {
  const { experiments, settings } = deps
  const readResults = createResultsReader(deps)

  app.get(
    '/v1/experiments/:id/results',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Results'],
        operationId: 'getResults',
        summary: 'The report, and each measure averaged over seeds',
        description: 'While the experiment runs, the same report from partial evidence (`status: partial`).',
        params: idParams,
        querystring: resultsQuery,
        headers: conditionalHeaders,
        response: { 200: json('The results', resultsView), 304: notModified, ...problems },
      },
    },
    async (request, reply) => {
      const workspaceId = workspaceOf(request)
      const { id } = request.params
      const { parts, maxSteps } = request.query
      const types = parts === undefined ? null : parsePartTypes(parts)
      const version = await experiments.version(workspaceId, id)
      if (version === null) throw notFound('experiment', id)
      const whole = etagOf(version.sequence, settings.codeRevision)
      const chosen = [...(types ?? []), ...(maxSteps === undefined ? [] : [`steps${maxSteps}`])]
      const etag = chosen.length === 0 ? whole : etagBeside(whole, chosen.join('_'))
      if (matchesEtag(request.headers['if-none-match'], etag)) return sendNotModified(reply, etag)
      const view = await readResults(workspaceId, { id, sequence: version.sequence })
      const ofTypes = types === null ? view : chooseParts(view, types)
      return reply.header('etag', etag).send(maxSteps === undefined ? ofTypes : thinSteps(ofTypes, maxSteps))
    },
  )
}
