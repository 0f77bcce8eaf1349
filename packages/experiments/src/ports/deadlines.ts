import type { WhichExperiment } from './experiment-lifecycle.ts'

/** Deadlines for the control loops of workers. */
export type Deadlines = {
  /** At most so many experiments whose deadline has passed, the longest overdue first, without those of these ids. */
  overdue(limit: number, except: readonly string[]): Promise<WhichExperiment[]>
  /** Cancels one in a transaction of its own; false if its deadline was changed, or it ended, since it was read. */
  stop(which: WhichExperiment): Promise<boolean>
}
