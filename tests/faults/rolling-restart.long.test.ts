import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text as readText } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { inspect } from 'node:util'
import { migrate } from '@goalpost/store'
import { startTestDatabase, type TestDatabase } from '@goalpost/testing'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { apiKey, startApi, type ApiProcess } from './api-process.ts'
import { startBalancer, type Balancer } from './balancer.ts'

/**
 * Two processes of the API are replaced one after the other by another release, behind a balancer that goes by
 * `/readyz`, under the load of clients that repeat nothing: no request fails, and each submission is stored once.
 */
const checkEveryMs = 100
/** Many checks, also on a slow machine, and longer than clients keep an idle connection. */
const drainMs = 2_500
const keepIdleMs = 1_000
/** The second one does not end by itself while the test runs. */
const drainsMs = { one: drainMs, two: 600_000 } as const
const clients = 3
/** Between two requests of a client: the processor is for the processes that start. */
const pauseMs = 20

let database: TestDatabase
let folder: string
let balancer: Balancer
const running: ApiProcess[] = []

beforeAll(async () => {
  database = await startTestDatabase({ prepare: migrate })
  folder = await mkdtemp(join(tmpdir(), 'goalpost-rolling-'))
  balancer = await startBalancer(checkEveryMs)
})
afterAll(async () => {
  for (const api of running) api.signal('SIGKILL')
  await Promise.all(running.map(({ ended }) => ended))
  await balancer.close()
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

async function start(revision: 'one' | 'two'): Promise<ApiProcess> {
  const api = await startApi({
    DATABASE_URL: database.url,
    ARTIFACTS_URL: pathToFileURL(folder).href,
    GOALPOST_CODE_REVISION: revision,
    GOALPOST_DRAIN_MS: String(drainsMs[revision]),
    GOALPOST_REQUESTS_PER_MINUTE: '1000000',
    GOALPOST_REQUESTS_PER_MINUTE_OF_ADDRESS: '1000000',
  })
  running.push(api)
  balancer.add(api.port)
  await vi.waitFor(() => expect(balancer.ready()).toContain(api.port), { timeout: 30_000 })
  return api
}

async function replace(old: ApiProcess): Promise<void> {
  await start('two')
  old.signal('SIGTERM')
  expect(await old.ended).toBe(0)
  balancer.remove(old.port)
}

type Load = { readonly submitted: string[]; readonly failures: string[]; requests: number }

/** Reads, submits and changes until told to stop, over connections that are kept open. */
async function load(stop: AbortSignal, seen: Load): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, timeout: keepIdleMs })
  const ask = async (method: string, path: string, body?: object) => {
    await sleep(pauseMs)
    seen.requests += 1
    try {
      const { status, text } = await send(agent, { method, path, body })
      if (status >= 400) seen.failures.push(`${method} ${path}: ${status} ${text}`)
      return JSON.parse(text) as Record<string, string>
    } catch (error) {
      seen.failures.push(`${method} ${path}: ${inspect(error)}`)
      return {}
    }
  }
  while (!stop.aborted) {
    const name = randomUUID()
    const { id } = await ask('POST', '/v1/experiments', {
      apiVersion: 'goalpost/v1',
      protocol: 'goodhart',
      name,
      seeds: 1,
    })
    if (id !== undefined) seen.submitted.push(name)
    for (let reads = 0; reads < 5; reads++) await ask('GET', '/v1/experiments?limit=5')
    if (id !== undefined) await ask('POST', `/v1/experiments/${id}/labels`, { set: { round: 'one' } })
  }
  agent.destroy()
}

type Sent = { readonly method: string; readonly path: string; readonly body?: object | undefined }

async function send(agent: Agent, { method, path, body }: Sent): Promise<{ status: number; text: string }> {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  const sending = request({ agent, host: '127.0.0.1', port: balancer.port, method, path, headers })
  sending.end(body && JSON.stringify(body))
  const [answer] = (await once(sending, 'response')) as [IncomingMessage]
  return { status: answer.statusCode ?? 0, text: await readText(answer) }
}

it(
  'no request fails while the processes of the API are replaced one after the other',
  { timeout: 180_000 },
  async () => {
    const first = await Promise.all([start('one'), start('one')])
    const seen: Load = { submitted: [], failures: [], requests: 0 }
    const stop = new AbortController()
    const loads = Array.from({ length: clients }, () => load(stop.signal, seen))
    await vi.waitFor(() => expect(seen.submitted.length).toBeGreaterThan(clients), { timeout: 60_000 })
    for (const old of first) await replace(old)
    const before = seen.submitted.length
    await vi.waitFor(() => expect(seen.submitted.length).toBeGreaterThan(before + clients), { timeout: 60_000 })
    stop.abort()
    await Promise.all(loads)
    expect(seen.failures).toEqual([])
    expect(seen.requests).toBeGreaterThan(100)
    const stored = new Set<string>()
    const { client } = running.at(-1)!
    expect((await client.ready()).codeRevision).toBe('two')
    for (const name of seen.submitted) {
      const { items } = await client.experiments({ named: name })
      expect(items).toHaveLength(1)
      stored.add(items[0]!.id)
    }
    expect(stored.size).toBe(seen.submitted.length)
  },
)

it('SIGINT ends the wait of a process that SIGTERM has told to end', async () => {
  const api = running.at(-1)!
  api.signal('SIGTERM')
  await vi.waitFor(() => expect(balancer.ready()).not.toContain(api.port), { timeout: 60_000 })
  api.signal('SIGINT')
  expect(await api.ended).toBe(0)
  balancer.remove(api.port)
})
