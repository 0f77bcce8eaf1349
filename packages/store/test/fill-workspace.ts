import { randomInt, randomUUID } from 'node:crypto'
import type pg from 'pg'

type Column = { readonly table: string; readonly name: string; readonly type: string }
type Reference = { readonly table: string; readonly columns: string[]; readonly to: string; readonly target: string[] }
type Row = Readonly<Record<string, unknown>>

/**
 * Adds one row to every table, in one workspace. Rows are made from the catalogue: foreign keys point to the rows that
 * were added before, everything else is arbitrary. So a new table needs nothing here. As a superuser.
 */
export async function fillWorkspace(client: pg.Client, workspaceId: string): Promise<void> {
  await dropChecks(client)
  const columns = Map.groupBy(await readColumns(client), ({ table }) => table)
  const references = await readReferences(client)
  const rows = new Map<string, Row>([['workspaces', { id: workspaceId }]])
  const pending = new Set([...columns.keys()].filter((table) => table !== 'workspaces'))
  while (pending.size > 0) {
    const ready = [...pending].filter((table) =>
      references.every(({ table: from, to }) => from !== table || rows.has(to) || to === table),
    )
    if (ready.length === 0) throw new Error(`References in a circle: ${[...pending].join(', ')}`)
    for (const table of ready) {
      const row = makeRow(columns.get(table) ?? [], references, rows)
      rows.set(table, await insert(client, table, row))
      pending.delete(table)
    }
  }
}

/** Arbitrary values are no states, kinds and hashes. */
async function dropChecks(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ sql: string }>(`
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS sql
    FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace`)
  for (const { sql } of rows) await client.query(sql)
}

/** Those that need a value. */
async function readColumns(client: pg.Client): Promise<Column[]> {
  const { rows } = await client.query<Column>(`
    SELECT c.table_name AS table, c.column_name AS name, c.udt_name AS type
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.table_name <> '_prisma_migrations'
      AND (c.is_nullable = 'NO' AND c.column_default IS NULL AND c.is_identity = 'NO' AND c.is_generated = 'NEVER'
        OR c.column_name = 'workspace_id')`)
  return rows
}

async function readReferences(client: pg.Client): Promise<Reference[]> {
  const { rows } = await client.query<Reference>(`
    SELECT k.conrelid::regclass::text AS table, k.confrelid::regclass::text AS to,
      array_agg(a.attname::text ORDER BY o.n) AS columns, array_agg(b.attname::text ORDER BY o.n) AS target
    FROM pg_constraint k, unnest(k.conkey, k.confkey) WITH ORDINALITY AS o(own, other, n),
      pg_attribute a, pg_attribute b
    WHERE k.contype = 'f' AND a.attrelid = k.conrelid AND a.attnum = o.own
      AND b.attrelid = k.confrelid AND b.attnum = o.other
      AND NOT EXISTS (SELECT FROM pg_attribute c WHERE c.attrelid = k.conrelid AND c.attnum = ANY(k.conkey)
        AND NOT c.attnotnull AND c.attname <> 'workspace_id')
    GROUP BY k.oid, k.conrelid, k.confrelid`)
  return rows
}

function makeRow(columns: readonly Column[], references: readonly Reference[], rows: ReadonlyMap<string, Row>): Row {
  return Object.fromEntries(
    columns.map(({ table, name, type }) => {
      const reference = references.find((each) => each.table === table && each.columns.includes(name))
      const target = reference?.target[reference.columns.indexOf(name)] ?? ''
      return [name, reference === undefined ? arbitrary(type) : rows.get(reference.to)?.[target]]
    }),
  )
}

function arbitrary(type: string): unknown {
  if (type.startsWith('_')) return []
  if (type.startsWith('int') || type.startsWith('float')) return randomInt(1, 1_000_000)
  if (type.startsWith('json')) return {}
  if (type === 'bool') return false
  if (type.startsWith('timestamp')) return new Date()
  return randomUUID()
}

async function insert(client: pg.Client, table: string, row: Row): Promise<Row> {
  const names = Object.keys(row)
  const text = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_name, at) => `$${at + 1}`).join(', ')}) RETURNING *`
  const { rows } = await client.query<Row>(text, Object.values(row))
  return rows[0] ?? {}
}
