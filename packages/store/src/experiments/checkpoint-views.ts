import type { Checkpoint, CheckpointView } from '@goalpost/contracts'
import type { Page } from '@goalpost/experiments'
import { decodeCursor, pageOf } from '../database/cursor.ts'
import type { Queries } from '../database/open-database.ts'

type Row = { task_id: string; epoch: number; step: bigint; parts: Checkpoint['parts']; created_at: Date }

/** By task, then step. */
export async function listCheckpoints(
  queries: Queries,
  workspaceId: string,
  query: { taskId?: string; experimentId?: string; cursor?: string; limit: number },
): Promise<Page<CheckpointView>> {
  const [task, step] = query.cursor === undefined ? [null, null] : decodeCursor(query.cursor, ['id', 'number'])
  const taskId = query.taskId ?? null
  const experimentId = query.experimentId ?? null
  const rows = await queries.$queryRaw<Row[]>`
    SELECT c.task_id, c.epoch, c.step, c.parts, c.created_at
    FROM checkpoints c JOIN tasks t ON t.id = c.task_id
    WHERE t.workspace_id = ${workspaceId}::uuid
      AND (${taskId}::uuid IS NULL OR c.task_id = ${taskId}::uuid)
      AND (${experimentId}::uuid IS NULL
        OR EXISTS (SELECT FROM experiment_tasks l WHERE l.task_id = t.id AND l.experiment_id = ${experimentId}::uuid))
      AND (${task ?? null}::uuid IS NULL OR (c.task_id, c.step) > (${task ?? null}::uuid, ${step ?? null}::bigint))
    ORDER BY c.task_id, c.step LIMIT ${query.limit + 1}::int`
  return pageOf(rows, query.limit, {
    item: (row) => ({
      taskId: row.task_id,
      epoch: row.epoch,
      step: Number(row.step),
      parts: row.parts,
      createdAt: row.created_at.toISOString(),
    }),
    position: (row) => [row.task_id, Number(row.step)],
  })
}
