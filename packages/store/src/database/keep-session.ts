import { GoalpostError } from '@goalpost/contracts'
import type pg from 'pg'

type Session = Pick<pg.ClientBase, 'query'>

/**
 * While one client is in a transaction, a pooler in transaction mode gives the other one another session than before:
 * locks, LISTEN and settings would be lost. False if the other client got no session, so that nothing is known.
 * @throws GoalpostError `unavailable` if the session was not kept.
 */
export async function keepSession(client: Session, other: Session): Promise<boolean> {
  const before = await sessionOf(client)
  const began = await other.query('BEGIN').then(
    () => true,
    () => false,
  )
  if (!began) return false
  try {
    // If it is the pooler's only session, the client waits for it.
    await other.query("SET LOCAL idle_in_transaction_session_timeout = '2s'")
    await sessionOf(other)
    const after = await sessionOf(client)
    if (after === before) return true
  } finally {
    await other.query('ROLLBACK').catch(() => undefined)
  }
  throw new GoalpostError(
    'unavailable',
    'A connection to the database changes its session between transactions. Connect to PostgreSQL directly, or set the pooler to pool_mode = session',
  )
}

/** The id of the server process that serves this connection at the moment. */
export async function sessionOf(client: Session): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return rows[0]?.pid ?? 0
}
