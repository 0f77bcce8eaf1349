import { GoalpostError } from '@goalpost/contracts'
import type { Tinypool } from 'tinypool'

/** The most orders that wait for a thread of one pool. */
const mostWaiting = 100

/**
 * Runs an order in the pool within a time limit, which includes the queue; a thread over it is terminated. `Answer` is
 * what the pool's module returns for the order, which is not type-checked. The pool's own
 * queue limit is unusable: it refuses an order but still tries to remove it from the queue at its timeout, which
 * throws outside any handler and ends the process.
 * @throws GoalpostError `compute-timeout`, `unavailable` if the queue is full, `internal` if the thread failed.
 */
export async function runWithin<Answer>(pool: Tinypool, order: unknown, timeLimitMs: number): Promise<Answer> {
  if (pool.queueSize >= mostWaiting)
    throw new GoalpostError('unavailable', 'Too many requests are waiting; try again in a moment')
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), timeLimitMs)
  try {
    return await pool.run(order, { signal: limit.signal })
  } catch (error) {
    if (limit.signal.aborted)
      throw new GoalpostError(
        'compute-timeout',
        `This took longer than ${timeLimitMs / 1_000} s; try again when the machine is less busy, or raise GOALPOST_COMPUTE_TIME_LIMIT_MS`,
        { cause: error },
      )
    throw new GoalpostError('internal', 'The computation failed', { cause: error })
  } finally {
    clearTimeout(timer)
  }
}
