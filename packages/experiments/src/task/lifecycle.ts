import type { AttemptView, ErrorCode, Failure, TaskState } from '@goalpost/contracts'

/** The part of a task that determines its possible changes. */
export type TaskLifecycle = {
  readonly state: TaskState
  /** Grows with every claim; every write of an attempt carries it. */
  readonly epoch: number
  readonly worker: string | null
  /** Null unless running. */
  readonly leaseUntil: Date | null
  /** Only for a running task: its worker finds out when it renews the lease. */
  readonly cancelRequested: boolean
  /** Only paused experiments want it: it stays blocked, and a running one is asked to save a checkpoint and stop. */
  readonly held: boolean
  /** Only for a running task: it is asked to save a checkpoint and leave its slot to one of higher priority. */
  readonly preemptRequested: boolean
  readonly experimentFailures: number
  readonly infrastructureFailures: number
  /** How often it was added to the queue: makes job ids unique. */
  readonly dispatchCount: number
  /** Not to be dispatched earlier. Null: at once. */
  readonly notBefore: Date | null
  /** Why the last attempt, or the task itself, failed. */
  readonly failure: Failure | null
}

export type TaskCommand =
  /** All dependencies are there. */
  | { readonly type: 'unblock' }
  /** A dependency will never be there. */
  | { readonly type: 'abandon'; readonly message: string }
  | { readonly type: 'dispatch' }
  /** The queue has lost the job of this dispatch. */
  | { readonly type: 'requeue'; readonly dispatchCount: number }
  /** Delivered to a worker that cannot run it. */
  | { readonly type: 'decline'; readonly epoch: number }
  | { readonly type: 'claim'; readonly epoch: number; readonly worker: string; readonly leaseMs: number }
  | { readonly type: 'renew'; readonly epoch: number; readonly leaseMs: number }
  /** Progress, series, logs or a checkpoint. */
  | { readonly type: 'record'; readonly epoch: number }
  /** A checkpoint that no earlier attempt reached. */
  | { readonly type: 'advance'; readonly epoch: number }
  | { readonly type: 'complete'; readonly epoch: number }
  | { readonly type: 'fail'; readonly epoch: number; readonly failure: Failure }
  | { readonly type: 'release'; readonly epoch: number; readonly reason: 'shutdown' | 'cancelled' }
  /** The lease may have run out. */
  | { readonly type: 'expire' }
  | { readonly type: 'cancel' }
  /** All experiments that want it are paused. */
  | { readonly type: 'hold' }
  /** One of them continues. */
  | { readonly type: 'unhold' }
  /** Another task of the workspace, of higher priority, needs its slot. */
  | { readonly type: 'preempt' }
  /** An experiment needs it again. */
  | { readonly type: 'retry' }
  /** A dependency has been lost since. The task keeps its budgets, as its own reading may be at fault. */
  | { readonly type: 'block' }
  /** Its dependencies are being recomputed. */
  | { readonly type: 'invalidate' }

export type TaskEffect =
  | { readonly type: 'attempt-started'; readonly epoch: number; readonly worker: string }
  | {
      readonly type: 'attempt-ended'
      readonly epoch: number
      readonly outcome: Exclude<AttemptView['outcome'], 'running'>
      readonly failure: Failure | null
    }
  /**
   * Files are missing: the dependencies that wrote them must run again, and the task must continue from an earlier
   * checkpoint of its own, or start again.
   */
  | { readonly type: 'files-lost'; readonly missing: readonly string[]; readonly startAgain: boolean }
  /** Failures before no longer count: where checkpoints were lost is forgotten. */
  | { readonly type: 'budget-restored' }
  /** Result, measures and hash no longer hold. */
  | { readonly type: 'result-discarded' }

export type TaskDecision =
  | { readonly ok: true; readonly next: TaskLifecycle; readonly effects: readonly TaskEffect[] }
  | { readonly ok: false; readonly code: Refusal }

/** `stale-epoch`: another attempt has taken over. `lease-held`: it has not run out yet. */
export type Refusal = Extract<ErrorCode, 'stale-epoch' | 'state-conflict'> | 'lease-held'

/**
 * How many failures a task survives, by cause; infrastructure failures are counted from the latest new
 * checkpoint on. A shutdown counts against neither.
 */
export const retryBudget = { experiment: 3, infrastructure: 20 } as const

/**
 * How long a task stays out of the queue after a worker that lacks its engine received it. If such a worker idles
 * while one with the engine is busy, it gets the task this often, and not as fast as the queue can deliver.
 */
export const declineDelayMs = 2_000

const longestDelayMs = 60_000

/**
 * How long a task waits after its nth infrastructure failure: 0, 1, 2, 4 … 60 s. Together the budget spans a quarter of
 * an hour, so that an outage of minutes of a database or disk fails no experiment.
 */
export function retryDelayMs(infrastructureFailures: number): number {
  if (infrastructureFailures <= 1) return 0
  return Math.min(longestDelayMs, 1_000 * 2 ** (infrastructureFailures - 2))
}
