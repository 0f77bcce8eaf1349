import { setTimeout as delay } from 'node:timers/promises'
import { GoalpostError, errorTable } from '@goalpost/contracts'

/**
 * `stale`: another attempt has taken over. `abandoned`: it could not be stored in time. `refused`: it cannot be stored at
 * all, and another attempt would meet with the same.
 */
export type Stored = 'stored' | 'stale' | 'abandoned' | { readonly refused: string }

type PersistOptions = {
  /** Ends the attempts to store: with the lease, the right to write has run out as well. */
  readonly signal: AbortSignal
  /** A write that fails for this long, while others succeed, will not succeed at all. */
  readonly patienceMs: number
}

const firstPauseMs = 50
const longestPauseMs = 1_000

/** Repeats a fenced write until it is stored or refused. One that was stored although its answer got lost does no harm twice. */
export async function persist(write: () => Promise<boolean>, { signal, patienceMs }: PersistOptions): Promise<Stored> {
  const deadline = performance.now() + patienceMs
  for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      return (await write()) ? 'stored' : 'stale'
    } catch (error) {
      if (isFaultOfTheTask(error)) return { refused: error.message }
      if (performance.now() + pauseMs > deadline) return isRefusal(error) ? { refused: error.message } : 'abandoned'
    }
    await delay(pauseMs, undefined, { signal }).catch(() => undefined)
  }
  return 'abandoned'
}

function isFaultOfTheTask(error: unknown): error is GoalpostError {
  return error instanceof GoalpostError && errorTable[error.code].kind === 'experiment'
}

/** The database answers, and will not have it. Once may be chance; for the length of the patience it is not. */
function isRefusal(error: unknown): error is GoalpostError {
  return error instanceof GoalpostError && error.code === 'internal'
}
