import type { IncomingMessage } from 'node:http'
import { GoalpostError, onnxMediaType, sha256, uploadedFile } from '@goalpost/contracts'
import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { actorOf, workspaceOf } from '../../server/caller.ts'
import { matchesEtag, sendNotModified } from '../../server/etag.ts'
import { keepFile } from '../../server/keep-file.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, conditionalHeaders, json, notModified, problems } from '../../server/route-schemas.ts'
import { sendStream } from '../../server/send-stream.ts'
import { receiveFile } from './receive-file.ts'

const hashParams = z.object({ hash: sha256 })
/** The media types of uploads. None that a browser would render. */
const uploadTypes = ['application/octet-stream', onnxMediaType]

/** The media types of files from tasks and tools, sent as stored. */
const madeTypes = ['application/json', 'image/svg+xml', 'text/plain', 'application/*']
const binary = z.string().meta({ format: 'binary' })
const download = {
  description: 'The file with that SHA-256, with its stored content type',
  content: Object.fromEntries([...uploadTypes, ...madeTypes].map((type) => [type, { schema: binary }])),
}
const uploadQuery = z.object({
  name: z
    .string()
    .min(1)
    .max(200)
    .regex(/^\P{Cc}*$/u, 'must not contain control characters')
    .default('file')
    .describe('The file name of downloads'),
})

export function addArtifactRoutes(app: Api, deps: ApiDependencies): void {
  addDownload(app, deps)
  // The parser for these types is registered in this scope only.
  void app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers()
    uploads.addContentTypeParser(uploadTypes, (_request: unknown, payload: IncomingMessage) =>
      receiveFile(payload, deps.settings.uploadLimitBytes),
    )
    addUpload(uploads as Api, deps)
  })
}

/** The bytes are stored unread: models are opened only in a trainer's child process. */
function addUpload(app: Api, { experiments, artifacts, settings }: ApiDependencies): void {
  app.post(
    '/v1/artifacts',
    {
      config: { access: 'submit' },
      bodyLimit: settings.uploadLimitBytes,
      schema: {
        tags: ['Checkpoints'],
        operationId: 'uploadArtifact',
        summary: 'Upload a file that specs refer to by hash, such as an ONNX model',
        description: 'Identical files are stored once; uploading one again changes nothing.',
        consumes: uploadTypes,
        querystring: uploadQuery,
        body: binary,
        response: {
          200: json('The workspace already has this file', uploadedFile),
          201: json('The file, stored', uploadedFile),
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const workspaceId = workspaceOf(request)
      const body: unknown = request.body
      if (!(body instanceof Uint8Array) || body.length === 0)
        throw new GoalpostError('malformed-body', 'The file is empty')
      const mediaType = request.headers['content-type']?.split(';')[0].trim().toLowerCase() ?? uploadTypes[0]
      const content = { name: request.query.name, mediaType, content: body, actor: actorOf(request) }
      const { file, isNew } = await keepFile({ experiments, artifacts }, workspaceId, content)
      if (!isNew) return reply.status(200).send(file)
      return reply.status(201).header('location', `/v1/artifacts/${file.hash}`).send(file)
    },
  )
}

function addDownload(app: Api, { experiments, artifacts }: ApiDependencies): void {
  app.get(
    '/v1/artifacts/:hash',
    {
      // Models hardly compress, and a known length is more useful.
      compress: false,
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
      // A browser must never run or render these files.
      void reply.header('content-disposition', `attachment; filename="${fileName(owned.name)}"`)
      void reply.header('content-length', bytes).type(owned.mediaType)
      return sendStream(reply, body)
    },
  )
}

function fileName(name: string): string {
  return name.replaceAll(/[^\w.@-]+/g, '_').slice(0, 100) || 'file'
}
