import { startTestDatabase, type TestDatabase } from '@goalpost/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { confinedRole } from '../database/confinement.ts'
import { migrate } from '../database/migrate.ts'
import { examineDatabase } from './examine-database.ts'
import { judgeServer } from './judge-server.ts'
import { keepSession } from '../database/keep-session.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await startTestDatabase({ prepare: migrate })
  // A copy has no role yet.
  await migrate(database.url)
})
afterAll(() => database.close())

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

function urlOf(role: string): string {
  const url = new URL(database.url)
  url.username = role
  return url.href
}

async function findingsOf(url: string) {
  const checks = await examineDatabase(url)
  return Object.fromEntries(checks.map(({ name, status, detail }) => [name, `${status}: ${detail}`]))
}

test('a database that serves is well in everything but the settings of tests, and nothing is left in it', async () => {
  const objects = 'SELECT relname FROM pg_class UNION SELECT nspname FROM pg_namespace ORDER BY 1'
  const before = await query(objects)
  expect(await findingsOf(database.url)).toEqual({
    'PostgreSQL server': expect.stringMatching(/^ok/),
    'PostgreSQL settings': 'warning: fsync is off: a power cut can destroy the database',
    'PostgreSQL sessions': expect.stringMatching(/^ok/),
    'PostgreSQL rights': expect.stringMatching(/^ok/),
    'PostgreSQL notifications': expect.stringMatching(/^ok: .* within \d+ ms$/),
    'PostgreSQL second role': expect.stringMatching(/^ok/),
  })
  expect(await query(objects)).toEqual(before)
})

async function nameOfRole(): Promise<string> {
  const [row] = await query(`SELECT ${confinedRole} AS name`)
  return (row as { name: string }).name
}

test('a role that can neither take nor make the second role is told what an administrator has to do', async () => {
  await query('CREATE ROLE doctor_single LOGIN')
  const walls = async () =>
    (await examineDatabase(urlOf('doctor_single'))).find(({ name }) => name === 'PostgreSQL second role')
  const role = await nameOfRole()
  const remedy = expect.stringContaining(`GRANT ${role} TO doctor_single`) as string
  expect(await walls()).toMatchObject({ status: 'warning', remedy })
  await query(`GRANT ${role} TO doctor_single`)
  expect(await walls()).toMatchObject({ status: 'ok' })
  // The right to make roles is of no use for one that somebody else made.
  await query(`REVOKE ${role} FROM doctor_single; ALTER ROLE doctor_single CREATEROLE`)
  expect(await walls()).toMatchObject({ status: 'warning', remedy })
  await query('DROP ROLE doctor_single')
})

test('before the first start the second role is well if it can be made, and later it is once it works', async () => {
  const fresh = await startTestDatabase({ prepare: async () => undefined, template: 'empty' })
  const walls = async (url: string) =>
    (await examineDatabase(url)).find(({ name }) => name === 'PostgreSQL second role')
  expect(await walls(fresh.url)).toMatchObject({ status: 'ok', detail: expect.stringMatching(/can make/) as string })
  await fresh.close()
  const role = await nameOfRole()
  await query(`REVOKE SELECT ON workspaces FROM ${role}`)
  expect(await walls(database.url)).toMatchObject({
    status: 'warning',
    detail: expect.stringMatching(/permission denied for table workspaces/) as string,
    remedy: 'Restart the API',
  })
  await migrate(database.url)
  expect(await walls(database.url)).toMatchObject({ status: 'ok', detail: expect.stringMatching(/can take/) as string })
})

test('a role without the right to create is told which rights to grant', async () => {
  await query('CREATE ROLE doctor_reader LOGIN; GRANT ALL ON ALL TABLES IN SCHEMA public TO doctor_reader')
  try {
    const findings = await findingsOf(urlOf('doctor_reader'))
    expect(findings['PostgreSQL rights']).toMatch(/^failed: .*lacks a right.*GRANT CREATE ON DATABASE/)
    expect(findings['PostgreSQL notifications']).toMatch(/^ok/)
  } finally {
    await query('DROP OWNED BY doctor_reader; DROP ROLE doctor_reader')
  }
})

test('a table that belongs to another role is named', async () => {
  const { pathname } = new URL(database.url)
  await query(`CREATE ROLE doctor_guest LOGIN; GRANT CREATE ON DATABASE ${pathname.slice(1)} TO doctor_guest;
    GRANT CREATE ON SCHEMA public TO doctor_guest`)
  try {
    const findings = await findingsOf(urlOf('doctor_guest'))
    expect(findings['PostgreSQL rights']).toMatch(/^failed: The role may not \w+ in the table _?\w+\. .*REASSIGN OWNED/)
  } finally {
    await query('DROP OWNED BY doctor_guest; DROP ROLE doctor_guest')
  }
})

test('a database that does not exist is one finding with its remedy', async () => {
  const url = new URL(database.url)
  url.pathname = '/absent'
  expect(await findingsOf(url.href)).toEqual({
    'PostgreSQL server': expect.stringMatching(/does not exist.*CREATE DATABASE/),
  })
})

/** Two clients of a pooler whose sessions are free between transactions: the first free one is taken. */
function poolInTransactionMode() {
  const held = new Map<string, number>()
  const take = () => [1, 2].find((pid) => ![...held.values()].includes(pid))
  return (client: string) => ({
    query: async (sql: string) => {
      if (sql === 'ROLLBACK') held.delete(client)
      const pid = held.get(client) ?? take()
      if (sql === 'BEGIN' && pid !== undefined) held.set(client, pid)
      return { rows: [{ pid }] }
    },
  })
}

test('a pooler in transaction mode is recognised, even if a lone client always gets the same session', async () => {
  const open = poolInTransactionMode()
  await expect(keepSession(open('a') as never, open('b') as never)).rejects.toThrow(/pool_mode = session/)
  const own = (pid: number) => ({ query: async () => ({ rows: [{ pid }] }) })
  await expect(keepSession(own(1) as never, own(2) as never)).resolves.toBe(true)
  await expect(keepSession(own(1) as never, own(1) as never)).rejects.toThrow(/pool_mode = session/)
})

test.each(['BEGIN', 'SET LOCAL', 'SELECT', 'ROLLBACK'])(
  'a second client that fails at %s refuses nobody',
  async (at) => {
    const client = { query: async () => ({ rows: [{ pid: 1 }] }) }
    const other = {
      async query(sql: string) {
        if (sql.startsWith(at)) throw new Error('Connection terminated unexpectedly')
        return { rows: [{ pid: 2 }] }
      },
    }
    await expect(keepSession(client as never, other as never)).resolves.toBe(at === 'ROLLBACK')
  },
)

const facts = { version: 180_004, versionName: '18.4', connections: 97, isDurable: true, isReplica: false }

test.each([
  [{ version: 120_001, versionName: '12.1' }, 'failed', /12\.1 is older than 13/],
  [{ isReplica: true }, 'failed', /replica/],
  [{ isDurable: false }, 'warning', /fsync/],
  [{ connections: 17 }, 'warning', /max_connections leaves 17/],
])('a server with %j is %s', (change, status, detail) => {
  expect(judgeServer({ ...facts, ...change })).toEqual([
    expect.objectContaining({ status, detail: expect.stringMatching(detail), remedy: expect.any(String) }),
  ])
  expect(judgeServer(facts)).toEqual([expect.objectContaining({ status: 'ok' })])
})
