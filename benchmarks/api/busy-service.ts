import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Client } from '@goalpost/client'
import { experimentSpec } from '@goalpost/contracts'
import { startPostgresServer } from '@goalpost/testing'
import { parse } from 'yaml'
import { waitUntil } from '../../tests/embedded.ts'
import { keepRunning } from '../../tests/soak/program.ts'
import { startApiProgram } from './api-program.ts'

export type BusyService = {
  /** An experiment of 30 runs that does not change any more. */
  readonly unchanged: {
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly etag: string
  }
  /** Rejects if the trainings have not run all the time. */
  close(): Promise<void>
}

const smokeFile = path.resolve(import.meta.dirname, '../../examples/smoke.yaml')
const trainings = 2
const patienceMs = 120_000
/** Longer than the API takes to notice a change of its workers. */
const steadyMs = 3_000

/** The programs of the API and of a worker, as in production, that trains two policies. */
export async function startBusyService(): Promise<BusyService> {
  const server = await startPostgresServer()
  const api = await startApiProgram(server.url('postgres'))
  const { client, headers } = api
  const smoke = experimentSpec.parse(parse(await readFile(smokeFile, 'utf8')))
  // Before there is a worker: the end of a running task would change it later.
  const unchanged = await prepareUnchanged(client, smoke)
  const slots = { GOALPOST_WORKER_CONCURRENCY: String(trainings), GOALPOST_SHORT_SLOTS: '0' }
  const worker = keepRunning('apps/worker/src/main.ts', { ...api.environment, ...slots })
  const options = { ...smoke.options, steps: 100_000_000 }
  const { id } = (await client.submit({ ...smoke, name: 'busy', options }, { idempotencyKey: 'busy' })).experiment
  const isBusy = async () => (await client.experiment(id)).tasks.running === trainings
  await waitUntil('both trainings run', isBusy, patienceMs, 100)
  const url = `${api.origin}/v1/experiments/${unchanged}`
  const etag = await readSteadyTag(url, headers)
  return {
    unchanged: { url, headers, etag },
    async close() {
      const wasBusy = await isBusy()
      await worker.stop()
      await api.stop()
      await server.close()
      if (!wasBusy) throw new Error('The trainings did not run all the time')
    },
  }
}

async function prepareUnchanged(client: Client, smoke: ReturnType<typeof experimentSpec.parse>): Promise<string> {
  const spec = { ...smoke, name: 'unchanged', seeds: 15 }
  const { id } = (await client.submit(spec, { idempotencyKey: 'unchanged' })).experiment
  await client.cancel(id)
  const isCancelled = async () => (await client.experiment(id)).state === 'cancelled'
  await waitUntil('the experiment is cancelled', isCancelled, patienceMs, 100)
  return id
}

/** The tag changes once more when the worker has found out what its engines can do. */
async function readSteadyTag(url: string, headers: Readonly<Record<string, string>>): Promise<string> {
  const read = async () => (await fetch(url, { headers })).headers.get('etag') ?? ''
  let etag = await read()
  const isSteady = async () => {
    const before = etag
    await setTimeout(steadyMs)
    etag = await read()
    return etag === before
  }
  await waitUntil('the tag does not change any more', isSteady, patienceMs, 0)
  return etag
}
