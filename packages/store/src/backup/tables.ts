import type pg from 'pg'

export type Table = { readonly name: string; readonly columns: readonly string[] }

/** Where the numbers of an identity column have arrived. */
export type Counter = { readonly table: string; readonly column: string; readonly value: string }

/** Every table of ours but the list of migrations, with the columns that hold values of their own. */
export async function listTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND c.relname <> '_prisma_migrations'
    GROUP BY c.relname ORDER BY c.relname`)
  return rows
}

export async function listMigrations(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ migration_name: string }>(
    'SELECT migration_name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1',
  )
  return rows.map(({ migration_name }) => migration_name)
}

/** Counters that were never used are left out. */
export async function readCounters(client: pg.Client): Promise<Counter[]> {
  const { rows } = await client.query<Counter>(`
    SELECT c.relname AS table, a.attname AS column,
      pg_sequence_last_value(pg_get_serial_sequence(quote_ident(c.relname), a.attname)::regclass)::text AS value
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND a.attidentity <> ''
    ORDER BY 1, 2`)
  return rows.filter(({ value }) => value !== null)
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
