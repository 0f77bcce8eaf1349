import { workerSilenceMs, type Outlook } from '@goalpost/experiments'
import type pg from 'pg'
import { isOutranked } from './outranked.ts'

type Looking = {
  readonly leads: boolean
  readonly leaderLock: number
  /** Whether to look for tasks that others outrank. */
  readonly preempts: boolean
}

/**
 * All pending work of control loops, in one statement of indexed lookups. Requests the leader's lock unless
 * this session has it: it would be taken twice. A schedule may be due in more milliseconds than an integer holds.
 */
export async function lookAhead(client: pg.Client, { leads, leaderLock, preempts }: Looking): Promise<Outlook> {
  const { rows } = await client.query<Outlook>(
    `SELECT CASE WHEN $1::boolean THEN true ELSE pg_try_advisory_lock($2::bigint) END AS leads,
      (SELECT count(*)::int FROM workers WHERE last_seen_at >= now() - make_interval(secs => $3::float8)) AS workers,
      EXISTS (SELECT FROM tasks WHERE state = 'ready' AND (not_before IS NULL OR not_before <= now())) AS ready,
      EXISTS (SELECT FROM tasks WHERE state = 'queued') AS queued,
      EXISTS (SELECT FROM tasks WHERE state = 'running' AND lease_until <= now()) AS expired,
      EXISTS (SELECT FROM schedules WHERE next_start_at <= now()) OR EXISTS (
        SELECT FROM schedules s JOIN experiments e ON e.id = s.latest_experiment_id
        WHERE s.queued_at IS NOT NULL AND e.state IN ('succeeded', 'failed', 'cancelled')) AS schedules,
      EXISTS (SELECT FROM gates WHERE next_at <= now()) OR EXISTS (
        SELECT FROM gate_runs r WHERE r.ended_at IS NULL AND NOT EXISTS (
          SELECT FROM gate_run_experiments l JOIN experiments e ON e.id = l.experiment_id
          WHERE l.run_id = r.id AND l.stage = r.stage AND e.state IN ('waiting', 'running'))) OR EXISTS (
        SELECT FROM gate_bisections b WHERE b.ended_at IS NULL AND NOT EXISTS (
          SELECT FROM gate_runs r WHERE r.bisection_id = b.id AND r.ended_at IS NULL)) AS gates,
      EXISTS (SELECT FROM experiments WHERE searching AND cancelled_at IS NULL AND paused_at IS NULL
        AND tasks_blocked + tasks_ready + tasks_queued + tasks_running = 0) AS searches,
      EXISTS (SELECT FROM experiments WHERE deadline_at <= now() AND cancelled_at IS NULL
        AND state IN ('waiting', 'running')) AS deadlines,
      CASE WHEN $4::boolean THEN ${isOutranked} ELSE false END AS outranked,
      EXISTS (SELECT FROM webhook_deliveries WHERE next_attempt_at <= now()) AS webhooks,
      (SELECT ceil(extract(epoch FROM least(min(at), now() + interval '1 day') - now()) * 1000)::int FROM (
        SELECT min(not_before) AS at FROM tasks WHERE state = 'ready' AND not_before > now()
        UNION ALL
        SELECT min(lease_until) FROM tasks WHERE state = 'running' AND lease_until > now()
        UNION ALL
        SELECT min(next_attempt_at) FROM webhook_deliveries WHERE next_attempt_at > now()
        UNION ALL
        (SELECT deadline_at FROM experiments
          WHERE deadline_at > now() AND cancelled_at IS NULL AND state IN ('waiting', 'running')
          ORDER BY deadline_at LIMIT 1)
        UNION ALL
        (SELECT next_start_at FROM schedules
          WHERE next_start_at > now() ORDER BY next_start_at LIMIT 1)
        UNION ALL
        (SELECT next_at FROM gates
          WHERE next_at > now() ORDER BY next_at LIMIT 1)) AS due HAVING min(at) IS NOT NULL) AS "dueInMs"`,
    [leads, leaderLock, workerSilenceMs / 1_000, preempts],
  )
  const [outlook] = rows
  if (outlook === undefined) throw new Error('PostgreSQL answered a SELECT without a FROM with no row')
  return outlook
}
