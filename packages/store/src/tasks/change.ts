import type { ExperimentEvent, JsonObject, TaskState } from '@goalpost/contracts'
import type { WorkSignal } from '@goalpost/experiments'
import type { Database, Queries } from '../database/open-database.ts'
import { signalWork } from './signal-work.ts'
import { publish } from './publish.ts'

/** A task's change of state. */
export type Transition = { readonly taskId: string; readonly from: TaskState; readonly to: TaskState }

export type PendingEvent = {
  readonly type: ExperimentEvent['type']
  readonly taskId: string
  readonly data: JsonObject
}

/**
 * One transaction that changes tasks. Its changes are collected here and published at its end, when the experiments
 * concerned are locked.
 *
 * All locks are taken in one order, so there are no deadlocks: the workspace (only to change more than one task),
 * tasks, experiments. Tasks of one workspace are never needed by another's.
 */
export type Change = {
  readonly queries: Queries
  readonly now: Date
  readonly transitions: Transition[]
  /** Tasks whose experiments changed without a change of state: progress, a request to cancel. */
  readonly touched: Set<string>
  /** The signals for watchers of work. */
  readonly signals: Set<WorkSignal>
  /** Events of a task, for every experiment that it belongs to. */
  readonly taskEvents: PendingEvent[]
  /** Changes of experiments themselves, by id. */
  readonly experiments: Map<string, ExperimentChange>
}

export type ExperimentChange = {
  readonly event: Omit<PendingEvent, 'taskId'> | null
  /** Tasks were added or removed: counting transitions is not enough. */
  readonly recount?: boolean
  /** Null: it is wanted again. */
  readonly cancelledAt?: Date | null
  /** Why the service stops it: part of the event of its state. */
  readonly reason?: string
}

export type Clock = () => Date

/** Without a clock, the database's is used: workers on different machines then agree on when a lease ends. */
export function createChanges(database: Database, clock?: Clock) {
  return {
    run: <T>(work: (change: Change) => Promise<T>): Promise<T> =>
      database.transaction(async (queries) => {
        const now = await readTime(queries, clock)
        const change: Change = {
          queries,
          now,
          transitions: [],
          touched: new Set(),
          signals: new Set(),
          taskEvents: [],
          experiments: new Map(),
        }
        const outcome = await work(change)
        await publish(change)
        await signalWork(queries, change.signals)
        return outcome
      }),
  }
}
export type Changes = ReturnType<typeof createChanges>

/** The database's time, unless there is a clock. */
export async function readTime(queries: Queries, clock?: Clock): Promise<Date> {
  if (clock !== undefined) return clock()
  const [row] = await queries.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`
  if (row === undefined) throw new Error('PostgreSQL did not return the time')
  return row.now
}

/** Required to change several tasks of one workspace, or to add some: one transaction at a time. */
export async function lockWorkspace(queries: Queries, workspaceId: string): Promise<void> {
  await queries.$queryRaw`SELECT id FROM workspaces WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`
}

/** The same, if only a task is known. */
export async function lockWorkspaceOfTask(queries: Queries, taskId: string): Promise<void> {
  await queries.$queryRaw`
    SELECT w.id FROM workspaces w JOIN tasks t ON t.workspace_id = w.id WHERE t.id = ${taskId}::uuid
    FOR NO KEY UPDATE OF w`
}
