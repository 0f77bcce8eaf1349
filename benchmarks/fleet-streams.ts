/**
 * Memory and load of one API process with many open event streams, half of one experiment and half of its workspace:
 * `node benchmarks/fleet-streams.ts [clients = 1000] [seconds = 20]`. The aim: 300 MB for 1,000 clients, statements that do not grow with them.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Agent, get, type IncomingMessage } from 'node:http'
import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { migrate } from '@goalpost/store'
import { startPostgresServer } from '@goalpost/testing'
import pg from 'pg'
import { processTimeMs } from './fleet/processor-time.ts'

const [clients = 1_000, seconds = 20] = process.argv.slice(2).map(Number)
const aimMb = 300

const server = await startPostgresServer()
const databaseUrl = server.url('postgres')
await migrate(databaseUrl)
const sql = new pg.Client({ connectionString: databaseUrl })
await sql.connect()
const child = fork(fileURLToPath(new URL('./fleet/api-process.ts', import.meta.url)))
child.send(databaseUrl)
const [{ origin, headers }] = (await once(child, 'message')) as [{ origin: string; headers: Record<string, string> }]
const { rows } = await sql.query<{ id: string }>('SELECT id FROM experiments')
const pid = child.pid ?? 0

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
const paths = [`/v1/experiments/${rows[0]?.id}/events`, '/v1/events']
for (let number = 0; number < clients; number++) await open(paths[number % 2] ?? '/v1/events')
print(`${clients} clients`, await measure())
process.stdout.write(`${messages} messages; ${aimMb} MB ${residentMb() <= aimMb ? 'met' : 'missed'}\n`)
child.kill('SIGKILL')
agent.destroy()
await sql.end()
await server.close()
process.exit(0)
