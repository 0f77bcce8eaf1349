import type { DeletionPreview } from '@goalpost/contracts'
import type { WhichExperiment } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'
import { refusalOf } from './delete-experiment.ts'

type Counts = { runs: number; tasks: number; all_tasks: number; files: number; bytes: bigint }

export async function previewDeletion(
  queries: Queries,
  { workspaceId, id }: WhichExperiment,
): Promise<DeletionPreview | null> {
  const experiment = await queries.experiment.findFirst({
    where: { id, workspaceId },
    select: { name: true, state: true },
  })
  if (experiment === null) return null
  const { runs, tasks, all_tasks: allTasks, files, bytes } = await countFreed(queries, id)
  return {
    experimentId: id,
    name: experiment.name,
    runs,
    tasks,
    keptTasks: allTasks - tasks,
    frees: { files, bytes: Number(bytes) },
    refusal: await refusalOf(queries, { id, state: experiment.state }),
  }
}

/**
 * `own`: tasks that only this experiment has. Of these, `kept` are what tasks that stay need, directly or not. Tasks
 * that nothing needs already keep nothing.
 */
async function countFreed(queries: Queries, id: string): Promise<Counts> {
  const [row] = await queries.$queryRaw<Counts[]>`
    WITH RECURSIVE mine AS (
      SELECT task_id AS id FROM experiment_tasks WHERE experiment_id = ${id}::uuid
    ), own AS (
      SELECT m.id FROM mine m
      WHERE NOT EXISTS (SELECT FROM experiment_tasks l WHERE l.task_id = m.id AND l.experiment_id <> ${id}::uuid)
        AND NOT EXISTS (SELECT FROM model_versions v WHERE v.task_id = m.id)
    ), kept AS (
      SELECT d.needs_task_id AS id FROM own o JOIN task_dependencies d ON d.needs_task_id = o.id
      JOIN tasks t ON t.id = d.task_id
      WHERE t.unneeded_since IS NULL AND NOT EXISTS (SELECT FROM own WHERE own.id = d.task_id)
      UNION SELECT d.needs_task_id FROM kept k JOIN task_dependencies d ON d.task_id = k.id
    ), freed AS (
      SELECT id FROM own EXCEPT SELECT id FROM kept
    ), files AS (
      SELECT DISTINCT a.hash, a.bytes FROM freed
      JOIN task_files f ON f.task_id = freed.id
      JOIN artifacts a ON a.workspace_id = f.workspace_id AND a.hash = f.hash
      WHERE NOT a.uploaded
        AND NOT EXISTS (SELECT FROM task_files o JOIN tasks t ON t.id = o.task_id
          WHERE o.workspace_id = a.workspace_id AND o.hash = a.hash AND t.unneeded_since IS NULL
            AND NOT EXISTS (SELECT FROM freed f2 WHERE f2.id = o.task_id))
        AND NOT EXISTS (SELECT FROM model_versions v WHERE v.workspace_id = a.workspace_id AND v.artifact_hash = a.hash)
    )
    SELECT (SELECT count(*)::int FROM runs WHERE experiment_id = ${id}::uuid) AS runs,
      (SELECT count(*)::int FROM freed) AS tasks, (SELECT count(*)::int FROM mine) AS all_tasks,
      (SELECT count(*)::int FROM files) AS files, (SELECT coalesce(sum(bytes), 0)::bigint FROM files) AS bytes`
  return row ?? { runs: 0, tasks: 0, all_tasks: 0, files: 0, bytes: 0n }
}
