import type { Stream } from '@goalpost/random'
import type { Environment } from './environment.ts'

/** (1 − α) · first distribution + α · second, as in NonDist and Dist of arXiv 2507.03068. */
export type LevelMixture<Parameters, Level> = {
  readonly environment: Environment<Parameters, Level>
  readonly parameters: Parameters
  /** The share of levels on which proxy and goal differ, from 0 to 1. */
  readonly alpha: number
}

/**
 * Level number `index` of a stream. It depends on nothing else: not on the order of calls, the batch or the worker.
 * Throws a RangeError for an α above 0 if the environment has only one distribution.
 */
export function sampleMixture<Parameters, Level>(
  { environment, parameters, alpha }: LevelMixture<Parameters, Level>,
  stream: Stream,
  index: number,
): Level {
  const random = stream.at(index)
  const { 0: agreeing, 1: apart } = environment.distributions
  if (random.uniform() >= alpha) return agreeing.sample(parameters, random)
  if (apart === undefined) throw new RangeError(`${environment.name} has only one distribution of levels, so no α`)
  return apart.sample(parameters, random)
}
