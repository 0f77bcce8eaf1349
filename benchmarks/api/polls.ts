/**
 * Polls per second that the API answers on this machine, compared with a bare Fastify route in the same process: with
 * an ETag that is still valid (304), and with the full view of an experiment of 30 runs; then the 304 of the programs as in production, while a worker trains two
 * policies. The aim for the 304: 3,000 a second, with a 99th percentile below 25 ms, also beside the trainings.
 *
 *     node benchmarks/api/polls.ts [seconds per measurement]
 */
import type { AddressInfo } from 'node:net'
import { loadavg } from 'node:os'
import { createStore, migrate } from '@goalpost/store'
import { startPostgresServer } from '@goalpost/testing'
import autocannon from 'autocannon'
import { fastify } from 'fastify'
import { buildApi } from '../../apps/api/src/app.ts'
import { createKey } from '../../apps/api/test/create-key.ts'
import { bearer, createDependencies, spec } from '../../apps/api/test/harness.ts'
import { startBusyService } from './busy-service.ts'

const seconds = Number(process.argv[2] ?? 5)
const connections = 20
const repetitions = 3

const server = await startPostgresServer()
await migrate(server.url('postgres'))
const store = createStore({ url: server.url('postgres'), poolSize: 10 })
// As in production: see benchmarks/api/walls.ts for what that costs.
const confined = createStore({ url: server.url('postgres'), poolSize: 10, confined: true })
const { deps, close } = await createDependencies(confined, server.url('postgres'))
const api = await buildApi(deps)
const bare = fastify()
bare.get('/', async () => ({ hello: 'world' }))
await Promise.all([api.listen({ port: 0, host: '127.0.0.1' }), bare.listen({ port: 0, host: '127.0.0.1' })])
const originOf = (app: { server: { address(): unknown } }): string =>
  `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`

const headers = bearer(await createKey(store, { workspace: 'default', scope: 'manage' }))
const submitted = await api.inject({ method: 'POST', url: '/v1/experiments', headers, payload: { ...spec, seeds: 15 } })
const url = `${originOf(api)}${String(submitted.headers.location)}`
const etag = String(submitted.headers.etag)

const workloads = [
  { name: 'bare Fastify route', url: `${originOf(bare)}/`, headers: {}, status: '2xx' },
  { name: 'poll, unchanged (304)', url, headers: { ...headers, 'if-none-match': etag }, status: '3xx' },
  { name: `poll, full view (${submitted.body.length} bytes)`, url, headers, status: '2xx' },
] as const

type Workload = {
  readonly name: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly status: '2xx' | '3xx'
}

async function measure({ name, status, ...target }: Workload): Promise<void> {
  await autocannon({ ...target, connections, duration: 1, workers: 1 })
  const rates: number[] = []
  const [middle, slowest]: [number[], number[]] = [[], []]
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const outcome = await autocannon({ ...target, connections, duration: seconds, workers: 1 })
    const expected = outcome[status]
    if (expected !== outcome.requests.total)
      throw new Error(`${name}: ${outcome.requests.total - expected} answers were not ${status}`)
    rates.push(outcome.requests.average)
    middle.push(outcome.latency.p50)
    slowest.push(outcome.latency.p99)
  }
  const sorted = rates.toSorted((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0
  process.stdout.write(
    `${name.padEnd(40)} ${median.toFixed(0).padStart(7)} /s  p50 ${Math.max(...middle)} ms, p99 ${Math.max(...slowest)} ms  (of ${sorted.map((rate) => rate.toFixed(0)).join(', ')})\n`,
  )
}

process.stdout.write(`load ${loadavg()[0]?.toFixed(1)}\n`)
for (const workload of workloads) await measure(workload)
await Promise.all([api.close(), bare.close(), close()])
await confined.close()
await store.close()
await server.close()

const busy = await startBusyService()
try {
  const { etag: current, ...target } = busy.unchanged
  await measure({
    name: 'poll beside two trainings (304)',
    url: target.url,
    headers: { ...target.headers, 'if-none-match': current },
    status: '3xx',
  })
  process.stdout.write(`load ${loadavg()[0]?.toFixed(1)}\n`)
} finally {
  await busy.close()
}
