import { afterAll, beforeAll, expect, it } from 'vitest'
import { startBench, type Bench } from '../../test/bench.ts'
import { openDatabase, type Database, type Queries } from '../database/open-database.ts'
import { survey } from './survey.ts'

let bench: Bench
let database: Database

beforeAll(async () => {
  bench = await startBench()
  database = openDatabase({ url: bench.database.url, poolSize: 1 })
})
afterAll(async () => {
  await database.close()
  await bench.close()
})

/** How many rows of `tasks` this transaction has read so far. */
async function rowsRead(queries: Queries): Promise<number> {
  const [row] = await queries.$queryRaw<{ rows: number }[]>`
    SELECT (seq_tup_read + idx_tup_fetch)::int AS rows FROM pg_stat_xact_user_tables WHERE relname = 'tasks'`
  return row!.rows
}

it('finds of which kinds tasks are ready, and reads a few rows of many', async () => {
  await bench.submit({ seeds: 400 })
  await bench.dispatchAll(3)
  await database.query((queries) => queries.$executeRaw`ANALYZE tasks`)
  const { found, rows } = await database.transaction(async (queries) => ({
    found: await survey(queries),
    rows: await rowsRead(queries),
  }))
  expect(found.ready).toEqual([{ device: 'cpu', state: 'ready', short: false, lane: 'any', tasks: 1 }])
  expect(found.inFlight.map(({ tasks }) => tasks).reduce((sum, tasks) => sum + tasks)).toBe(3)
  expect(rows).toBeLessThan(20)
})
