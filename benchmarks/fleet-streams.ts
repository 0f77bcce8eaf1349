/**
 * Memory and load of the API's program with many open event streams, half of one experiment, which changes each second, and half of its workspace:
 * `node benchmarks/fleet-streams.ts [clients = 1000] [seconds = 20]`. The aim: 300 MB for 1,000 clients, statements that do not grow with them.
 */
import { readFileSync } from 'node:fs'
import { Agent, get, type IncomingMessage } from 'node:http'
import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { startPostgresServer } from '@goalpost/testing'
import pg from 'pg'
import { startApiProgram } from './api/api-program.ts'
import { processTimeMs } from './fleet/processor-time.ts'

const [clients = 1_000, seconds = 20] = process.argv.slice(2).map(Number)
const aimMb = 300

const server = await startPostgresServer()
const databaseUrl = server.url('postgres')
const sql = new pg.Client({ connectionString: databaseUrl })
await sql.connect()
const api = await startApiProgram(databaseUrl)
const { origin, headers, pid } = api
// A submission has started the thread that takes them in.
const spec = { apiVersion: 'goalpost/v1', protocol: 'goodhart', name: 'streams', seeds: 30 }
const { id } = (await api.client.submit(spec, { idempotencyKey: 'streams' })).experiment

const residentMb = () => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024
const transactions = async () => {
  const found = await sql.query<{ count: string }>(
    `SELECT xact_commit AS count FROM pg_stat_database WHERE datname = 'postgres'`,
  )
  return Number(found.rows[0]?.count)
}

async function measure(): Promise<{ readonly perSecond: number; readonly percent: number }> {
  const before = { at: performance.now(), transactions: await transactions(), time: processTimeMs(pid) }
  await sleep(seconds * 1_000)
  const elapsed = performance.now() - before.at
  return {
    perSecond: (1_000 * ((await transactions()) - before.transactions)) / elapsed,
    percent: (100 * (processTimeMs(pid) - before.time)) / elapsed,
  }
}

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
let messages = 0
async function open(path: string): Promise<IncomingMessage> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${origin}${path}`, { agent, headers }, resolve).once('error', reject)
  })
  if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode}`)
  response.on('data', () => (messages += 1))
  return response
}

const print = (what: string, { perSecond, percent }: Awaited<ReturnType<typeof measure>>) =>
  process.stdout.write(
    `${what.padEnd(20)} ${residentMb().toFixed(0).padStart(6)} MB ${perSecond.toFixed(1).padStart(8)} transactions/s ${percent.toFixed(1).padStart(6)} % of a core\n`,
  )

process.stdout.write(`load ${loadavg()[0]?.toFixed(1)}\n`)
print('no client', await measure())
const paths = [`/v1/experiments/${id}/events`, '/v1/events']
for (let number = 0; number < clients; number++) await open(paths[number % 2] ?? '/v1/events')
const changing = setInterval(() => void sql.query('UPDATE experiments SET revision = revision + 1'), 1_000)
print(`${clients} clients`, await measure())
clearInterval(changing)
process.stdout.write(`${messages} messages; ${aimMb} MB ${residentMb() <= aimMb ? 'met' : 'missed'}\n`)
agent.destroy()
await api.stop()
await sql.end()
await server.close()
process.exit(0)
