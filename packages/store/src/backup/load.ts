import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { GoalpostError } from '@goalpost/contracts'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { toGoalpostError } from '../database/errors.ts'
import { migrate, migrateTo } from '../database/migrate.ts'
import { createPatientClient } from '../database/patient-client.ts'
import { prepareSession } from '../database/session.ts'
import { listTables, quoted } from './tables.ts'
import type { Counter, Table } from './tables.ts'

export type Load = {
  readonly migrations: readonly string[]
  readonly counters: readonly Counter[]
  readonly tables: readonly (Table & { readonly rowCount: number })[]
  rows(table: Table): Readable
}

/**
 * Fills a database that holds nothing yet: all of it or nothing. A backup of an older version is brought up to date.
 * @throws GoalpostError `state-conflict` if the database holds anything, or the backup is of a newer version
 */
export async function loadDump(url: string, load: Load): Promise<void> {
  await withClient(url, refuseNonEmpty)
  await migrateTo(url, load.migrations)
  await withClient(url, async (client) => {
    await client.query('SET idle_in_transaction_session_timeout = 0')
    await client.query('BEGIN')
    await withoutForeignKeys(client, () => fillTables(client, load))
    await client.query('COMMIT')
  })
  await migrate(url)
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = createPatientClient(url)
  try {
    await client.connect()
    await prepareSession(client)
    await work(client)
  } catch (error) {
    throw toGoalpostError(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function refuseNonEmpty(client: pg.Client): Promise<void> {
  for (const { name } of await listTables(client)) {
    const { rowCount } = await client.query(`SELECT FROM ${quoted(name)} LIMIT 1`)
    if (rowCount === 0) continue
    throw new GoalpostError(
      'state-conflict',
      `The database is not empty: the table ${name} has rows. Restore into a new database`,
    )
  }
}

type ForeignKey = { readonly table: string; readonly name: string; readonly definition: string }

/** Tables are filled in any order; adding the keys again checks every row. */
async function withoutForeignKeys(client: pg.Client, work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<ForeignKey>(`
    SELECT conrelid::regclass::text AS table, conname AS name, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conparentid = 0`)
  for (const { table, name } of rows) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${quoted(name)}`)
  await work()
  for (const { table, name, definition } of rows)
    await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${quoted(name)} ${definition}`)
}

async function fillTables(client: pg.Client, { tables, counters, rows }: Load): Promise<void> {
  // Rows that a migration added are in the backup as well, unless they were deleted.
  await client.query(`TRUNCATE ${(await listTables(client)).map(({ name }) => quoted(name)).join(', ')}`)
  for (const table of tables) {
    const target = client.query(
      copyFrom(`COPY ${quoted(table.name)} (${table.columns.map(quoted).join(', ')}) FROM STDIN`),
    )
    await pipeline(rows(table), target)
    if (target.rowCount === table.rowCount) continue
    throw new GoalpostError(
      'state-conflict',
      `The backup is damaged: the table ${table.name} has ${target.rowCount} rows instead of ${table.rowCount}`,
    )
  }
  for (const { table, column, value } of counters)
    await client.query('SELECT setval(pg_get_serial_sequence($1, $2), $3::bigint)', [quoted(table), column, value])
}
