import { text } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { startTestDatabase, type TestDatabase } from '@goalpost/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../database/migrate.ts'
import { withDump } from './dump.ts'
import { loadDump, type Load } from './load.ts'

const workspace = '00000000-0000-4000-8000-000000000001'
const databases: TestDatabase[] = []
let source: TestDatabase
let backup: Load

async function open(prepare: (url: string) => Promise<unknown>, template: string): Promise<TestDatabase> {
  const database = await startTestDatabase({ prepare, template })
  databases.push(database)
  return database
}

const openEmpty = () => open(async () => undefined, 'empty')

async function query<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

async function read(url: string): Promise<Load> {
  const texts = new Map<string, string>()
  return withDump(url, async (dump) => {
    for (const table of dump.tables) texts.set(table.name, await text(dump.rows(table)))
    const tables = dump.tables.map((table) => ({
      ...table,
      rowCount: texts.get(table.name)!.split('\n').length - 1,
    }))
    return { ...dump, tables, rows: ({ name }) => Readable.from([texts.get(name)!]) }
  })
}

/** Everything that COPY must escape, a key into another table, and a number that was used and is gone. */
const rows = `
  INSERT INTO workspaces (id, name, created_at) VALUES ('${workspace}', E'tab\\t, line\\nbreak, \\\\N and é', now());
  INSERT INTO artifacts (workspace_id, hash, name, bytes, media_type)
    VALUES ('${workspace}', repeat('ab', 32), 'weights', 3, 'application/octet-stream');
  INSERT INTO workspace_events (workspace_id, type, subject, payload, created_at)
    SELECT '${workspace}', 'experiment.created', 'experiments/1', '{"a": "\\\\n"}', now() FROM generate_series(1, 3);
  DELETE FROM workspace_events WHERE id = 3`

beforeAll(async () => {
  source = await open(migrate, 'goalpost')
  await query(source.url, rows)
  backup = await read(source.url)
})

afterAll(async () => {
  for (const database of databases) await database.close()
})

test('a database that was filled from a backup gives the same backup', async () => {
  const target = await openEmpty()
  await loadDump(target.url, backup)
  const again = await read(target.url)
  for (const table of backup.tables)
    expect(await text(again.rows(table)), table.name).toBe(await text(backup.rows(table)))
  expect(again.counters).toEqual(backup.counters)
  expect(again.migrations).toEqual(backup.migrations)
  expect(await text(again.rows(backup.tables.find(({ name }) => name === 'workspaces')!))).toContain('\\nbreak')
})

test('numbers continue after the highest that was used, and foreign keys hold', async () => {
  const target = await openEmpty()
  await loadDump(target.url, backup)
  const [row] = await query<{ id: string }>(
    target.url,
    `INSERT INTO workspace_events (workspace_id, type, subject, payload, created_at) VALUES ('${workspace}', 'experiment.created', 'experiments/2', '{}', now()) RETURNING id`,
  )
  expect(row).toEqual({ id: '4' })
  const keys = `SELECT conname FROM pg_constraint WHERE contype = 'f' ORDER BY 1`
  expect(await query(target.url, keys)).toEqual(await query(source.url, keys))
  await expect(query(target.url, `DELETE FROM workspaces`)).rejects.toThrow('foreign key')
})

test('a database with rows is refused and stays as it is', async () => {
  const before = await read(source.url)
  await expect(loadDump(source.url, backup)).rejects.toMatchObject({
    code: 'state-conflict',
    message: expect.stringMatching(/not empty.*new database/),
  })
  expect((await read(source.url)).tables).toEqual(before.tables)
})

test('a row that refers to a missing one, and a missing row, load nothing', async () => {
  const target = await openEmpty()
  const withoutWorkspaces: Load = {
    ...backup,
    tables: backup.tables.map((table) => (table.name === 'workspaces' ? { ...table, rowCount: 0 } : table)),
    rows: (table) => (table.name === 'workspaces' ? Readable.from(['']) : backup.rows(table)),
  }
  await expect(loadDump(target.url, withoutWorkspaces)).rejects.toThrow()
  const shorter: Load = {
    ...backup,
    rows: (table) => (table.name === 'artifacts' ? Readable.from(['']) : backup.rows(table)),
  }
  await expect(loadDump(target.url, shorter)).rejects.toThrow(/damaged: the table artifacts has 0 rows instead of 1/)
  expect(await query(target.url, 'SELECT FROM artifacts')).toEqual([])
})

test('a backup of an older version is brought up to date, one of a newer version is refused', async () => {
  const target = await openEmpty()
  const known = new Set(['workspaces'])
  const older: Load = {
    ...backup,
    migrations: backup.migrations.slice(0, 1),
    tables: backup.tables.filter(({ name }) => known.has(name)),
    counters: [],
  }
  const [init] = await query<{ columns: string[] }>(source.url, `SELECT ARRAY['id', 'name', 'created_at'] AS columns`)
  await loadDump(target.url, {
    ...older,
    tables: older.tables.map((table) => ({ ...table, columns: init!.columns })),
    rows: () => Readable.from([`${workspace}\told\t2026-11-29 00:00:00+00\n`]),
  })
  expect((await read(target.url)).migrations).toEqual(backup.migrations)
  expect(await query(target.url, 'SELECT name FROM workspaces')).toEqual([{ name: 'old' }])
  await expect(
    loadDump((await openEmpty()).url, { ...backup, migrations: [...backup.migrations, '29990101000000_later'] }),
  ).rejects.toThrow(/newer version of Goalpost.*29990101000000_later/)
})
