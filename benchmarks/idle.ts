/**
 * The cost of an idle embedded service per process, and its latency: the processor time that Linux
 * counts for every process of the service while idle, then the time from a submission's
 * request, and from its answer, to the claim of its task.
 *
 *     node benchmarks/idle.ts [seconds = 300] [submissions = 30] [workers = 2]
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '@goalpost/client'
import { createEmbedded, waitUntil } from '../tests/embedded.ts'

const [seconds = 300, submissions = 30, workers = 2] = process.argv.slice(2).map(Number)

/** After the start engines are probed, V8 frees memory and autovacuum runs: none of that is idling. */
const settleMs = 240_000

const spec = {
  apiVersion: 'goalpost/v1',
  protocol: 'goodhart',
  name: 'latency',
  fresh: true,
  seeds: 1,
  options: { draws: 4096 },
}

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

type Usage = { readonly name: string; readonly cpuSeconds: number; readonly residentMb: number }

function readUsage(pid: number): Usage {
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const resident = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024
  return { name: shorten(command), cpuSeconds: readCpuSeconds(pid), residentMb: resident }
}

/**
 * Of all threads, and of children that have ended, such as sessions of the database. Ticks of 10 ms are .02 % of a
 * minute.
 */
function readCpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / ticksPerSecond
}

function shorten(command: string): string {
  const program = /apps\/(\S+)\/src\/(\S+)\.ts/.exec(command)
  if (program) return `${program[1]} ${program[2]}`
  if (command.startsWith('postgres: ')) return command.replace(/\(\d+\)|\d+\.\d+\.\d+\.\d+/g, '').trim()
  return command.includes('/postgres ') ? 'postgres' : command.slice(0, 40)
}

function readAll(pids: readonly number[]): Map<number, Usage> {
  return new Map(
    pids.flatMap((pid) => {
      try {
        return [[pid, readUsage(pid)] as const]
      } catch {
        return []
      }
    }),
  )
}

async function measureIdle(pids: () => number[]): Promise<void> {
  await delay(settleMs)
  const before = readAll(pids())
  const startedAt = performance.now()
  await delay(seconds * 1_000)
  const after = readAll(pids())
  const wall = (performance.now() - startedAt) / 1_000
  const rows = [...after].map(([pid, { name, cpuSeconds, residentMb }]) => ({
    name,
    percent: (100 * (cpuSeconds - (before.get(pid)?.cpuSeconds ?? 0))) / wall,
    residentMb,
  }))
  const total = rows.reduce((sum, { percent }) => sum + percent, 0)
  console.log(`${wall.toFixed(0)} s idle, ${workers} slots\n| process | % of a core | resident MiB |\n|---|---|---|`)
  for (const { name, percent, residentMb } of rows.toSorted((a, b) => b.percent - a.percent))
    console.log(`| ${name} | ${percent.toFixed(2)} | ${residentMb.toFixed(0)} |`)
  console.log(`| all | ${total.toFixed(2)} | |`)
}

async function measureWaking(client: Client): Promise<void> {
  const fromRequest: number[] = []
  const fromAnswer: number[] = []
  // The first ones include loading the trainer.
  for (let index = -2; index < submissions; index++) {
    // A pause before each, as a process may still be active right after other work.
    await delay(1_000)
    const sentAt = Date.now()
    const { experiment } = await client.submit(spec)
    const answeredAt = Date.now()
    await waitUntil('the experiment has succeeded', async () => {
      return (await client.experiment(experiment.id)).state === 'succeeded'
    })
    const view = await client.experiment(experiment.id)
    const [attempt] = (await client.task(view.runs[0]?.tasks[0]?.id ?? '')).attemptHistory
    if (index < 0 || attempt === undefined) continue
    fromRequest.push(Date.parse(attempt.startedAt) - sentAt)
    fromAnswer.push(Date.parse(attempt.startedAt) - answeredAt)
  }
  console.log(
    `\n${submissions} submissions, each after a second of idling; milliseconds\n| what | p50 | p99 |\n|---|---|---|`,
  )
  console.log(`| request → task claimed | ${quantile(fromRequest, 0.5)} | ${quantile(fromRequest, 0.99)} |`)
  console.log(
    `| answered, so committed → task claimed | ${quantile(fromAnswer, 0.5)} | ${quantile(fromAnswer, 0.99)} |`,
  )
}

function quantile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(share * times.length))] ?? Number.NaN
}

const embedded = createEmbedded({ workers })
try {
  const { client, service } = await embedded.start()
  await waitUntil('the workers are there', async () => (await client.workers()).engines.length > 0)
  await measureIdle(() => [service.pid, ...embedded.pids('')])
  await measureWaking(client)
} finally {
  await embedded.stop()
  embedded.remove()
}
