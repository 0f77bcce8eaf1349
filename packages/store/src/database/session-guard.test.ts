import { EventEmitter } from 'node:events'
import { startTestDatabase, type TestDatabase } from '@goalpost/testing'
import { hasPooler, startPooler, type Pooler, type PoolerMode } from '@goalpost/testing/pooler'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { watchWork } from '../dispatch/watch-work.ts'
import { migrate } from './migrate.ts'
import { openDatabase, type Database } from './open-database.ts'
import { createSessionGuard } from './session-guard.ts'

const refusal = {
  code: 'unavailable',
  message: expect.stringMatching(/^A connection to the database changes its session.*pool_mode = session$/),
}

let database: TestDatabase
beforeAll(async () => {
  database = await startTestDatabase({ prepare: migrate })
})
afterAll(() => database.close())

/** A connection that was told the first process id, and is then served by the others in turn. */
function connection(processID: number, served: readonly number[]) {
  const left = [...served]
  const query = async () => ({ rows: [{ pid: left.shift() }] })
  return Object.assign(new EventEmitter(), { processID, query }) as unknown as pg.ClientBase
}

const nowhere = 'postgresql://nobody@127.0.0.1:1/nothing'

describe('a connection', () => {
  test('to PostgreSQL itself needs no second one', async () => {
    const served = [7]
    const guard = createSessionGuard(nowhere)
    await guard.check(connection(7, served))
  })

  test('behind a pooler is refused if it is served by another process while a second one is in a transaction', async () => {
    const guard = createSessionGuard(database.url)
    await expect(guard.check(connection(1, [7, 7, 8]))).rejects.toMatchObject(refusal)
  })

  test('is checked until one was kept beside another, and again after one ended with an error', async () => {
    const changing = () => connection(1, [7, 7, 8])
    // Without a second connection nothing is known.
    await createSessionGuard(nowhere).check(changing())
    const guard = createSessionGuard(database.url)
    const first = connection(1, [7, 7, 7])
    await guard.check(first)
    first.emit('end')
    await guard.check(changing())
    first.emit('error', new Error('Connection terminated unexpectedly'))
    await expect(guard.check(changing())).rejects.toMatchObject(refusal)
  })
})

const ping = ({ query }: Database) => query((queries) => queries.$queryRaw`SELECT 1`)

type Behind = { readonly mode: PoolerMode; readonly poolSize?: number }

const opened = new AsyncDisposableStack()
afterAll(() => opened.disposeAsync())

async function behind({ mode, poolSize = 5 }: Behind): Promise<Pooler> {
  const pooler = await startPooler(database.url, { mode, poolSize })
  opened.defer(() => pooler.close())
  return pooler
}

async function using(url: string, work: (database: Database) => Promise<void>): Promise<void> {
  const used = openDatabase({ url, poolSize: 2 })
  try {
    await work(used)
  } finally {
    await used.close()
  }
}

const patience = { timeout: 30_000 }

if (!hasPooler) process.stderr.write('Not tested for lack of PgBouncer: sessions behind it\n')
else
  describe('PgBouncer', { timeout: 60_000 }, () => {
    describe('in transaction mode', () => {
      let pooler: Pooler
      let narrow: Pooler
      beforeAll(async () => {
        pooler = await behind({ mode: 'transaction' })
        narrow = await behind({ mode: 'transaction', poolSize: 1 })
      }, 60_000)

      test('is refused, by the migrations at the start and by a watch for work too', async () => {
        await expect(migrate(pooler.url)).rejects.toMatchObject(refusal)
        await using(pooler.url, (used) => expect(ping(used)).rejects.toMatchObject(refusal))
        const watch = watchWork({ url: pooler.url, onSignal: () => undefined })
        await expect(watch.look()).rejects.toMatchObject(refusal)
        await watch.close()
      })

      test('with a single session is refused before a connection times out', { timeout: 9_000 }, () =>
        using(narrow.url, (used) => expect(ping(used)).rejects.toMatchObject(refusal)),
      )
    })

    describe('in session mode', () => {
      let pooler: Pooler
      beforeAll(async () => {
        pooler = await behind({ mode: 'session' })
      }, 60_000)

      test('serves, and is refused once it is started again in transaction mode', () =>
        using(pooler.url, async (used) => {
          await migrate(pooler.url)
          await ping(used)
          await pooler.restart('transaction')
          await expect.poll(() => ping(used).catch((error: unknown) => error), patience).toMatchObject(refusal)
          await pooler.restart('session')
          await expect.poll(() => ping(used).catch(() => null), patience).toEqual([{ '?column?': 1 }])
        }))
    })
  })
