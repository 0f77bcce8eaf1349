import { randomUUID } from 'node:crypto'
import { startTestDatabase, type TestDatabase } from '@goalpost/testing'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createStore, type Store } from '../create-store.ts'
import { unconfined, within } from './confinement.ts'
import { migrate } from './migrate.ts'
import { openDatabase, type Database } from './open-database.ts'
import { fillWorkspace } from '../../test/fill-workspace.ts'

/** Of no workspace, or of none that a client sees: what is in them is no secret, and no route returns it. */
const shared = ['_prisma_migrations', 'collections', 'removed_files', 'turns', 'workers']

let database: TestDatabase
let owner: pg.Client
let store: Store
let confined: Database
let workspaces: readonly [string, string]
let tables: readonly string[]

beforeAll(async () => {
  database = await startTestDatabase({ prepare: migrate })
  // A copy has no role yet.
  await migrate(database.url)
  owner = new pg.Client({ connectionString: database.url })
  await owner.connect()
  store = createStore({ url: database.url, poolSize: 2 })
  confined = openDatabase({ url: database.url, poolSize: 1, confined: true })
  workspaces = [await store.workspaces.ensure('ours'), await store.workspaces.ensure('theirs')]
  for (const workspaceId of workspaces) await fillWorkspace(owner, workspaceId)
  const { rows } = await owner.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')",
  )
  tables = rows.map(({ name }) => name).filter((name) => !shared.includes(name))
})
afterAll(async () => {
  await confined.close()
  await store.close()
  await owner.end()
  await database.close()
})

/** A statement with the worst possible bug: it names no workspace at all. */
const rowsOf = (table: string) =>
  confined.query((queries) => queries.$queryRawUnsafe<object[]>(`SELECT * FROM ${table}`))
const textsOf = async (table: string) => (await rowsOf(table)).map((row) => stable(row))
const stable = (row: object): string =>
  JSON.stringify(row, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))

test('of every table, a caller reads the rows of its own workspace, and nobody else’s', async () => {
  expect(tables.length).toBeGreaterThan(30)
  const report: Record<string, unknown> = {}
  const wanted: Record<string, unknown> = {}
  for (const table of tables) {
    const { rowCount } = await owner.query(`SELECT FROM ${table}`)
    const [ours, theirs] = [
      await within(workspaces[0], () => textsOf(table)),
      await within(workspaces[1], () => textsOf(table)),
    ]
    report[table] = {
      ours: ours.length > 0,
      theirs: theirs.length > 0,
      both: ours.filter((row) => theirs.includes(row)).length,
      all: ours.length + theirs.length,
    }
    wanted[table] = { ours: true, theirs: true, both: 0, all: rowCount }
  }
  expect(report).toEqual(wanted)
})

test('without a workspace, and with an unknown one, nothing is visible', async () => {
  for (const table of tables) {
    expect([table, await rowsOf(table)]).toEqual([table, []])
    expect([table, await within(randomUUID(), () => rowsOf(table))]).toEqual([table, []])
  }
})

test('rows of another workspace are neither changed nor removed', async () => {
  const [ours, theirs] = workspaces
  const change = (sql: string) => within(ours, () => confined.query((queries) => queries.$executeRawUnsafe(sql)))
  expect(await change(`UPDATE experiments SET note = 'x' WHERE workspace_id = '${theirs}'`)).toBe(0)
  expect(await change(`UPDATE logs SET message = 'x'`)).toBe(1)
  expect(await change(`DELETE FROM webhook_attempts`)).toBe(1)
  await expect(change(`UPDATE experiments SET workspace_id = '${theirs}'`)).rejects.toThrow()
  const { rows } = await owner.query("SELECT count(*)::int AS n FROM experiments WHERE note = 'x'")
  expect(rows).toEqual([{ n: 0 }])
})

describe('connections', () => {
  const count = () =>
    confined.query(async (queries) => {
      const [row] = await queries.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM experiments`
      return row?.n
    })
  const names = (database: Database) =>
    database.query(async (queries) => (await queries.workspace.findMany()).map(({ name }) => name).toSorted())

  test('one connection serves callers of different workspaces in turn, each its own', async () => {
    const asked = Array.from({ length: 40 }, (_, index) => index % 3)
    const seen = await Promise.all(
      asked.map((which) =>
        which === 2 ? names(unconfined(confined)) : within(workspaces[which]!, () => names(confined)),
      ),
    )
    const wanted = [['ours'], ['theirs'], ['default', 'ours', 'theirs']]
    expect(seen).toEqual(
      asked.map((which) => (which === 2 ? expect.arrayContaining(['ours', 'theirs']) : wanted[which])),
    )
  })

  test('a transaction keeps its workspace, whoever else asks meanwhile', async () => {
    const two = openDatabase({ url: database.url, poolSize: 2, confined: true })
    const seen = await within(workspaces[0], () =>
      two.transaction(async (queries) => {
        const before = await queries.workspace.findMany()
        await within(workspaces[1], () => names(two))
        return [...before, ...(await queries.workspace.findMany())].map(({ name }) => name)
      }),
    )
    await two.close()
    expect(seen).toEqual(['ours', 'ours'])
  })

  test('a failed statement does not change what its connection shows', async () => {
    await expect(within(workspaces[0], () => rowsOf('missing'))).rejects.toThrow()
    expect(await within(workspaces[0], count)).toBe(1)
    expect(await count()).toBe(0)
  })
})
