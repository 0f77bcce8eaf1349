import { once } from 'node:events'
import { createMetrics } from '@goalpost/telemetry'
import fastify from 'fastify'
import { expect, test, vi } from 'vitest'
import { sendEvents } from './send-events.ts'

test('a stream whose client left before it began is not counted among the open ones', async () => {
  const metrics = createMetrics({ service: 'api' })
  const client = new AbortController()
  const app = fastify()
  let begun = false
  app.get('/', async (_request, reply) => {
    client.abort()
    await once(reply.raw, 'close')
    begun = true
    return sendEvents(reply, noMessages(), metrics)
  })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  await expect(fetch(url, { signal: client.signal })).rejects.toThrow('abort')
  await vi.waitFor(() => expect(begun).toBe(true), { timeout: 15_000 })
  const open = async () => (await metrics.eventStreams.get()).values.map(({ value }) => value)
  await vi.waitFor(async () => expect(await open()).toEqual([0]), { timeout: 5_000 })
  await app.close()
})

async function* noMessages(): AsyncGenerator<string> {}
