import { setTimeout as sleep } from 'node:timers/promises'
import { GoalpostError } from '@goalpost/contracts'

/** Less than PostgreSQL's `deadlock_timeout` of a second: where two wait for each other, we give way, not a worker. */
const shortMs = 400
/** More than it: only after that long does a waiting lock end an autovacuum of the table. */
const longMs = 2_000
const longEvery = 5
const pauseMs = 300
/** Longer than the longest transaction of the service may take. */
const limitMs = 180_000

/** PostgreSQL: lock_not_available, deadlock_detected. */
const lockStates = new Set(['55P03', '40P01'])

/**
 * Repeats a transaction that needs locks until it gets each within the timeout it is given. Between attempts those who
 * waited behind it go on.
 * @throws GoalpostError `unavailable` after three minutes
 */
export async function retryLocks<T>(work: (lockTimeoutMs: number) => Promise<T>): Promise<T> {
  const deadline = Date.now() + limitMs
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt % longEvery === 0 ? longMs : shortMs)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && lockStates.has(String(error.code)))) throw error
      if (Date.now() > deadline)
        throw new GoalpostError(
          'unavailable',
          'The database cannot be upgraded while others use its tables. Stop the workers and other sessions (pg_stat_activity), then start again',
          { cause: error },
        )
      await sleep(pauseMs)
    }
  }
}
