import { GoalpostError } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { createStream, type Stream } from '@goalpost/random'

/** The root of all randomness of a run. */
export function seedStream({ assignment: { seed } }: Pick<TaskContext, 'assignment'>): Stream {
  if (seed === null) throw new GoalpostError('internal', 'Training needs a seed')
  return createStream(seed)
}
