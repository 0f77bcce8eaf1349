import { startTestDatabase, type TestDatabase } from '@goalpost/testing'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toGoalpostError } from './errors.ts'
import { migrate } from './migrate.ts'
import { openDatabase, type Database } from './open-database.ts'
import { prepareSession } from './session.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await startTestDatabase({ prepare: migrate })
})
afterAll(() => database.close())

async function asAdministrator(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

function urlWith(change: (url: URL) => void): string {
  const url = new URL(database.url)
  change(url)
  return url.href
}

async function using<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const opened = openDatabase({ url, poolSize: 1 })
  try {
    return await work(opened)
  } finally {
    await opened.close()
  }
}

const ping = (url: string) => using(url, ({ query }) => query((queries) => queries.$queryRaw`SELECT 1`))

describe('a session', () => {
  it('has our settings, not those of database, role or connection string', async () => {
    const name = new URL(database.url).pathname.slice(1)
    await asAdministrator(`ALTER DATABASE ${name} SET timezone = 'Asia/Tokyo'`)
    await asAdministrator(`ALTER DATABASE ${name} SET search_path = elsewhere`)
    const url = urlWith(({ searchParams }) => searchParams.set('options', '-c TimeZone=Asia/Tokyo'))
    const rows = await using(url, ({ query }) =>
      query(
        (
          queries,
        ) => queries.$queryRaw`SELECT current_setting('TimeZone') AS zone, current_setting('search_path') AS path,
          current_setting('idle_in_transaction_session_timeout') AS idle`,
      ),
    )
    expect(rows).toEqual([{ zone: 'UTC', path: 'public', idle: '10s' }])
  })

  it('that loses its settings is refused, with the remedy', async () => {
    const answers = [[{ name: 'TimeZone', value: 'UTC' }], [{ name: 'TimeZone', value: 'Asia/Tokyo' }]]
    const pooler = { query: async () => ({ rows: answers.shift() }) } as unknown as pg.ClientBase
    await expect(prepareSession(pooler)).rejects.toMatchObject({
      code: 'unavailable',
      message:
        'The database session did not keep TimeZone = UTC; it is Asia/Tokyo. Connect to PostgreSQL directly, or set the pooler to pool_mode = session',
    })
  })
})

describe('a misconfiguration is named, with its remedy', () => {
  it('a missing database', async () => {
    const url = urlWith((parts) => (parts.pathname = '/missing'))
    const expected = { code: 'unavailable', message: expect.stringMatching(/^The database does not exist\. Create it/) }
    await expect(ping(url)).rejects.toMatchObject(expected)
    await expect(migrate(url)).rejects.toMatchObject(expected)
  })

  it('a role that does not exist', async () => {
    const url = urlWith((parts) => (parts.username = 'stranger'))
    await expect(ping(url)).rejects.toMatchObject({ message: expect.stringContaining('rejected the user name') })
  })

  it('a role that may not create tables', async () => {
    await asAdministrator(`DO $$ BEGIN CREATE ROLE reader LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$`)
    await asAdministrator('CREATE DATABASE of_another_owner')
    const url = urlWith((parts) => {
      parts.username = 'reader'
      parts.pathname = '/of_another_owner'
    })
    try {
      await expect(migrate(url)).rejects.toMatchObject({
        code: 'internal',
        message: expect.stringContaining('GRANT CREATE'),
      })
    } finally {
      await asAdministrator('DROP DATABASE of_another_owner WITH (FORCE)')
    }
  })

  it('a server without TLS', async () => {
    const url = urlWith(({ searchParams }) => searchParams.set('sslmode', 'require'))
    await expect(ping(url)).rejects.toMatchObject({ message: expect.stringContaining('offers no TLS') })
    await expect(migrate(url)).rejects.toMatchObject({ message: expect.stringContaining('offers no TLS') })
  })

  // As Node reports it to pg, and as Prisma's adapter passes it on.
  it.each([
    ['Node', Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })],
    ['Prisma', { cause: { kind: 'TlsConnectionError', reason: 'self-signed certificate in certificate chain' } }],
  ])('a private certificate, reported by %s', (_reporter, error) => {
    expect(toGoalpostError(error)).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('sslrootcert'),
    })
  })

  it('a replica', async () => {
    const readOnly = urlWith(({ searchParams }) => searchParams.set('options', '-c default_transaction_read_only=on'))
    const write = using(readOnly, ({ query }) => query((queries) => queries.$executeRaw`CREATE TABLE t (n int)`))
    await expect(write).rejects.toMatchObject({ message: expect.stringContaining('is read-only') })
  })
})
