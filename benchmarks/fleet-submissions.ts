/**
 * How long a submission takes, from its request to the answer with all runs, by its number of runs:
 *
 *     node benchmarks/fleet-submissions.ts [--runs 10,100,1000,2000] [--repetitions 7] [--beside 10000]
 *
 * The API is the real one, with the toy protocol (two tasks for each run), on a real PostgreSQL. `--beside`: so many runs are stored before in the same workspace.
 */
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { migrate } from '@goalpost/store'
import { startPostgresServer } from '@goalpost/testing'
import { startFleetApi } from './fleet/start-api.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10,100,1000,2000' },
    repetitions: { type: 'string', default: '7' },
    beside: { type: 'string', default: '10000' },
  },
})
/** For 2,000 runs. */
const aimSeconds = 1

const server = await startPostgresServer({ shared_buffers: '512MB' })
try {
  const databaseUrl = server.url('postgres')
  await migrate(databaseUrl)
  const api = await startFleetApi(databaseUrl)
  try {
    // The first submission of a process loads its modules.
    await api.submit(10)
    await api.submit(Number(values.beside))
    process.stdout.write(
      `beside ${values.beside} runs, load ${loadavg()[0]?.toFixed(1)}; seconds\n   runs  median  slowest\n`,
    )
    for (const runs of values.runs.split(',').map(Number)) await measure(api, runs)
  } finally {
    await api.close()
  }
} finally {
  await server.close()
}

async function measure(api: Awaited<ReturnType<typeof startFleetApi>>, runs: number): Promise<void> {
  const seconds: number[] = []
  for (let repetition = 0; repetition < Number(values.repetitions); repetition++) seconds.push(await api.submit(runs))
  const sorted = seconds.toSorted((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  process.stdout.write(
    `${String(runs).padStart(7)} ${median.toFixed(3).padStart(7)} ${(sorted.at(-1) ?? Number.NaN).toFixed(3).padStart(8)}\n`,
  )
  if (runs === 2_000) {
    const met = median < aimSeconds
    process.stdout.write(`aim of ${aimSeconds} s for ${runs} runs: ${met ? 'met' : 'missed'}\n`)
    if (!met) process.exitCode = 1
  }
}
