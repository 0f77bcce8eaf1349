import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startTestDatabase, type TestDatabase } from '@goalpost/testing'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { migrate } from './migrate.ts'

const repository = join(import.meta.dirname, '../../../../prisma')

const released = [
  '20261121000000_init',
  '20261121060000_workers',
  '20261129000000_idle',
  '20261129010000_short_tasks',
  '20261129070000_verdicts',
  '20261129090000_events_of_tasks',
  '20261129100000_open_task_kinds',
  '20261129200000_models',
  '20261129210000_schedules',
  '20261129220000_webhooks',
  '20261129233000_api_keys',
  '20261129234500_sessions',
  '20261129235000_gates',
  '20261130000000_lifecycle',
  '20261130010000_fair_sharing',
  '20261130020000_annotations',
  '20261130030000_turns',
  '20261130040000_gate_surfaces',
  '20261130060000_pause',
  '20261130070000_lists',
  '20261201000000_gate_rule_states',
  '20261201010000_quotas',
  '20261201010100_lost_steps',
  '20261202010000_workspace_walls',
  '20261202010100_people',
  '20261202020000_blocked_tasks',
  '20261202021000_traces',
  '20261202022000_retention',
  '20261202023000_saved_filters',
  '20261202023100_saved_filters_wall',
  '20261203000000_list_orders',
  '20261203020000_operator_invitations',
  '20261203030000_searches',
  '20261203040000_progress_orders',
  '20261203050000_deadlines',
  '20261203050100_deadlines_index',
  '20261203050200_stop_reasons',
  '20261203060000_series_segments',
  '20261203060100_segments_of_ended_tasks',
  '20261204010000_authors',
]

let database: TestDatabase
let client: pg.Client
let folder: string

beforeEach(async () => {
  database = await startTestDatabase({ template: 'empty', prepare: async () => undefined })
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
  folder = await mkdtemp(join(tmpdir(), 'goalpost-migrations-'))
  await cp(join(repository, 'migrations'), folder, { recursive: true })
})

afterEach(async () => {
  await client.end()
  await database.close()
  await rm(folder, { recursive: true })
})

async function addMigration(name: string, sql: string): Promise<void> {
  await cp(join(folder, '20261121000000_init'), join(folder, name), { recursive: true })
  await writeFile(join(folder, name, 'migration.sql'), sql)
}

const tables = async () => {
  const { rows } = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  )
  return rows.map(({ name }) => name)
}

