import { setTimeout as delay } from 'node:timers/promises'
import { GoalpostError, errorTable } from '@goalpost/contracts'

/**
 * `stale`: another attempt has taken over. `abandoned`: not stored in time. `refused`: cannot be stored at
 * all, in any attempt.
 */
export type Stored = 'stored' | 'stale' | 'abandoned' | { readonly refused: string }

type PersistOptions = {
  /** Ends the retries: without the lease, writes are no longer allowed. */
  readonly signal: AbortSignal
  /** A write that fails for this long while others succeed is given up. */
  readonly patienceMs: number
}

const firstPauseMs = 50
const longestPauseMs = 1_000

/** Retries a fenced write until it is stored or refused. Writes are idempotent, in case an answer was lost. */
export async function persist(write: () => Promise<boolean>, { signal, patienceMs }: PersistOptions): Promise<Stored> {
  const deadline = performance.now() + patienceMs
  for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      const written = await within(write, { signal, deadline })
      if (written === 'no answer') return 'abandoned'
      return written ? 'stored' : 'stale'
    } catch (error) {
      if (isFaultOfTheTask(error)) return { refused: error.message }
      if (performance.now() + pauseMs > deadline) return isRefusal(error) ? { refused: error.message } : 'abandoned'
    }
    await delay(pauseMs, undefined, { signal }).catch(() => undefined)
  }
  return 'abandoned'
}

/**
 * A connection that a firewall has forgotten neither answers nor breaks. Without this limit the attempt would keep its
 * task and its slot, as its lease is renewed on other connections.
 */
async function within(write: () => Promise<boolean>, { signal, deadline }: { signal: AbortSignal; deadline: number }) {
  const answered = new AbortController()
  const either = AbortSignal.any([signal, answered.signal])
  const silence = delay(Math.max(0, deadline - performance.now()), undefined, { signal: either })
    .catch(() => undefined)
    .then(() => 'no answer' as const)
  try {
    return await Promise.race([write(), silence])
  } finally {
    answered.abort()
  }
}

function isFaultOfTheTask(error: unknown): error is GoalpostError {
  return error instanceof GoalpostError && errorTable[error.code].kind === 'experiment'
}

/** The database answers but refuses. Retried, as a single refusal may be transient. */
function isRefusal(error: unknown): error is GoalpostError {
  return error instanceof GoalpostError && error.code === 'internal'
}
