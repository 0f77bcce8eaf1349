import type { JsonObject, ScheduleSpec, ScheduleSummary, ScheduleView } from '@goalpost/contracts'
import type { Actor } from './api-key-store.ts'
import type { NewExperiment } from './experiment-changes.ts'
import type { Page } from './page.ts'

export type ScheduleChange = 'pause' | 'resume'

/** A schedule with an occurrence that may start now. */
export type DueScheduleRow = {
  readonly id: string
  readonly workspaceId: string
  readonly name: string
  /** Grows with every change of the schedule; a start planned for an older one is dropped. */
  readonly revision: number
  /** The experiment spec as it was sent. */
  readonly sent: JsonObject
}

/** The experiment that an occurrence starts, or why its spec is refused now. */
export type PlannedStart =
  | { readonly ok: true; readonly experiment: Omit<NewExperiment, 'idempotency'> }
  | { readonly ok: false; readonly message: string }

/** Schedules for the API. The workspace is always the first argument. Changes go to the audit log as the actor's. */
export type ScheduleStore = {
  /** Creates the schedule of that name, or replaces it. `sent`: its experiment as it was sent. */
  apply(
    workspaceId: string,
    schedule: { spec: ScheduleSpec; sent: JsonObject },
    actor: Actor,
  ): Promise<{ created: boolean }>
  list(workspaceId: string, query: { cursor?: string | undefined; limit: number }): Promise<Page<ScheduleSummary>>
  get(workspaceId: string, name: string): Promise<ScheduleView | null>
  /** False if there is no such schedule. */
  change(workspaceId: string, name: string, change: ScheduleChange, actor: Actor): Promise<boolean>
  /** Its experiments stay. */
  delete(workspaceId: string, name: string, actor: Actor): Promise<boolean>
  /** The schedule as stored, to be started by hand. */
  find(workspaceId: string, name: string): Promise<DueScheduleRow | null>
  /** Starts the experiment now, also beside others that run. Null if the schedule has changed or is gone. */
  startNow(schedule: DueScheduleRow, experiment: Omit<NewExperiment, 'idempotency'>): Promise<string | null>
}

/** Schedules for the control loops of workers. */
export type DueSchedules = {
  /** Those that are due, the longest waiting first, without the ones of these ids. */
  due(limit: number, except: readonly string[]): Promise<readonly DueScheduleRow[]>
  /**
   * Decides about the schedule's due occurrences and starts at most one, all in one transaction: processes that do so
   * at the same time start it once. False if there was nothing to decide: another process was first.
   */
  fire(schedule: DueScheduleRow, planned: PlannedStart): Promise<boolean>
}
