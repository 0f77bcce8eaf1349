import type { Outlook } from '@goalpost/experiments'

/** Between two looks of the whole fleet at the database, while nobody is told of anything. */
const safetyMs = 8_000
/** What is due this very moment is found by the loops themselves: looking on would be a busy loop. */
const leastMs = 50

/**
 * How long a process may go without looking. The one that leads hears of work, and looks in case it did not; the others take
 * turns in case the leader is frozen: the more there are, the more seldom each, so that the database has the same to do.
 */
export function lookPause({ leads, workers, dueInMs }: Outlook, jitter: (ms: number) => number): number {
  if (!leads) return jitter(safetyMs * Math.max(1, workers))
  return Math.max(leastMs, Math.min(jitter(safetyMs), dueInMs ?? safetyMs))
}
