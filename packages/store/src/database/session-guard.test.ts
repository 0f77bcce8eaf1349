import { startTestDatabase, type TestDatabase } from '@goalpost/testing'
import { hasPooler, startPooler, type Pooler, type PoolerMode } from '@goalpost/testing/pooler'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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
  return { processID, query: async () => ({ rows: [{ pid: left.shift() }] }) } as unknown as pg.ClientBase
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

  test('is checked until one was kept beside another, and again after one was lost', async () => {
    const changing = () => connection(1, [7, 7, 8])
    // Without a second connection nothing is known.
    await createSessionGuard(nowhere).check(changing())
    const guard = createSessionGuard(database.url)
    await guard.check(connection(1, [7, 7, 7]))
    await guard.check(changing())
    guard.forget()
    await expect(guard.check(changing())).rejects.toMatchObject(refusal)
  })
})

const ping = ({ query }: Database) => query((queries) => queries.$queryRaw`SELECT 1`)

type Behind = { readonly mode: PoolerMode; readonly poolSize?: number }

async function behind({ mode, poolSize = 5 }: Behind, work: (pooler: Pooler) => Promise<void>): Promise<void> {
  const pooler = await startPooler(database.url, { mode, poolSize })
  try {
    await work(pooler)
  } finally {
    await pooler.close()
  }
}

async function using(url: string, work: (database: Database) => Promise<void>): Promise<void> {
  const opened = openDatabase({ url, poolSize: 2 })
  try {
    await work(opened)
  } finally {
    await opened.close()
  }
}

if (hasPooler)
  describe('PgBouncer', () => {
    test('in transaction mode is refused, by the migrations at the start too', () =>
      behind({ mode: 'transaction' }, async ({ url }) => {
        await expect(migrate(url)).rejects.toMatchObject(refusal)
        await using(url, (opened) => expect(ping(opened)).rejects.toMatchObject(refusal))
      }))

    test('in session mode serves, and is refused once it is started again in transaction mode', () =>
      behind({ mode: 'session' }, async ({ url, restart }) => {
        await migrate(url)
        await using(url, async (opened) => {
          await ping(opened)
          await restart('transaction')
          await expect.poll(() => ping(opened).catch((error: unknown) => error)).toMatchObject(refusal)
          await restart('session')
          await expect.poll(() => ping(opened)).toEqual([{ '?column?': 1 }])
        })
      }))

    test('in transaction mode with a single session is refused before a connection times out', { timeout: 9_000 }, () =>
      behind({ mode: 'transaction', poolSize: 1 }, ({ url }) =>
        using(url, (opened) => expect(ping(opened)).rejects.toMatchObject(refusal)),
      ),
    )
  })
else process.stderr.write('Not tested for lack of pgbouncer: sessions behind it\n')
