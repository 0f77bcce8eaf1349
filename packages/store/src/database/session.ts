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

type Setting = { readonly name: string; readonly value: string }

/**
 * Settings are made after connecting, because poolers drop or refuse those of the connection string. They are read back
 * in a second statement: a pooler that gives every transaction another session loses them.
 * @throws GoalpostError `unavailable` if the session did not keep them.
 */
export async function prepareSession(client: Pick<pg.ClientBase, 'query'>): Promise<void> {
  const names = Object.keys(required)
  await client.query('SELECT set_config(name, value, false) FROM unnest($1::text[], $2::text[]) AS s (name, value)', [
    names,
    Object.values(required),
  ])
  const { rows } = await client.query<Setting>(
    'SELECT name, current_setting(name) AS value FROM unnest($1::text[]) AS s (name)',
    [names],
  )
  const lost = rows.find(({ name, value }) => required[name] !== value)
  if (lost === undefined) return
  throw new GoalpostError(
    'unavailable',
    `The database session did not keep ${lost.name} = ${required[lost.name]}; it is ${lost.value}. Connect to PostgreSQL directly, or set the pooler to pool_mode = session`,
  )
}
