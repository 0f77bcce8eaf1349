import type { Claim, TaskLedger } from '@goalpost/experiments'

export type LeaseOptions = {
  readonly ledger: Pick<TaskLedger, 'renew'>
  readonly claim: Claim
  readonly leaseMs: number
  /** The task is no longer wanted. Called at most once. */
  readonly onCancelRequested: () => void
  /** The task is to stop at its next checkpoint. Called at most once. */
  readonly onPauseRequested: () => void
}

export type Lease = {
  /** Aborts when the lease may have expired, as another worker may then have the task. */
  readonly lost: AbortSignal
  stop(): void
}

/** Renewals report cancellations, which should not take a third of a long lease. */
const longestPauseMs = 1_000
/** Retries often enough to notice a recovered database before the lease expires. */
const retryPauseMs = 250

/**
 * Renews the lease of one attempt until stopped. While the database does not answer, it retries for as long as the
 * last renewal is valid, counted from the time of the request: never longer than the database counts.
 */
export function keepLease({ ledger, claim, leaseMs, ...requests }: LeaseOptions): Lease {
  const loss = new AbortController()
  const pauseMs = Math.min(leaseMs / 3, longestPauseMs)
  let validUntil = performance.now() + leaseMs
  const onCancelRequested = once(requests.onCancelRequested)
  const onPauseRequested = once(requests.onPauseRequested)
  let timer: NodeJS.Timeout
  let expiry: NodeJS.Timeout

  function lose(reason: string): void {
    clearTimeout(timer)
    clearTimeout(expiry)
    if (!loss.signal.aborted) loss.abort(new Error(reason))
  }

  /** A hanging renewal must not outlive the lease, so expiry has its own timer. */
  function watchExpiry(): void {
    clearTimeout(expiry)
    expiry = setTimeout(() => lose('The lease could not be renewed in time'), validUntil - performance.now())
  }

  async function renew(): Promise<void> {
    let nextPauseMs = pauseMs
    const askedAt = performance.now()
    try {
      const { held, cancelRequested, pauseRequested } = await ledger.renew(claim, leaseMs)
      if (stopped()) return
      if (!held) return lose('Another attempt has taken over')
      validUntil = askedAt + leaseMs
      watchExpiry()
      if (cancelRequested) onCancelRequested()
      else if (pauseRequested) onPauseRequested()
    } catch {
      // The database is unavailable: `expiry` limits the retries.
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

function once(act: () => void): () => void {
  let done = false
  return () => {
    if (done) return
    done = true
    act()
  }
}
