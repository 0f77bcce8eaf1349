import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

/**
 * Sends chunks as they come. Typed like the text that the route's schema declares: Fastify sends streams unchanged, and its
 * types do not know that.
 */
export function sendStream(reply: Pick<FastifyReply, 'send'>, chunks: AsyncIterable<string | Uint8Array>): never {
  return reply.send(Readable.from(chunks)) as never
}
