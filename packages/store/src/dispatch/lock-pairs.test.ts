import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startBench, type Bench } from '../../test/bench.ts'
import { openDatabase, type Database } from '../database/open-database.ts'
import { createChanges } from '../tasks/change.ts'
import type { Preemption } from './choose-preemptions.ts'
import { lockPairs } from './lock-pairs.ts'

let bench: Bench
let database: Database
beforeAll(async () => {
  bench = await startBench()
  database = openDatabase({ url: bench.database.url, poolSize: 2 })
})
afterAll(async () => {
  await database.close()
  await bench.close()
})

const actor = { key: null, address: '192.0.2.1' }

/** A running task and a waiting one, as they were read. */
async function pairOf(seed: number): Promise<{ pair: Preemption; high: string; claim: Claim }> {
  const low = await bench.submit({ seeds: [seed], name: `low ${seed}` })
  await bench.dispatchAll()
  const { train: victim } = await bench.tasks(low)
  const { claim } = await bench.take(victim!)
  const high = await bench.submit({ seeds: [seed + 1], priority: 10 })
  const { train: waiting } = await bench.tasks(high)
  const both = { workspaceId: bench.workspace, device: 'cpu', startedAt: bench.clock.now() } as const
  const running = { hasCheckpoint: false, lane: 'any', short: false, asked: false }
  return {
    pair: {
      waiting: { ...both, id: waiting!, engine: 'none', priority: 10, state: 'ready' },
      victim: { ...both, ...running, id: victim!, worker: 'worker', epoch: claim.epoch, priority: 0 },
    },
    high,
    claim,
  }
}
type Claim = Awaited<ReturnType<Bench['take']>>['claim']

const lock = (pair: Preemption) => createChanges(database, bench.clock.now).run((change) => lockPairs(change, [pair]))

it('keeps a pair that is as it was read, also one that waits in the queue by now', async () => {
  const { pair } = await pairOf(1)
  expect(await lock(pair)).toMatchObject([{ locked: { waiting: { id: pair.waiting.id } } }])
  await bench.dispatchAll()
  expect(await lock(pair)).toHaveLength(1)
})

it('leaves out a pair whose waiting task waits no longer: it runs, is paused, or was cancelled', async () => {
  const started = await pairOf(11)
  await bench.dispatchAll()
  await bench.take(started.pair.waiting.id)
  expect(await lock(started.pair)).toEqual([])
  const paused = await pairOf(21)
  await bench.experiments.setPaused({ workspaceId: bench.workspace, id: paused.high }, true, { actor })
  expect(await lock(paused.pair)).toEqual([])
  const cancelled = await pairOf(31)
  await bench.experiments.cancel(bench.workspace, cancelled.high)
  expect(await lock(cancelled.pair)).toEqual([])
})

it('leaves out a pair whose running task was started again since', async () => {
  const { pair, claim } = await pairOf(41)
  await bench.ledger.release(claim, 'shutdown')
  expect(await lock(pair)).toEqual([])
  await bench.take(pair.victim.id, 1)
  expect(await lock(pair)).toEqual([])
})

it('leaves out what another transaction has locked, and does not wait for it', async () => {
  const { pair } = await pairOf(51)
  const other = new pg.Client(bench.database.url)
  await other.connect()
  for (const { id } of [pair.waiting, pair.victim]) {
    await other.query('BEGIN')
    await other.query('SELECT id FROM tasks WHERE id = $1 FOR NO KEY UPDATE', [id])
    expect(await lock(pair)).toEqual([])
    await other.query('ROLLBACK')
  }
  await other.end()
  expect(await lock(pair)).toHaveLength(1)
})
