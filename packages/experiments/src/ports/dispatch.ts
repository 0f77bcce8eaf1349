import type { Resources, TaskJob } from '@goalpost/contracts'

/** Which worker slots may take a job: any, or only those for short tasks. */
export type Lane = 'any' | 'short'

/**
 * A job as added to the queue. `jobId` differs for every dispatch of a task, so that an old job never blocks a new one.
 */
export type DispatchedJob = TaskJob & {
  readonly jobId: string
  readonly device: Resources['device']
  readonly lane: Lane
  /** How long the task was ready before. Only in jobs that are added. */
  readonly readyMs?: number
  /** Goes to the head of its queue; several that are added together keep their order. Only in jobs that are added. */
  readonly urgent?: boolean
}

/** The queue from the dispatcher's side. Implemented by packages/queue on either backend. */
export type JobProducer = {
  /** Idempotent by `jobId`. */
  add(jobs: readonly DispatchedJob[]): Promise<void>
  /**
   * Of jobs whose tasks are unclaimed, those that are waiting, or that a consumer has taken and may be about to claim.
   */
  known(jobs: readonly DispatchedJob[]): Promise<ReadonlySet<string>>
  close(): Promise<void>
}

export type JobHandler = (job: TaskJob) => Promise<void>

/** One worker's side of the queue. `close` waits for running handlers. */
export type JobConsumer = { close(): Promise<void> }

/** Sent by a transaction that makes tasks ready: they can be dispatched now, or later. */
export type WorkSignal = 'ready' | 'postponed'

/** The pending work of control loops. */
export type Outlook = {
  /** This process receives signals. Only one watcher does. */
  readonly leads: boolean
  /** Workers seen recently. */
  readonly workers: number
  readonly ready: boolean
  readonly queued: boolean
  /** A lease has run out. */
  readonly expired: boolean
  /** A schedule is due. */
  readonly schedules: boolean
  /** A gate, one of its runs or a bisection can take its next step. */
  readonly gates: boolean
  /** The round of a search has ended. */
  readonly searches: boolean
  /** The deadline of an experiment has passed. */
  readonly deadlines: boolean
  /** A task waits while one of its workspace runs at a lower priority. */
  readonly outranked: boolean
  /** A webhook has a delivery that is due. */
  readonly webhooks: boolean
  /**
   * Until the first postponed task may be dispatched, the first lease expires, or the first schedule, delivery or
   * deadline is due; null if there is none of these.
   */
  readonly dueInMs: number | null
}

/** Watches for work. Implemented by packages/store. */
export type WorkWatch = {
  /** Connects if there is no connection. Rejects with `unavailable` if the database does not answer. */
  look(): Promise<Outlook>
  close(): Promise<void>
}

/** Moves ready tasks into the queue and recovers lost ones. Implemented by packages/store. */
export type Dispatcher = {
  /**
   * Takes ready tasks in order of priority and fairness until `lookAhead` are queued per device and lane, or two for
   * each slot of the live workers, whichever is less, and passes them to `add` inside the transaction: if that throws,
   * they stay ready. `busy`: another process is dispatching, based on the state when it began.
   */
  dispatch(lookAhead: number, add: JobProducer['add']): Promise<number | 'busy'>
  /**
   * Asks running tasks to leave their slots to waiting ones of higher priority in their workspace, where no slot is free
   * and the running ones have had theirs for `leastRunMs`; passes the waiting ones to `add` as urgent, as `dispatch` does.
   * Resolves to how many were asked.
   */
  preempt(leastRunMs: number, add: JobProducer['add']): Promise<number | 'busy'>
  /** Queued tasks become ready again if their job is lost, or its consumer died before it claimed the task. */
  requeueLost(known: JobProducer['known']): Promise<number>
  /** Running tasks whose lease has run out become ready again, or fail when their budget is spent. */
  reapExpired(): Promise<number>
}
