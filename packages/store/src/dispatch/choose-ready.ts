import type { Device } from '@goalpost/contracts'
import type { Change } from '../tasks/change.ts'

/** A queue, and the engines of its workers: tasks that need another engine stay ready and out of the queue. */
export type Served = { readonly device: Device; readonly engines: readonly string[] }

export type Choosing = Served & { readonly shorts: readonly boolean[]; readonly room: number }

export type Chosen = { readonly id: string; readonly short: boolean }

/**
 * In turn from every workspace, starting with the one with the fewest tasks in flight, then the one that was served
 * longest ago; within a workspace by priority,
 * then in turn from every experiment, again from the one with the fewest tasks in flight, then the one that was served longest ago; within an experiment by rank,
 * then age. Weights of workspaces divide what counts as in flight, and quotas limit it. So a priority never delays another workspace, and a large experiment delays a small one by few tasks.
 *
 * `shares` jumps from one experiment with ready tasks to the next (a loose index scan), so that its cost grows with their
 * number and not with that of their tasks.
 */
export async function chooseReady(
  { queries, now }: Pick<Change, 'queries' | 'now'>,
  { device, engines, shorts, room }: Choosing,
): Promise<Chosen[]> {
  return queries.$queryRaw<Chosen[]>`
    WITH RECURSIVE in_flight AS (
      SELECT workspace_id, share_id, count(*) AS tasks FROM tasks
      WHERE state IN ('queued', 'running') AND device = ${device} GROUP BY workspace_id, share_id
    ), lanes AS (
      SELECT w.id AS workspace_id, e.engine, s.short FROM workspaces w CROSS JOIN unnest(${engines}::text[]) AS e(engine)
      CROSS JOIN unnest(${shorts}::boolean[]) AS s(short)
    ), shares AS (
      SELECT l.*, (SELECT t.share_id FROM tasks t
        WHERE t.state = 'ready' AND t.device = ${device} AND t.short = l.short AND t.engine = l.engine
          AND t.workspace_id = l.workspace_id ORDER BY t.share_id LIMIT 1) AS share_id
      FROM lanes l
      UNION ALL
      SELECT s.workspace_id, s.engine, s.short, (SELECT t.share_id FROM tasks t
        WHERE t.state = 'ready' AND t.device = ${device} AND t.short = s.short AND t.engine = s.engine
          AND t.workspace_id = s.workspace_id AND t.share_id > s.share_id ORDER BY t.share_id LIMIT 1)
      FROM shares s WHERE s.share_id IS NOT NULL
    ), best AS (
      SELECT s.workspace_id, s.share_id, t.* FROM shares s CROSS JOIN LATERAL (
        SELECT id, short, priority, rank FROM tasks
        WHERE state = 'ready' AND device = ${device} AND short = s.short AND engine = s.engine
          AND workspace_id = s.workspace_id AND share_id = s.share_id
          AND (not_before IS NULL OR not_before <= ${now.toISOString()}::timestamptz)
        ORDER BY priority DESC, rank DESC, id LIMIT ${room}::int
      ) t
      WHERE s.share_id IS NOT NULL
    ), queue AS (
      SELECT b.*, coalesce(f.tasks, 0)
        + row_number() OVER (PARTITION BY b.share_id ORDER BY b.priority DESC, b.rank DESC, b.id) AS turn,
        coalesce(s.served, 0) AS served
      FROM best b LEFT JOIN in_flight f USING (workspace_id, share_id) LEFT JOIN turns s ON s.id = b.share_id
    ), counted AS (
      SELECT q.*, coalesce(f.tasks, 0)
        + row_number() OVER (PARTITION BY workspace_id ORDER BY q.priority DESC, q.turn, q.served, q.rank DESC, q.id) AS nth
      FROM queue q
      LEFT JOIN (SELECT workspace_id, sum(tasks) AS tasks FROM in_flight GROUP BY workspace_id) f USING (workspace_id)
    )
    SELECT q.id, q.short FROM counted q JOIN workspaces w ON w.id = q.workspace_id
    LEFT JOIN turns s ON s.id = q.workspace_id
    WHERE q.nth <= coalesce(CASE ${device} WHEN 'gpu' THEN w.most_gpu_tasks ELSE w.most_cpu_tasks END, q.nth)
    ORDER BY q.nth::float8 / w.weight, coalesce(s.served, 0), q.priority DESC, q.turn, q.served, q.rank DESC, q.id
    LIMIT ${room}::int`
}

/** Their workspaces and experiments have had a turn. Only for the dispatcher, of which there is one at a time. */
export async function noteTurns({ queries }: Pick<Change, 'queries'>, taskIds: readonly string[]): Promise<void> {
  if (taskIds.length === 0) return
  await queries.$executeRaw`
    INSERT INTO turns (id, served) SELECT t.id, (SELECT coalesce(max(served), 0) + 1 FROM turns) FROM (
      SELECT share_id AS id FROM tasks WHERE id = ANY(${taskIds}::uuid[])
      UNION SELECT workspace_id FROM tasks WHERE id = ANY(${taskIds}::uuid[])
    ) t
    ON CONFLICT (id) DO UPDATE SET served = excluded.served`
}
