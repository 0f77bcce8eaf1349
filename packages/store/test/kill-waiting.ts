import pg from 'pg'
import { expect, vi } from 'vitest'

/**
 * What happens to work whose process is killed inside its transaction: the session waits for the locked table, with
 * all earlier statements done, and is ended there. Resolves to what `work` does then.
 */
export async function killWaiting<T>(
  databaseUrl: string,
  { table, statement }: { readonly table: string; readonly statement: string },
  work: () => Promise<T>,
): Promise<T | 'killed'> {
  const [blocker, killer] = [new pg.Client(databaseUrl), new pg.Client(databaseUrl)]
  await Promise.all([blocker.connect(), killer.connect()])
  await blocker.query(`BEGIN; LOCK TABLE ${table} IN SHARE ROW EXCLUSIVE MODE`)
  const ended = work().catch(() => 'killed' as const)
  await vi.waitFor(
    async () => {
      const { rows } = await killer.query(
        `SELECT pg_terminate_backend(pid) AS done FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE $1`,
        [`%${statement}%`],
      )
      expect(rows).toEqual([{ done: true }])
    },
    { timeout: 10_000, interval: 20 },
  )
  const outcome = await ended
  await blocker.query('COMMIT')
  await Promise.all([blocker.end(), killer.end()])
  return outcome
}