describe('migrations', () => {
  it('are applied in order, once, and recorded as Prisma does', async () => {
    await addMigration('20990102000000_second', 'ALTER TABLE later ADD COLUMN y int')
    await addMigration('20990101000000_first', 'CREATE TABLE later (x int)')
    expect(await migrate(database.url, folder)).toEqual([...released, '20990101000000_first', '20990102000000_second'])
    expect(await migrate(database.url, folder)).toEqual([])
    const { rows } = await client.query('SELECT * FROM _prisma_migrations ORDER BY migration_name LIMIT 1')
    expect(rows).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
        finished_at: expect.any(Date),
        migration_name: '20261121000000_init',
        logs: null,
        rolled_back_at: null,
        started_at: expect.any(Date),
        applied_steps_count: 1,
      },
    ])
  })

  it('are applied once by any number of processes that start together', async () => {
    const applied = await Promise.all(Array.from({ length: 6 }, () => migrate(database.url, folder)))
    expect(applied.flat()).toEqual(released)
  })

  it('leave nothing half-done when one fails', async () => {
    await addMigration('20990101000000_broken', 'CREATE TABLE half (x int); SELECT nonsense')
    await expect(migrate(database.url, folder)).rejects.toMatchObject({ code: 'internal' })
    expect(await tables()).not.toContain('half')
    await writeFile(join(folder, '20990101000000_broken/migration.sql'), 'CREATE TABLE whole (x int)')
    expect(await migrate(database.url, folder)).toEqual(['20990101000000_broken'])
  })

  it('are refused if one was changed after it was applied', async () => {
    await migrate(database.url, folder)
    await writeFile(join(folder, '20261121000000_init/migration.sql'), 'SELECT 1')
    await expect(migrate(database.url, folder)).rejects.toMatchObject({
      code: 'state-conflict',
      message: 'The migration 20261121000000_init was changed after it was applied',
    })
  })

  it('report that the database is unavailable if no server listens', async () => {
    await expect(migrate('postgresql://postgres@127.0.0.1:1/x', folder)).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('set the engine of existing tasks, and mark trainings as long', async () => {
    const later = released.slice(1)
    for (const name of later) await rm(join(folder, name), { recursive: true })
    await migrate(database.url, folder)
    const id = '00000000-0000-7000-8000-000000000000'
    await client.query(`INSERT INTO workspaces VALUES ($1, 'w', now())`, [id])
    await client.query(
      `INSERT INTO tasks (id, workspace_id, identity, salt, protocol, kind, key, inputs, resources, device, work_unit,
        work_amount, priority, rank, state, epoch, cancel_requested, experiment_failures, infrastructure_failures,
        dispatch_count, created_at, updated_at)
      VALUES ($1, $1, repeat('a', 64), '', 'p', 'train', 'k', '{}', '{"engine": "tfjs:wasm"}', 'cpu', 'u', 1, 0, 0,
        'ready', 0, false, 0, 0, 0, now(), now())`,
      [id],
    )
    for (const name of later) await cp(join(repository, 'migrations', name), join(folder, name), { recursive: true })
    expect(await migrate(database.url, folder)).toEqual(later)
    expect((await client.query('SELECT engine, short FROM tasks')).rows).toEqual([
      { engine: 'tfjs:wasm', short: false },
    ])
  })

  const walls = '20261202010000_workspace_walls'

  async function beforeTheWalls(): Promise<readonly string[]> {
    const later = released.slice(released.indexOf(walls))
    for (const name of later) await rm(join(folder, name), { recursive: true })
    await migrate(database.url, folder)
    for (const name of later) await cp(join(repository, 'migrations', name), join(folder, name), { recursive: true })
    return later
  }

  it.each([
    ['tasks', 'experiments'],
    ['experiments', 'tasks'],
  ])('wait for a transaction that uses %s, then %s, and break it in neither order', async (first, second) => {
    const later = await beforeTheWalls()
    await client.query(`BEGIN; LOCK TABLE ${first} IN ROW EXCLUSIVE MODE`)
    const upgraded = migrate(database.url, folder)
    const waits = 'SELECT FROM pg_locks WHERE NOT granted AND relation IS NOT NULL'
    await vi.waitFor(async () => expect((await client.query(waits)).rowCount).toBe(1), { timeout: 5_000, interval: 20 })
    await client.query(`LOCK TABLE ${second} IN ROW EXCLUSIVE MODE`)
    await sleep(1_200)
    await client.query('COMMIT')
    expect(await upgraded).toEqual(later)
  })

  it('create exactly the columns, keys, uniques and foreign keys of the Prisma schema', async () => {
    await migrate(database.url, folder)
    const schema = parseSchema(await readFile(join(repository, 'schema.prisma'), 'utf8'))
    const { rows: columns } = await client.query<{ table: string; column: string }>(`
      SELECT c.relname AS table, a.attname || ' ' || format_type(a.atttypid, a.atttypmod) ||
        CASE WHEN a.attnotnull THEN '' ELSE ' null' END AS column
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
      WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relname <> '_prisma_migrations'`)
    const { rows: keys } = await client.query<{ table: string; key: string }>(`
      SELECT c.relname AS table, string_agg(a.attname, ',' ORDER BY k.position) AS key
      FROM pg_constraint n JOIN pg_class c ON c.oid = n.conrelid AND c.relname <> '_prisma_migrations'
      CROSS JOIN LATERAL unnest(n.conkey) WITH ORDINALITY AS k(attnum, position)
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
      WHERE n.contype IN ('p', 'u') AND c.relnamespace = 'public'::regnamespace GROUP BY n.oid, c.relname`)
    const { rows: references } = await client.query<{ table: string; reference: string }>(`
      SELECT c.relname AS table, concat('(', string_agg(a.attname, ',' ORDER BY k.position), ') -> ', t.relname, '(',
        string_agg(b.attname, ',' ORDER BY k.position), ') delete ', n.confdeltype, ' update ', n.confupdtype) AS reference
      FROM pg_constraint n JOIN pg_class c ON c.oid = n.conrelid JOIN pg_class t ON t.oid = n.confrelid
      CROSS JOIN LATERAL unnest(n.conkey, n.confkey) WITH ORDINALITY AS k(own, other, position)
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.own
      JOIN pg_attribute b ON b.attrelid = t.oid AND b.attnum = k.other
      WHERE n.contype = 'f' AND n.convalidated AND c.relnamespace = 'public'::regnamespace
      GROUP BY n.oid, c.relname, t.relname`)
    const found = columns
      .map(({ table, column }) => `${table}: ${column}`)
      .concat(keys.map(({ table, key }) => `${table}: (${key})`))
      .concat(references.map(({ table, reference }) => `${table}: ${reference}`))
    expect(found.toSorted()).toEqual(schema.toSorted())
  })
})

