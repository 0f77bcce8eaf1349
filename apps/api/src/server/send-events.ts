import { finished } from 'node:stream'
import type { Metrics } from '@goalpost/telemetry'
import type { FastifyReply } from 'fastify'
import { sendStream } from './send-stream.ts'

/** Sends Server-Sent Events as they come, unbuffered by proxies, and counts the stream among the open ones. */
export function sendEvents(
  reply: FastifyReply,
  messages: AsyncIterable<string>,
  { eventStreams }: Pick<Metrics, 'eventStreams'>,
): never {
  eventStreams.inc()
  // Also if the client has left before, when 'close' has been emitted already.
  finished(reply.raw, () => eventStreams.dec())
  void reply.type('text/event-stream').header('cache-control', 'no-store').header('x-accel-buffering', 'no')
  return sendStream(reply, messages)
}
