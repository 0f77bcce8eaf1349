import type { Failure, TaskState } from '@goalpost/contracts'
import type { TaskLifecycle } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'

/** A task whose row this transaction holds. */
export type LockedTask = {
  readonly id: string
  readonly workspaceId: string
  readonly lifecycle: TaskLifecycle
  /** When its row was last written: for one that waits, since when it has been in its state. */
  readonly changedAt: Date
}

type Row = {
  id: string
  workspace_id: string
  state: TaskState
  epoch: number
  worker: string | null
  lease_until: Date | null
  cancel_requested: boolean
  held: boolean
  preempt_requested: boolean
  experiment_failures: number
  infrastructure_failures: number
  dispatch_count: number
  not_before: Date | null
  failure: Failure | null
  updated_at: Date
}

/** Locks in the order of ids. Missing tasks are left out. */
export async function lockTasks(queries: Queries, ids: readonly string[]): Promise<LockedTask[]> {
  if (ids.length === 0) return []
  const rows = await queries.$queryRaw<Row[]>`
    SELECT id, workspace_id, state, epoch, worker, lease_until, cancel_requested, held, preempt_requested, experiment_failures,
      infrastructure_failures, dispatch_count, not_before, failure, updated_at
    FROM tasks WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`
  return rows.map(toLockedTask)
}

/** The same, but leaves out those locked by another transaction, and those in no such state any more. */
export async function lockIdleTasks(
  queries: Queries,
  ids: readonly string[],
  states: readonly TaskState[],
): Promise<LockedTask[]> {
  if (ids.length === 0) return []
  const rows = await queries.$queryRaw<Row[]>`
    SELECT id, workspace_id, state, epoch, worker, lease_until, cancel_requested, held, preempt_requested, experiment_failures,
      infrastructure_failures, dispatch_count, not_before, failure, updated_at
    FROM tasks WHERE id = ANY(${ids}::uuid[]) AND state = ANY(${states}::text[]) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED`
  return rows.map(toLockedTask)
}

function toLockedTask(row: Row): LockedTask {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    changedAt: row.updated_at,
    lifecycle: {
      state: row.state,
      epoch: row.epoch,
      worker: row.worker,
      leaseUntil: row.lease_until,
      cancelRequested: row.cancel_requested,
      held: row.held,
      preemptRequested: row.preempt_requested,
      experimentFailures: row.experiment_failures,
      infrastructureFailures: row.infrastructure_failures,
      dispatchCount: row.dispatch_count,
      notBefore: row.not_before,
      failure: row.failure,
    },
  }
}
