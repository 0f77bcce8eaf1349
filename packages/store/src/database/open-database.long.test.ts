import { startPostgresServer } from '@goalpost/testing'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startBench, type Bench } from '../../test/bench.ts'
import { createStore, type Store } from '../create-store.ts'
import { migrate } from './migrate.ts'
import { openDatabase, type Database } from './open-database.ts'

describe('a missing database', () => {
  it('is unavailable at once, with a public message', async () => {
    const store = createStore({ url: 'postgresql://postgres@127.0.0.1:1/x' })
    await expect(store.ping()).rejects.toMatchObject({ code: 'unavailable', message: 'The database cannot be reached' })
    const spec = { key: 'a'.repeat(64) }
    await expect(store.apiKeys.find(spec.key)).rejects.toMatchObject({ code: 'unavailable' })
    await expect(store.dispatcher.dispatch(1, async () => undefined)).rejects.toMatchObject({ code: 'unavailable' })
    await store.close()
  })

  it('is unavailable while it restarts, and then used again without our restarting', async () => {
    const server = await startPostgresServer()
    const store = createStore({ url: server.url('postgres') })
    try {
      await migrate(server.url('postgres'))
      await store.ping()
      await server.stop()
      await expect(store.ping()).rejects.toMatchObject({ code: 'unavailable' })
      await expect(store.dispatcher.reapExpired()).rejects.toMatchObject({ code: 'unavailable' })
      await server.start()
      await vi.waitFor(() => store.ping(), { timeout: 10_000 })
      expect(await store.dispatcher.reapExpired()).toBe(0)
    } finally {
      await store.close()
      await server.close()
    }
  })

  it('that lacks its tables is an internal error, not an outage', async () => {
    const server = await startPostgresServer()
    const store = createStore({ url: server.url('postgres') })
    try {
      await expect(store.apiKeys.find('a'.repeat(64))).rejects.toMatchObject({ code: 'internal' })
    } finally {
      await store.close()
      await server.close()
    }
  })
})

describe('a full disk', () => {
  let bench: Bench
  let database: Database
  let store: Store
  beforeAll(async () => {
    bench = await startBench()
    database = openDatabase({ url: bench.database.url, poolSize: 4 })
    store = createStore({ url: bench.database.url })
  })
  afterAll(async () => {
    await store.close()
    await database.close()
    await bench.close()
  })
  const run = (sql: string) => database.query((queries) => queries.$executeRawUnsafe(sql))

  it.each([
    ['disk_full', '53100', 'in whatever language it speaks'],
    ['io_error', '58030', 'could not write to file "pg_wal/xlogtemp.77": No space left on device'],
  ])('is called that, whichever way PostgreSQL reports it: %s', async (_name, state, message) => {
    const fail = `DO $$ BEGIN RAISE EXCEPTION '${message}' USING ERRCODE = '${state}'; END $$`
    const full = { code: 'storage-full', message: 'The disk of the database is full' }
    await expect(run(fail)).rejects.toMatchObject(full)
    await expect(database.transaction((queries) => queries.$executeRawUnsafe(fail))).rejects.toMatchObject(full)
  })

  it('is not healthy, although reads succeed: once doubted, a ping writes until that succeeds', async () => {
    await run(`CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$`)
    await run(
      `CREATE EVENT TRIGGER full_disk ON ddl_command_start WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION refuse()`,
    )
    await store.ping()
    store.doubt()
    await expect(store.ping()).rejects.toMatchObject({ code: 'storage-full' })
    await expect(store.ping()).rejects.toMatchObject({ code: 'storage-full' })
    await run('DROP EVENT TRIGGER full_disk')
    await store.ping()
    await store.ping()
  })
})

describe('transactions', () => {
  let bench: Bench
  let database: Database
  beforeAll(async () => {
    bench = await startBench()
    database = openDatabase({ url: bench.database.url, poolSize: 4 })
  })
  afterAll(async () => {
    await database.close()
    await bench.close()
  })

  it('are retried after a deadlock: two that lock in opposite order both succeed', async () => {
    const [a, b] = [await bench.workspaces.ensure('a'), await bench.workspaces.ensure('b')]
    let attempts = 0
    let holding = 0
    const lockBoth = (first: string, second: string) =>
      database.transaction(async (queries) => {
        attempts += 1
        await queries.$queryRaw`SELECT FROM workspaces WHERE id = ${first}::uuid FOR UPDATE`
        holding += 1
        await vi.waitFor(() => expect(holding).toBeGreaterThanOrEqual(2), { timeout: 10_000 })
        await queries.$queryRaw`SELECT FROM workspaces WHERE id = ${second}::uuid FOR UPDATE`
      })
    await Promise.all([lockBoth(a, b), lockBoth(b, a)])
    expect(attempts).toBe(3)
  })

  it('that conflict repeatedly are `unavailable`, which may be retried later, and not internal errors', async () => {
    const conflict = () => Promise.reject(Object.assign(new Error('deadlock detected'), { code: '40P01' }))
    await expect(database.transaction(conflict)).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('keep times to the millisecond, whatever the time zone of the server', async () => {
    const [row] = await database.query(
      (queries) => queries.$queryRaw<{ at: Date }[]>`SELECT '2030-06-01T12:00:00.123+05:30'::timestamptz(3) AS at`,
    )
    expect(row?.at.toISOString()).toBe('2030-06-01T06:30:00.123Z')
  })
})
