import { retryBudget, retryDelayMs, type DueSearch } from '@goalpost/experiments'

/** Consecutive failures of the step of one search. */
type Setback = { readonly revision: number; readonly failures: number; readonly retryAt: number }

export type Setbacks = {
  /** Whether its next step has to wait. */
  isWaiting(search: DueSearch): boolean
  /** Counts a failure: `spent` when the step has failed as often as a task may through its infrastructure. */
  count(search: DueSearch): { readonly failures: number; readonly spent: boolean }
  forget(search: DueSearch): void
}

/**
 * Steps that fail are tried again after 0, 1, 2, 4 … 60 s, like tasks. A search that has changed since starts again: a
 * retry, or the step of another process. In memory: each process counts its own failures.
 */
export function createSetbacks(now: () => number): Setbacks {
  const setbacks = new Map<string, Setback>()
  const of = ({ id, revision }: DueSearch) => {
    const known = setbacks.get(id)
    return known?.revision === revision ? known : undefined
  }
  return {
    isWaiting: (search) => now() < (of(search)?.retryAt ?? 0),
    count(search) {
      const failures = (of(search)?.failures ?? 0) + 1
      setbacks.set(search.id, { revision: search.revision, failures, retryAt: now() + retryDelayMs(failures) })
      return { failures, spent: failures >= retryBudget.infrastructure }
    },
    forget: ({ id }) => void setbacks.delete(id),
  }
}
