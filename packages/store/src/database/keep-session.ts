import { GoalpostError } from '@goalpost/contracts'
import type pg from 'pg'

type Session = Pick<pg.ClientBase, 'query'>

/**
 * While one client is in a transaction, a pooler in transaction mode gives the other one another session than before:
 * locks, LISTEN and settings would be lost. False if the other client got no session or failed, so that nothing is known.
 * @throws GoalpostError `unavailable` if the session was not kept.
 */
export async function keepSession(client: Session, other: Session): Promise<boolean> {
  const before = await sessionOf(client)
  if (!(await succeeds(other, 'BEGIN'))) return false
  try {
    const ofOther = await openTransaction(other).catch(() => null)
    if (ofOther === null) return false
    if (ofOther !== before && (await sessionOf(client)) === before) return true
  } finally {
    await succeeds(other, 'ROLLBACK')
  }
  throw new GoalpostError(
    'unavailable',
    'A connection to the database changes its session between transactions. Connect to PostgreSQL directly, or set the pooler to pool_mode = session',
  )
}

function succeeds(client: Session, statement: string): Promise<boolean> {
  return client.query(statement).then(
    () => true,
    () => false,
  )
}

/** The session of a client that has begun a transaction. It ends soon, as the first client may wait for it. */
async function openTransaction(client: Session): Promise<number> {
  await client.query("SET LOCAL idle_in_transaction_session_timeout = '2s'")
  return sessionOf(client)
}

/** The id of the server process that serves this connection at the moment. */
export async function sessionOf(client: Session): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return rows[0]?.pid ?? 0
}
