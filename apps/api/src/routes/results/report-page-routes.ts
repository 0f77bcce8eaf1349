import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { workspaceOf } from '../../server/caller.ts'
import { etagBeside, etagOf, matchesEtag, sendNotModified } from '../../server/etag.ts'
import { notFound } from '../../server/problems.ts'
import { createRecent } from '../../server/recent.ts'
import { type Api, conditionalHeaders, idParams, notModified, problems } from '../../server/route-schemas.ts'
import { createPageReader } from './read-report-page.ts'

/** The page needs nothing from anywhere, and runs no scripts: whatever a spec names, it is text. */
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'"

export function addReportPageRoutes(app: Api, deps: ApiDependencies): void {
  const { experiments, settings } = deps
  const readPage = createPageReader(deps)
  const recent = createRecent<string>(10)
  const html = { description: 'The report as one HTML file', content: { 'text/html': { schema: z.string() } } }

  app.get(
    '/v1/experiments/:id/report.html',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Results'],
        operationId: 'getReportPage',
        summary: 'The report as a page: one HTML file that needs no network',
        description: 'The same as `goalpost report` writes. While the experiment runs, from the results so far.',
        params: idParams,
        headers: conditionalHeaders,
        response: { 200: html, 304: notModified, ...problems },
      },
    },
    async (request, reply) => {
      const workspaceId = workspaceOf(request)
      const { id } = request.params
      const version = await experiments.version(workspaceId, id)
      if (version === null) throw notFound('experiment', id)
      // Of the revision: unlike results, the page shows curves, which grow with progress.
      const etag = etagBeside(etagOf(version.revision, settings.codeRevision), 'page')
      if (matchesEtag(request.headers['if-none-match'], etag)) return sendNotModified(reply, etag)
      const page = await recent(`${workspaceId} ${id} ${etag}`, () => readPage(workspaceId, { id, ...version }))
      void reply.type('text/html; charset=utf-8').header('content-security-policy', pagePolicy)
      return reply.header('etag', etag).send(page)
    },
  )
}
