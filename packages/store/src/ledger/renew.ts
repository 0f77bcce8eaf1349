import type { Claim, Renewal } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'

const stale: Renewal = { held: false, cancelRequested: false, pauseRequested: false }

type Renewing = { readonly leaseMs: number; /** Null: the database's own time. */ readonly now: Date | null }

/**
 * The one write of an attempt that is not decided in `decide`: every running task makes it each second, so it is one
 * statement without a transaction around it. The rule is the same: the attempt holds its task while that runs at its epoch.
 */
export async function renewLease(queries: Queries, claim: Claim, { leaseMs, now }: Renewing): Promise<Renewal> {
  const at = now?.toISOString() ?? null
  const [row] = await queries.$queryRaw<{ cancelRequested: boolean; asked: boolean }[]>`
    UPDATE tasks SET updated_at = c.now, lease_until = c.now + make_interval(secs => ${leaseMs / 1_000}::float8)
    FROM (SELECT coalesce(${at}::timestamptz, clock_timestamp()) AS now) c
    WHERE id = ${claim.taskId}::uuid AND epoch = ${claim.epoch}::int AND state = 'running'
    RETURNING cancel_requested AS "cancelRequested", held OR preempt_requested AS asked`
  if (row === undefined) return stale
  return { held: true, cancelRequested: row.cancelRequested, pauseRequested: row.asked }
}
