import { GoalpostError } from '@goalpost/contracts'
import type pg from 'pg'

type Queries = Pick<pg.Client, 'query'>

/**
 * While one client is in a transaction, a pooler in transaction mode gives the other one another session than before:
 * locks, LISTEN and settings would be lost.
 */
export async function keepSession(client: Queries, other: Queries): Promise<string> {
  const before = await sessionOf(client)
  await other.query('BEGIN')
  try {
    await sessionOf(other)
    const after = await sessionOf(client)
    if (after === before) return 'A connection keeps its session'
  } finally {
    await other.query('ROLLBACK')
  }
  throw new GoalpostError(
    'unavailable',
    'A connection changes its session between transactions. Connect to PostgreSQL directly, or set the pooler to pool_mode = session',
  )
}

async function sessionOf(client: Queries): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return rows[0]?.pid ?? 0
}
