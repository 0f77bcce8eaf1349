import compress from '@fastify/compress'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Api } from './route-schemas.ts'

/** Shorter answers do not get noticeably shorter. */
const thresholdBytes = 1_024
/** What is longer is compressed outside of the event loop. */
const syncThresholdBytes = 16_384

/**
 * Compresses answers for clients that accept it. Event streams are left alone, as each message has to leave at once, and so
 * are routes that declare `compress: false`. Compressed request bodies stay refused: a small one may unpack to any size.
 */
export async function addCompression(app: Api): Promise<void> {
  await app.register(compress, {
    threshold: thresholdBytes,
    syncThreshold: syncThresholdBytes,
    encodings: ['br', 'gzip'],
    globalDecompression: false,
  })
  // Routes' own hooks run after all others, in order: this one runs when it is known whether the answer is compressed.
  app.addHook('onRoute', (route) => {
    route.onSend = [...[route.onSend ?? []].flat(), weakenEtag]
  })
}

/** Compressed bytes are other bytes, which a strong tag may not stand for (RFC 9110, 8.8.3.3). */
async function weakenEtag(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  const etag = reply.getHeader('etag')
  if (typeof etag !== 'string' || etag.startsWith('W/')) return payload
  // Where nothing has changed, the tag is that of the answer that the client has.
  const weak =
    reply.statusCode === 304
      ? request.headers['if-none-match']?.includes(`W/${etag}`) === true
      : reply.getHeader('content-encoding') !== undefined
  if (weak) void reply.header('etag', `W/${etag}`)
  return payload
}
