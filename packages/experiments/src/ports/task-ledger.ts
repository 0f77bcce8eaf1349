import type {
  Assignment,
  Checkpoint,
  Failure,
  LogLevel,
  Manifest,
  Progress,
  SeriesPoint,
  TaskJob,
  TaskResult,
  WorkerEngine,
} from '@goalpost/contracts'

/** The right to write for one attempt: every write is refused once another attempt has a higher epoch. */
export type Claim = { readonly taskId: string; readonly epoch: number }

export type ClaimOutcome =
  | {
      readonly ok: true
      readonly claim: Claim
      readonly assignment: Assignment
      /** How long the task was in the queue. */
      readonly queuedMs: number
      /** The `traceparent` that the task continues. */
      readonly trace: string | null
    }
  /**
   * Drop the job: another worker has the task, it is done, it was cancelled, or it needs an engine that this worker
   * lacks. It then goes back without counting an attempt, and is delivered again a little later.
   */
  | { readonly ok: false; readonly reason: string }

/** The claiming worker. */
export type Claimant = {
  readonly id: string
  readonly leaseMs: number
  readonly engines: readonly Pick<WorkerEngine, 'name' | 'device'>[]
}

/** `false` if the claim is stale: the worker must stop that attempt at once. */
export type Fenced = Promise<boolean>

/** The store for a worker. Implemented by packages/store. */
export type Renewal = {
  /** Whether the claim still holds. */
  readonly held: boolean
  /** The task is no longer wanted. */
  readonly cancelRequested: boolean
  /** The task is to stop at its next checkpoint, which it should save soon. */
  readonly pauseRequested: boolean
}

export type TaskLedger = {
  claim(job: TaskJob, worker: Claimant): Promise<ClaimOutcome>
  /** Extends the lease. */
  renew(claim: Claim, leaseMs: number): Promise<Renewal>
  recordProgress(claim: Claim, progress: Progress): Fenced
  recordSeries(claim: Claim, points: readonly SeriesPoint[]): Fenced
  recordCheckpoint(claim: Claim, checkpoint: Checkpoint): Fenced
  recordLogs(claim: Claim, lines: readonly { at: string; level: LogLevel; message: string }[]): Fenced
  /** Stores the result and makes dependents ready, in one transaction. */
  complete(claim: Claim, result: TaskResult, manifest: Manifest): Fenced
  fail(claim: Claim, failure: Failure & { detail?: string }): Fenced
  /** Gives the task back without counting an attempt against it: the worker is shutting down, or it was cancelled. */
  release(claim: Claim, reason: 'shutdown' | 'cancelled'): Fenced
}
