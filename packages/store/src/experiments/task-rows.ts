import type { Failure, Progress, Resources, TaskKind, TaskState, TaskSummary } from '@goalpost/contracts'
import type { Queries } from '../database/open-database.ts'

/** The columns for summaries, progress and hashes of experiments and runs. */
export type TaskRow = {
  readonly id: string
  readonly key: string
  readonly kind: TaskKind
  readonly state: TaskState
  readonly epoch: number
  readonly reused: boolean
  readonly progress: Progress | null
  readonly failure: Failure | null
  readonly resultHash: string | null
  readonly workUnit: string
  readonly workAmount: number
}

/** Adds the columns for the estimate of the time left. */
export type TimedRow = TaskRow &
  Pick<Resources, 'engine' | 'device'> & {
    readonly protocol: string
    readonly workSort: string
    readonly short: boolean
  }

/** The tasks of an experiment under its own names, in the order of the plan. */
export async function tasksOfExperiment(queries: Queries, experimentId: string): Promise<TimedRow[]> {
  return queries.$queryRaw<TimedRow[]>`
    SELECT t.id, t.protocol, t.work_sort AS "workSort", t.short, t.engine, t.device, l.key, t.kind, t.state, t.epoch, l.reused, t.progress, t.failure, t.result_hash AS "resultHash",
      t.work_unit AS "workUnit", t.work_amount AS "workAmount"
    FROM experiment_tasks l JOIN tasks t ON t.id = l.task_id
    WHERE l.experiment_id = ${experimentId}::uuid ORDER BY l.position, t.id`
}

type OpenRow = TimedRow & { readonly experimentId: string; readonly runs: readonly string[] }

/** The tasks of several experiments that have not ended, each with its runs in that experiment, in the order of the plans. */
export async function openTasksOf(
  queries: Queries,
  workspaceId: string,
  experimentIds: readonly string[],
): Promise<OpenRow[]> {
  return queries.$queryRaw<OpenRow[]>`
    SELECT l.experiment_id AS "experimentId", t.id, t.protocol, t.work_sort AS "workSort", t.short, t.engine, t.device, l.key, t.kind,
      t.state, t.epoch, l.reused, t.progress, t.failure, t.result_hash AS "resultHash", t.work_unit AS "workUnit",
      t.work_amount AS "workAmount",
      ARRAY(SELECT r.id::text FROM run_tasks k JOIN runs r ON r.id = k.run_id
        WHERE k.task_id = t.id AND r.experiment_id = l.experiment_id) AS runs
    FROM experiment_tasks l JOIN tasks t ON t.id = l.task_id
    WHERE l.experiment_id = ANY(${[...experimentIds]}::uuid[]) AND t.workspace_id = ${workspaceId}::uuid
      AND t.state IN ('blocked', 'ready', 'queued', 'running')
    ORDER BY l.experiment_id, l.position, t.id`
}

/** The tasks of the given runs under the runs' own names. */
export async function tasksOfRuns(
  queries: Queries,
  runIds: readonly string[],
): Promise<(TaskRow & { runId: string })[]> {
  return queries.$queryRaw<(TaskRow & { runId: string })[]>`
    SELECT r.id AS "runId", t.id, l.key, t.kind, t.state, t.epoch, coalesce(e.reused, false) AS reused, t.progress, t.failure,
      t.result_hash AS "resultHash", t.work_unit AS "workUnit", t.work_amount AS "workAmount"
    FROM runs r
    JOIN run_tasks l ON l.run_id = r.id
    JOIN tasks t ON t.id = l.task_id
    LEFT JOIN experiment_tasks e ON e.experiment_id = r.experiment_id AND e.task_id = t.id
    WHERE r.id = ANY(${runIds}::uuid[]) ORDER BY r.id, l.position`
}

export function toTaskSummary({ id, key, kind, state, epoch, reused, progress, failure }: TaskRow): TaskSummary {
  return { id, key, kind, state, attempts: epoch, reused, progress, failure }
}
