/**
 * Runs an experiment twice on an embedded service and records, every second of the second run, the inputs of the
 * time-left estimate: a history to test estimators on.
 *
 *     node benchmarks/record-time-left.ts <spec.yaml> <history.json> [workers = 2]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { createStore } from '@goalpost/store'
import type { TimedTask } from '@goalpost/experiments'
import { parse } from 'yaml'
import { createEmbedded, waitUntil } from '../tests/embedded.ts'

const [specFile = '', historyFile = '', workers = '2'] = process.argv.slice(2)

const round = (value: number) => Number(value.toPrecision(5))

/** The changing parts of a task; constant ones are written once. */
const compact = ({ state, share, perSecond }: TimedTask) => [
  state,
  round(share),
  perSecond === null ? null : round(perSecond),
]

const embedded = createEmbedded({ workers: Number(workers) })
try {
  const { client } = await embedded.start()
  await waitUntil('the workers are there', async () => (await client.workers()).engines.length > 0)
  const [api = 0] = embedded.pids('api/src/main.ts')
  const environment = readFileSync(`/proc/${api}/environ`, 'utf8').split('\0')
  const url = environment.find((variable) => variable.startsWith('DATABASE_URL='))?.slice('DATABASE_URL='.length) ?? ''
  const store = createStore({ url, poolSize: 2 })
  const workspace = await store.workspaces.ensure('default')
  const spec = { ...parse(readFileSync(specFile, 'utf8')), fresh: true }
  const first = await client.submit(spec)
  await waitUntil(
    'the first has succeeded',
    async () => (await client.experiment(first.experiment.id)).state === 'succeeded',
    900_000,
  )
  const { experiment } = await client.submit(spec)
  const startedAt = performance.now()
  const samples: { at: number; tasks: unknown[] }[] = []
  let fixed: unknown[] = []
  for (;;) {
    const at = round((performance.now() - startedAt) / 1_000)
    const timing = (await store.experiments.get(workspace, experiment.id))?.timing ?? null
    if (timing === null) {
      writeFileSync(historyFile, `${JSON.stringify({ seconds: at, tasks: fixed, samples })}\n`)
      break
    }
    fixed = timing.tasks.map(({ sort, amount, short, run }) => ({ sort, amount, short, run }))
    samples.push({ at, tasks: timing.tasks.map(compact) })
    await delay(1_000)
  }
  await store.close()
} finally {
  await embedded.stop()
  embedded.remove()
}
