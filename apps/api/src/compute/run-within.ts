import { GoalpostError } from '@goalpost/contracts'
import type { Tinypool } from 'tinypool'

/** Orders that may wait for a thread of one pool. */
const mostWaiting = 100

/**
 * Runs an order in the pool within a time limit, waiting in line included; a thread that overstays is ended. `Answer` is what
 * the pool's module returns for the order, which no type can check. The pool's own
 * limit of its line is no use: it refuses an order and yet tries to take it out of the line when its time is over, which
 * throws where nothing can catch it and ends the process.
 * @throws GoalpostError `compute-timeout`, `unavailable` where the line is too long, `internal` where the thread failed.
 */
export async function runWithin<Answer>(pool: Tinypool, order: unknown, timeLimitMs: number): Promise<Answer> {
  if (pool.queueSize >= mostWaiting)
    throw new GoalpostError('unavailable', 'Too many requests are waiting to be worked on; try again in a moment')
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), timeLimitMs)
  try {
    return await pool.run(order, { signal: limit.signal })
  } catch (error) {
    if (limit.signal.aborted)
      throw new GoalpostError('compute-timeout', `This took longer than ${timeLimitMs / 1_000} s`, { cause: error })
    throw new GoalpostError('internal', 'The computation failed', { cause: error })
  } finally {
    clearTimeout(timer)
  }
}
