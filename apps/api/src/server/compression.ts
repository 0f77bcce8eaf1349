import compress from '@fastify/compress'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Api } from './route-schemas.ts'

/** Compressing smaller answers gains nothing. */
const thresholdBytes = 1_024
/** Larger answers are compressed off the event loop. */
const syncThresholdBytes = 16_384

/**
 * Compresses answers for clients that accept it. Not event streams, whose messages must be sent at once, nor routes
 * with `compress: false`. Compressed request bodies are refused: a small one may unpack to any size.
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

/** A strong tag must not be shared by compressed and uncompressed bytes (RFC 9110, 8.8.3.3). */
async function weakenEtag(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  const etag = reply.getHeader('etag')
  if (typeof etag !== 'string' || etag.startsWith('W/')) return payload
  // For 304, the tag is that of the answer the client has.
  const weak =
    reply.statusCode === 304
      ? request.headers['if-none-match']?.includes(`W/${etag}`) === true
      : reply.getHeader('content-encoding') !== undefined
  if (weak) void reply.header('etag', `W/${etag}`)
  return payload
}
