import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startOutageProxy } from '@goalpost/testing/outage-proxy'
import type { QueueServerUnderTest } from '@goalpost/testing/queue-conformance'
import { createJobConsumer, createJobProducer } from '../src/index.ts'
import type { QueueConnection } from '../src/index.ts'

type Server = {
  readonly connection: QueueConnection
  loseEverything(prefix: string): Promise<void>
  close(): Promise<void>
}

const lockMs = 1_000

/** Puts a real server behind a proxy that can simulate an outage, for the conformance suite. */
export async function underTest(server: Server): Promise<QueueServerUnderTest> {
  const url = new URL(server.connection.url)
  const proxy = await startOutageProxy({ host: url.hostname, port: Number(url.port) })
  url.host = `127.0.0.1:${proxy.port}`
  const connection: QueueConnection = { ...server.connection, url: url.href }
  const onError = () => undefined
  return {
    lockMs,
    createProducer: (prefix, options) => createJobProducer(connection, { ...options, prefix, onError }),
    createConsumer: (prefix, options) =>
      createJobConsumer(connection, { ...options, prefix, onError, lockMs, stalledCheckMs: lockMs }),
    startDoomedConsumer: (prefix, options) =>
      startDoomedConsumer(JSON.stringify({ connection, prefix, lockMs, ...options })),
    loseEverything: server.loseEverything,
    disappear: proxy.disappear,
    reappear: proxy.reappear,
    async close() {
      await proxy.disappear()
      await server.close()
    },
  }
}

async function startDoomedConsumer(options: string): Promise<{ kill(): Promise<void> }> {
  const script = fileURLToPath(new URL('./doomed-consumer.ts', import.meta.url))
  const child = spawn(process.execPath, [script, options], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return {
    async kill() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
