/**
 * Lists and filters of the API beside 100,000 runs: `node benchmarks/fleet-lists.ts [experiments = 20000] [runs of each = 5]`.
 * Requests come one after another over one connection; API and client share this process. The aim: 50 ms.
 */
import { loadavg } from 'node:os'
import { startPostgresServer } from '@goalpost/testing'
import { migrate } from '@goalpost/store'
import pg from 'pg'
import { copyExperiment } from './fleet/copy-experiment.ts'
import { startFleetApi } from './fleet/start-api.ts'

const [experiments = 20_000, runs = 5] = process.argv.slice(2).map(Number)
const repetitions = 60
const warmUps = 10
const aimMs = 50

const server = await startPostgresServer()
const databaseUrl = server.url('postgres')
await migrate(databaseUrl)
const api = await startFleetApi(databaseUrl)
const client = new pg.Client({ connectionString: databaseUrl })
await client.connect()
await api.submit(runs)
const copied = await copyExperiment(client, experiments - 1)
const { rows } = await client.query<{ id: string }>('SELECT id FROM experiments ORDER BY id OFFSET $1 LIMIT 1', [
  Math.floor(experiments / 2),
])
const middle = rows[0]?.id ?? ''
process.stdout.write(
  `${copied.experiments} experiments, ${copied.runs} runs, ${copied.tasks} tasks; load ${loadavg()[0]?.toFixed(1)}\n`,
)

const listed = '/v1/experiments?limit=50'
const cases = [
  ['experiments, first page of 50', listed],
  ['… page of 200', '/v1/experiments?limit=200'],
  ['… by name', `${listed}&sort=name`],
  ['… by progress', `${listed}&sort=-progress`],
  ['… by the latest change', `${listed}&sort=-updated`],
  ['… of a state that one in fifty has', `${listed}&state=failed`],
  ['… of a state that none has', `${listed}&state=cancelled`],
  ['… part of a name', `${listed}&name=copy-1777`],
  ['… part of no name', `${listed}&name=nothing`],
  ['… of a label', `${listed}&label=team%3Dblue`],
  ['… of a label that none has', `${listed}&label=team%3Dgreen`],
  ['… search', `${listed}&search=copy-1777`],
  ['… search, two words', `${listed}&search=1777%20copy`],
  ['… search, in vain', `${listed}&search=nothing`],
  ['… of a verdict', `${listed}&verdict=aligned`],
  ['… of a verdict that none has', `${listed}&verdict=mixed`],
  ['… by who submitted them', `${listed}&createdBy=nobody`],
  ['… created before', `${listed}&createdBefore=2020-01-01T00%3A00%3A00Z`],
  ['labels and submitters', '/v1/experiments/facets'],
  ['runs, first page of 50', '/v1/runs?limit=50'],
  ['runs of one experiment', `/v1/runs?experimentId=${middle}&limit=50`],
  ['one experiment', `/v1/experiments/${middle}`],
  ['storage', '/v1/storage'],
  ['metrics', '/metrics'],
] as const

process.stdout.write(`${'p50'.padStart(48)} ${'p95'.padStart(8)}\n`)
let missed = 0
for (const [name, path] of cases) {
  const times: number[] = []
  for (let repetition = -warmUps; repetition < repetitions; repetition++) {
    const startedAt = performance.now()
    const response = await fetch(`${api.origin}${path}`, { headers: api.headers })
    const body = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${body}`)
    if (repetition >= 0) times.push(performance.now() - startedAt)
  }
  times.sort((a, b) => a - b)
  const p95 = times[Math.floor(times.length * 0.95)] ?? 0
  if (p95 > aimMs) missed += 1
  const cells = [(times[Math.floor(times.length / 2)] ?? 0).toFixed(1).padStart(8), p95.toFixed(1).padStart(8)]
  process.stdout.write(`${name.padEnd(40)}${cells.join(' ')} ${p95 > aimMs ? ' missed' : ''}\n`)
}
process.stdout.write(missed === 0 ? `All within ${aimMs} ms.\n` : `${missed} of ${cases.length} missed ${aimMs} ms.\n`)

await client.end()
await api.close()
await server.close()
