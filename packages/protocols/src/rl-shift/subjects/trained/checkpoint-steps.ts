import type { TrainedOptions } from '../../spec.ts'

export const stepsPerIteration = ({ ppo }: Pick<TrainedOptions, 'ppo'>) => ppo.environments * ppo.rolloutSteps

const countIterations = (options: Pick<TrainedOptions, 'steps' | 'ppo'>) =>
  Math.max(1, Math.ceil(options.steps / stepsPerIteration(options)))

/** Environment steps that a training learns from: whole iterations. */
export const trainedSteps = (options: Pick<TrainedOptions, 'steps' | 'ppo'>) =>
  countIterations(options) * stepsPerIteration(options)

/** Iterations after which a checkpoint is kept. */
export function checkpointIterations(options: TrainedOptions): number[] {
  const iterations = countIterations(options)
  const count = options.evaluation.checkpoints
  const even = Array.from({ length: count + 1 }, (_, index) => Math.round((index * iterations) / count))
  return [...new Set(even)]
}

/** Environment steps at which checkpoints are kept: the untrained network at 0, the trained one at the end. */
export function checkpointSteps(options: TrainedOptions): number[] {
  return checkpointIterations(options).map((iteration) => iteration * stepsPerIteration(options))
}
