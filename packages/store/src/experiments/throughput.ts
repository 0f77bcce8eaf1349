import type { WorkSort } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'

/** Few enough to adapt to a new machine, enough to average over a busy one. */
const recentTasks = 20

/**
 * Units of work per second of one worker, over the latest tasks that succeeded in one attempt from the start: a
 * resumed one did only part of the work. Null if there is none.
 */
export async function readThroughput(queries: Queries, workspaceId: string, work: WorkSort): Promise<number | null> {
  const [row] = await queries.$queryRaw<{ rate: number | null }[]>`
    SELECT sum(work_amount) / nullif(sum(seconds), 0) AS rate FROM (
      SELECT t.work_amount, extract(epoch FROM a.ended_at - a.started_at)::float8 AS seconds
      FROM tasks t JOIN attempts a ON a.task_id = t.id AND a.epoch = t.epoch
      WHERE t.workspace_id = ${workspaceId}::uuid AND t.protocol = ${work.protocol} AND t.kind = ${work.kind}
        AND t.work_unit = ${work.unit} AND t.work_sort = ${work.sort} AND t.engine = ${work.engine} AND t.state = 'succeeded' AND a.outcome = 'succeeded' AND NOT a.resumed
      ORDER BY t.updated_at DESC LIMIT ${recentTasks}::int) recent`
  return row?.rate ?? null
}