const postgresTypes: Record<string, string> = {
  String: 'text',
  Int: 'integer',
  BigInt: 'bigint',
  Float: 'double precision',
  Boolean: 'boolean',
  Json: 'jsonb',
  'String @db.Uuid': 'uuid',
  'DateTime @db.Timestamptz(3)': 'timestamp(3) with time zone',
}

/** Abbreviations of pg_constraint. */
const referentialActions: Record<string, string> = {
  NoAction: 'a',
  Restrict: 'r',
  Cascade: 'c',
  SetNull: 'n',
  SetDefault: 'd',
}

type Field = {
  readonly type: string
  readonly column: string
  readonly lines: readonly string[]
  readonly attributes: string
}
type Model = { readonly table: string; readonly fields: ReadonlyMap<string, Field>; readonly keys: readonly string[] }

/** Reads the part of Prisma's language that our schema uses. */
function parseSchema(schema: string): string[] {
  const models = new Map(
    [...schema.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)].map(([, name = '', body = '']) => [name, parseModel(body)]),
  )
  return [...models.values()].flatMap((model) => {
    const fields = [...model.fields.values()]
    const columns = fields.filter(({ type }) => !models.has(type)).flatMap(({ lines }) => lines)
    const references = fields.flatMap((field) => referenceOf(field, model, models.get(field.type)))
    return [...columns, ...model.keys, ...references].map((line) => `${model.table}: ${line}`)
  })
}

function parseModel(body: string): Model {
  const fields = [...body.matchAll(/^ {2}(\w+)\s+(\w+)(\[\])?(\?)?(.*)$/gm)].map(
    ([, name = '', type = '', list, optional, attributes = '']): [string, Field] => {
      const native = /@db\.\S+/.exec(attributes)?.[0]
      const column = /@map\("(\w+)"\)/.exec(attributes)?.[1] ?? name
      const sql = postgresTypes[native === undefined ? type : `${type} ${native}`]
      const key = /@id|@unique/.test(attributes) ? [`(${column})`] : []
      return [
        name,
        { type, column, lines: [`${column} ${sql}${list ?? ''}${optional ? ' null' : ''}`, ...key], attributes },
      ]
    },
  )
  const model = { table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? '', fields: new Map(fields), keys: [] }
  const keys = [...body.matchAll(/@@(?:id|unique)\(\[(.*?)\]\)/g)].map(([, names = '']) => columnsOf(model, names))
  return { ...model, keys }
}

/** The side of a relation that holds the column; the other side is a list without `fields`. */
function referenceOf({ attributes }: Field, model: Model, target: Model | undefined): string[] {
  const relation = /@relation\(.*fields: \[(.*?)\], references: \[(.*?)\]/.exec(attributes)
  if (target === undefined || relation === null) return []
  const [, own = '', other = ''] = relation
  const action = (on: string) =>
    referentialActions[new RegExp(`${on}: (\\w+)`).exec(attributes)?.[1] ?? ''] ?? 'not said'
  return [
    `${columnsOf(model, own)} -> ${target.table}${columnsOf(target, other)} delete ${action('onDelete')} update ${action('onUpdate')}`,
  ]
}

function columnsOf(model: Model, names: string): string {
  const columns = names.split(', ').map((name) => model.fields.get(name)?.column)
  return `(${columns.join(',')})`
}
