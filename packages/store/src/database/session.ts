import { GoalpostError } from '@goalpost/contracts'
import type pg from 'pg'

/**
 * Prisma's adapter drops the offset of a timestamptz and assumes UTC. Our functions and tables are in `public`; the
 * role's own search path is not used. A process that is frozen in a transaction, or whose machine disappears, must not keep its
 * locks: all dispatching would stop.
 */
const required: Readonly<Record<string, string>> = {
  TimeZone: 'UTC',
  search_path: 'public',
  idle_in_transaction_session_timeout: '10s',
}

/** Migrations, backups and restores take as long as their tables are large. */
const unlimited = '0'

type Setting = { readonly name: string; readonly value: string }

/**
 * Settings are made after connecting, because poolers drop or refuse those of the connection string. They are read back
 * in a second statement: a pooler that gives every transaction another session loses them.
 * @param statementTimeoutMs PostgreSQL ends a statement that takes longer; without it none, whatever the role's own limit is.
 * @throws GoalpostError `unavailable` if the session did not keep them.
 */
export async function prepareSession(client: Pick<pg.ClientBase, 'query'>, statementTimeoutMs?: number): Promise<void> {
  const statementTimeout = statementTimeoutMs === undefined ? unlimited : `${statementTimeoutMs}ms`
  const settings = { ...required, statement_timeout: statementTimeout }
  // In PostgreSQL's own words: 1000ms is 1s.
  const { rows: made } = await client.query<Setting>(
    'SELECT name, set_config(name, value, false) AS value FROM unnest($1::text[], $2::text[]) AS s (name, value)',
    [Object.keys(settings), Object.values(settings)],
  )
  const { rows } = await client.query<Setting>(
    'SELECT name, current_setting(name) AS value FROM unnest($1::text[]) AS s (name)',
    [Object.keys(settings)],
  )
  const expected = new Map(made.map(({ name, value }) => [name, value]))
  const lost = rows.find(({ name, value }) => expected.get(name) !== value)
  if (lost === undefined) return
  throw new GoalpostError(
    'unavailable',
    `The database session did not keep ${lost.name} = ${expected.get(lost.name)}; it is ${lost.value}. Connect to PostgreSQL directly, or set the pooler to pool_mode = session`,
  )
}
