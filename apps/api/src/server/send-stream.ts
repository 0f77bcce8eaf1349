import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

/**
 * Sends chunks as they come. Typed like the text in the route's schema: Fastify sends streams unchanged, but its
 * types do not allow it.
 */
export function sendStream(reply: Pick<FastifyReply, 'send'>, chunks: AsyncIterable<string | Uint8Array>): never {
  return reply.send(Readable.from(chunks)) as never
}
