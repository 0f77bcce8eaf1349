import { Readable } from 'node:stream'
import { checkpointQuery, checkpointView, page, sha256 } from '@goalpost/contracts'
import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { workspaceOf } from '../../server/caller.ts'
import { matchesEtag, sendNotModified } from '../../server/etag.ts'
import { presentPage } from '../../server/pages.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, conditionalHeaders, json, notModified, problems } from '../../server/route-schemas.ts'

const hashParams = z.object({ hash: sha256 })
const download = {
  description: 'The bytes whose SHA-256 is the hash',
  content: { 'application/octet-stream': { schema: z.string() } },
}

export function addCheckpointRoutes(app: Api, { experiments, artifacts }: ApiDependencies): void {
  app.get(
    '/v1/checkpoints',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Checkpoints'],
        operationId: 'listCheckpoints',
        summary: 'Checkpoints, of one task, of one experiment or of all',
        querystring: checkpointQuery,
        response: { 200: json('One page of checkpoints', page(checkpointView)), ...problems },
      },
    },
    async (request) => presentPage(await experiments.checkpoints(workspaceOf(request), request.query)),
  )

  app.get(
    '/v1/artifacts/:hash',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Checkpoints'],
        operationId: 'downloadArtifact',
        summary: 'Download a file that a checkpoint or a result refers to',
        params: hashParams,
        headers: conditionalHeaders,
        response: { 200: download, 304: notModified, ...problems },
      },
    },
    async (request, reply) => {
      const { hash } = request.params
      const owned = await experiments.ownsArtifact(workspaceOf(request), hash)
      if (owned === null) throw notFound('file', hash)
      const etag = `"${hash}"`
      void reply.header('etag', etag).header('cache-control', 'private, max-age=31536000, immutable')
      if (matchesEtag(request.headers['if-none-match'], etag)) return sendNotModified(reply, etag)
      const { bytes, body } = await artifacts.stream(hash)
      // A browser must never run or render what a training run has left behind.
      void reply.header('content-disposition', `attachment; filename="${fileName(owned.name)}"`)
      void reply.header('content-length', bytes).type(owned.mediaType)
      return reply.send(Readable.from(body) as unknown as string)
    },
  )
}

function fileName(name: string): string {
  return name.replaceAll(/[^\w.@-]+/g, '_').slice(0, 100) || 'file'
}
