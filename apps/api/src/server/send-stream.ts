import { AsyncLocalStorage } from 'node:async_hooks'
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

/**
 * Sends chunks as they come. Typed like the text in the route's schema: Fastify sends streams unchanged, but its
 * types do not allow it.
 */
export function sendStream(reply: Pick<FastifyReply, 'send'>, chunks: AsyncIterable<string | Uint8Array>): never {
  return reply.send(Readable.from(inContext(chunks))) as never
}

/** A stream asks for the next chunk when the socket has room, so outside of the request's context. */
function inContext<Chunk>(chunks: AsyncIterable<Chunk>): AsyncIterable<Chunk> {
  const inside = AsyncLocalStorage.snapshot()
  return {
    [Symbol.asyncIterator]() {
      const iterator = chunks[Symbol.asyncIterator]()
      return {
        next: () => inside(() => iterator.next()),
        return: (value) => inside(async () => (await iterator.return?.(value)) ?? { done: true, value }),
      }
    },
  }
}
