import type { Claim, TaskLedger } from '@goalpost/experiments'

export type LeaseOptions = {
  readonly ledger: Pick<TaskLedger, 'renew'>
  readonly claim: Claim
  readonly leaseMs: number
  /** The task is no longer wanted. Called at most once. */
  readonly onCancelRequested: () => void
}

export type Lease = {
  /** Aborts once the lease can no longer be counted on: another worker may have the task. */
  readonly lost: AbortSignal
  stop(): void
}

/** Cancellations travel with renewals: someone who cancels shall not wait for a third of a long lease. */
const longestPauseMs = 1_000
/** A database that comes back is to be noticed before the lease is over. */
const retryPauseMs = 250

/**
 * Renews the lease of one attempt until stopped. While the database does not answer it keeps trying for as long as the
 * last renewal lasts, counted from before it was asked for: never longer than the database itself counts.
 */
export function keepLease({ ledger, claim, leaseMs, onCancelRequested }: LeaseOptions): Lease {
  const loss = new AbortController()
  const pauseMs = Math.min(leaseMs / 3, longestPauseMs)
  let validUntil = performance.now() + leaseMs
  let cancelReported = false
  let timer: NodeJS.Timeout
  let expiry: NodeJS.Timeout

  function lose(reason: string): void {
    clearTimeout(timer)
    clearTimeout(expiry)
    if (!loss.signal.aborted) loss.abort(new Error(reason))
  }

  /** A renewal that hangs must not outlive the lease, so the end has a timer of its own. */
  function watchExpiry(): void {
    clearTimeout(expiry)
    expiry = setTimeout(() => lose('The lease could not be renewed in time'), validUntil - performance.now())
  }

  async function renew(): Promise<void> {
    let nextPauseMs = pauseMs
    const askedAt = performance.now()
    try {
      const { held, cancelRequested } = await ledger.renew(claim, leaseMs)
      if (stopped()) return
      if (!held) return lose('Another attempt has taken over')
      validUntil = askedAt + leaseMs
      watchExpiry()
      if (cancelRequested && !cancelReported) {
        cancelReported = true
        onCancelRequested()
      }
    } catch {
      // The database is away: `expiry` decides how long that may go on.
      nextPauseMs = Math.min(pauseMs, retryPauseMs)
    }
    if (!stopped()) timer = setTimeout(() => void renew(), nextPauseMs)
  }

  let stoppedByCaller = false
  const stopped = () => stoppedByCaller || loss.signal.aborted
  watchExpiry()
  timer = setTimeout(() => void renew(), pauseMs)

  return {
    lost: loss.signal,
    stop() {
      stoppedByCaller = true
      clearTimeout(timer)
      clearTimeout(expiry)
    },
  }
}
