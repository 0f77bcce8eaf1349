import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startTestDatabase, type TestDatabase } from '@goalpost/testing'
import { startOutageProxy, type OutageProxy } from '@goalpost/testing/outage-proxy'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { withDump } from '../backup/dump.ts'
import { createStore } from '../create-store.ts'
import { listen } from './listen.ts'
import { migrate } from './migrate.ts'
import { openDatabase, type Database } from './open-database.ts'

/** The limit of a statement; 1.2 times as long a silence breaks a connection. */
const statementTimeoutMs = 1_000
/** Ample on a busy machine; without the limit it would be for ever. */
const soonMs = 15_000

let server: TestDatabase
let outage: OutageProxy
let url: string
let database: Database
beforeEach(async () => {
  server = await startTestDatabase({ prepare: migrate })
  const direct = new URL(server.url)
  outage = await startOutageProxy({ host: direct.hostname, port: Number(direct.port) })
  direct.host = `127.0.0.1:${outage.port}`
  url = direct.href
  database = openDatabase({ url, poolSize: 3, statementTimeoutMs })
})
afterEach(async () => {
  await Promise.all([outage.disappear(), database.close()])
  await server.close()
})

const session = () =>
  database.query(async (queries) => {
    const [row] = await queries.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid, pg_sleep(0.05)::text`
    return row!.pid
  })
const threeSessions = () => Promise.all([session(), session(), session()])

/** Rejects with another error if `work` takes longer. */
function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const late = delay(limitMs, undefined, { ref: false }).then(() => {
    throw new Error(`more than ${limitMs} ms`)
  })
  return Promise.race([work, late])
}

const workspace = (name: string) => ({ id: randomUUID(), name, createdAt: new Date() })

const silent = { code: 'unavailable', message: 'The database has not answered for 1.2 s' }

describe('a statement', () => {
  it('that takes too long is ended in PostgreSQL itself, not only given up', async () => {
    const slow = database.query((queries) => queries.$queryRaw`SELECT pg_sleep(60)::text`)
    await expect(within(soonMs, slow)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/^The database took too long for a statement/),
    })
    const running = await database.query(
      (queries) =>
        queries.$queryRaw`SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()`,
    )
    expect(running).toEqual([])
  })

  it('on a connection that fell silent fails after its limit, and costs no other caller as long', async () => {
    const before = await threeSessions()
    outage.swallow()
    await expect(within(soonMs, session())).rejects.toMatchObject(silent)
    const after = await within(soonMs, threeSessions())
    expect(after.filter((pid) => before.includes(pid))).toEqual([])
  })

  it('of a transaction on a connection that fell silent fails, with nothing of it left', async () => {
    const work = database.transaction(async (queries) => {
      await queries.workspace.create({ data: workspace('half') })
      outage.swallow()
      await queries.workspace.create({ data: workspace('whole') })
    })
    await expect(within(soonMs, work)).rejects.toMatchObject(silent)
    const names = await database.query((queries) =>
      queries.workspace.findMany({ where: { name: { in: ['half', 'whole'] } } }),
    )
    expect(names).toEqual([])
  })

  it('after a long pause uses the same connection, and is limited like any other', async () => {
    const before = await session()
    await delay(3 * statementTimeoutMs)
    expect(await session()).toBe(before)
    outage.swallow()
    await expect(within(soonMs, session())).rejects.toMatchObject(silent)
  })

  it('waits its limit for a new connection to a server that is frozen', async () => {
    outage.freeze()
    await expect(within(2 * soonMs, session())).rejects.toMatchObject({ code: 'unavailable' })
    outage.thaw()
    await within(soonMs, session())
  })
})

it('a ping fails within five seconds of a freeze, also if statements hang on every connection, and then succeeds', async () => {
  const patient = openDatabase({ url, poolSize: 2, statementTimeoutMs: 60_000 })
  try {
    await patient.ping()
    outage.freeze()
    const hanging = [1, 2].map(() => patient.query((queries) => queries.$queryRaw`SELECT 1`))
    await expect(within(8_000, patient.ping())).rejects.toMatchObject({
      code: 'unavailable',
      message: 'The database has not answered for 5 s',
    })
    outage.thaw()
    await Promise.all(hanging)
    await within(soonMs, patient.ping())
  } finally {
    await patient.close()
  }
})

it('a channel on a connection that fell silent is listened to again', async () => {
  const onSignal = vi.fn()
  const listening = listen({ url, channel: 'silence', onSignal, pauseMs: 10, heartbeatMs: 200 })
  try {
    await vi.waitFor(() => expect(onSignal).toHaveBeenCalledTimes(1))
    outage.swallow()
    // Once for what may have been missed, once for the new connection.
    await vi.waitFor(() => expect(onSignal.mock.calls.length).toBeGreaterThanOrEqual(3), { timeout: 8_000 })
    onSignal.mockClear()
    await database.query((queries) => queries.$executeRaw`NOTIFY silence`)
    await vi.waitFor(() => expect(onSignal).toHaveBeenCalled())
  } finally {
    await listening.close()
  }
})

describe('beyond the limit may take', () => {
  /** Keeps others from a table for longer than the limit. */
  async function occupy(table: string): Promise<Promise<void>> {
    const client = new pg.Client(server.url)
    await client.connect()
    await client.query(`BEGIN; LOCK TABLE ${table}`)
    return delay(2 * statementTimeoutMs).then(() => client.end())
  }

  const limitOfRole = async () => {
    const name = new URL(server.url).pathname.slice(1)
    await database.query((queries) =>
      queries.$executeRawUnsafe(`ALTER DATABASE ${name} SET statement_timeout = '500ms'`),
    )
  }

  it('the collection of files', async () => {
    const store = createStore({ url, statementTimeoutMs })
    try {
      await store.workspaces.ensure('main')
      const other = occupy('artifacts')
      await delay(100)
      await store.files.releaseFiles(new Date())
      await other
    } finally {
      await store.close()
    }
  })

  it('a migration, whatever the limit of the role', async () => {
    await limitOfRole()
    const folder = await mkdtemp(join(tmpdir(), 'goalpost-migrations-'))
    try {
      await mkdir(join(folder, '99990101000000_slow'))
      await writeFile(join(folder, '99990101000000_slow', 'migration.sql'), 'SELECT pg_sleep(1.5)')
      expect(await migrate(server.url, folder)).toEqual(['99990101000000_slow'])
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('the copy of a table in a backup, whatever the limit of the role', async () => {
    await limitOfRole()
    await withDump(server.url, async ({ tables, rows }) => {
      const other = occupy('logs')
      await delay(100)
      const chunks = await rows(tables.find(({ name }) => name === 'logs')!).toArray()
      expect(chunks.length).toBeGreaterThanOrEqual(0)
      await other
    })
  })
})
