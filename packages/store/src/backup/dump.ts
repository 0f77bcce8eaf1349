import type { Readable } from 'node:stream'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { toGoalpostError } from '../database/errors.ts'
import { createPatientClient } from '../database/patient-client.ts'
import { prepareSession } from '../database/session.ts'
import { listMigrations, listTables, quoted, readCounters } from './tables.ts'
import type { Counter, Table } from './tables.ts'

export type Dump = {
  readonly migrations: readonly string[]
  readonly counters: readonly Counter[]
  readonly tables: readonly Table[]
  /** Of all workspaces, sorted. */
  readonly artifactHashes: readonly string[]
  /** The rows in PostgreSQL's text format, which every version reads. Read them one table after the other. */
  rows(table: Table): Readable
}

/**
 * Calls `use` with one moment of the database, while others continue to write.
 * @throws GoalpostError `unavailable` if the database cannot be reached
 */
export async function withDump<T>(url: string, use: (dump: Dump) => Promise<T>): Promise<T> {
  const client = createPatientClient(url)
  try {
    await client.connect()
    await prepareSession(client)
    // A slow disk may make the reader wait between two tables.
    await client.query('SET idle_in_transaction_session_timeout = 0')
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    return await use(await openDump(client))
  } catch (error) {
    throw toGoalpostError(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function openDump(client: pg.Client): Promise<Dump> {
  const { rows } = await client.query<{ hash: string }>('SELECT DISTINCT hash FROM artifacts ORDER BY hash')
  return {
    migrations: await listMigrations(client),
    counters: await readCounters(client),
    tables: await listTables(client),
    artifactHashes: rows.map(({ hash }) => hash),
    rows: ({ name, columns }) =>
      client.query(copyTo(`COPY (SELECT ${columns.map(quoted).join(', ')} FROM ${quoted(name)}) TO STDOUT`)),
  }
}
