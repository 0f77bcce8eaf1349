import pg from 'pg'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openLaboratory } from './laboratory.ts'
import type { Laboratory } from './laboratory.ts'

const patience = { timeout: 60_000, interval: 30 }
/** Two processes that compute without a pause leave little time for a third on two cores. */
const long = { ...patience, timeout: 120_000 }
const timeout = 300_000

let laboratory: Laboratory
afterEach(async () => {
  await laboratory.stopWorkers()
  await laboratory.close()
})

async function execute(sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client(laboratory.databaseUrl)
  await client.connect()
  try {
    return await client.query(sql)
  } finally {
    await client.end()
  }
}

const listeners = `FROM pg_stat_activity WHERE application_name = 'goalpost-watch' AND datname = current_database()`

type Experiment = Awaited<ReturnType<Laboratory['submit']>>
const succeeds = (experiment: Experiment) =>
  vi.waitFor(async () => expect((await experiment.view()).state).toBe('succeeded'), patience)

describe('an idle worker', { timeout }, () => {
  it('runs tasks submitted after its listening connection was cut', async () => {
    laboratory = await openLaboratory()
    laboratory.startWorker()
    await succeeds(await laboratory.submit({}))
    expect((await execute(`SELECT pg_terminate_backend(pid) ${listeners}`)).rowCount).toBe(1)
    await succeeds(await laboratory.submit({}))
  })

  it('runs tasks submitted after an outage of the database', async () => {
    laboratory = await openLaboratory()
    laboratory.startWorker()
    await succeeds(await laboratory.submit({}))
    await laboratory.outage.disappear()
    await vi.waitFor(async () => expect((await execute(`SELECT ${listeners}`)).rowCount).toBe(0), patience)
    const meanwhile = await laboratory.submit({})
    await laboratory.outage.reappear()
    await succeeds(meanwhile)
    await succeeds(await laboratory.submit({}))
  })

  it('finds work without a notification, by polling', async () => {
    laboratory = await openLaboratory()
    // Before the worker connects, so that every notification is lost.
    await execute(`CREATE FUNCTION public.pg_notify(text, text) RETURNS void LANGUAGE sql AS 'SELECT'`)
    await execute(`DO $$ BEGIN
      EXECUTE format('ALTER DATABASE %I SET search_path = public, pg_catalog', current_database()); END $$`)
    laboratory.startWorker()
    await vi.waitFor(async () => expect((await execute(`SELECT ${listeners}`)).rowCount).toBe(1), patience)
    await succeeds(await laboratory.submit({}))
  })

  it('runs tasks that only a frozen leader was notified of', async () => {
    laboratory = await openLaboratory()
    const leader = laboratory.startWorker()
    await succeeds(await laboratory.submit({}))
    leader.signal('SIGSTOP')
    laboratory.startWorker()
    await succeeds(await laboratory.submit({}))
  })
})

describe('an evaluation of a stored checkpoint', { timeout }, () => {
  it('is done before any of the trainings that fill all slots ends', async () => {
    laboratory = await openLaboratory()
    const trainings = { updates: 100_000, updateMs: 20, checkpointEvery: 50, evaluated: true }
    const experiments = [await laboratory.submit(trainings, [1]), await laboratory.submit(trainings, [2])]
    laboratory.startWorker({ GOALPOST_WORKER_CONCURRENCY: '2', GOALPOST_LEASE_MS: '20000' })
    const stateOf = async (experiment: Experiment, wanted: string) =>
      (await experiment.view()).runs[0]!.tasks.find(({ key }) => key === wanted)!.state
    for (const experiment of experiments)
      await vi.waitFor(async () => expect(await stateOf(experiment, 'evaluate')).toBe('succeeded'), long)
    for (const experiment of experiments) expect(await stateOf(experiment, 'train')).toBe('running')
  })
})
