import type { Outlook } from '@goalpost/experiments'

/** The interval of the fleet's safety polls while no notification arrives. */
const safetyMs = 8_000
/** A floor against a busy loop: the loops find what is due now. */
const leastMs = 50

/**
 * How long a process may wait between polls. The leader is notified of work, and polls in case a notification was lost;
 * the others take turns in case the leader is frozen. Each polls less often the more there are, so the database load
 * stays the same.
 */
export function lookPause({ leads, workers, dueInMs }: Outlook, jitter: (ms: number) => number): number {
  if (!leads) return jitter(safetyMs * Math.max(1, workers))
  return Math.max(leastMs, Math.min(jitter(safetyMs), dueInMs ?? safetyMs))
}
