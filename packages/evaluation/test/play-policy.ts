import type { Environment, Simulator } from '@goalpost/environments'
import { createStream } from '@goalpost/random'
import { evaluateEpisodes, type BatchPolicy, type OutcomeTable, type Suite } from '../src/index.ts'

type World<Parameters, Level> = {
  readonly environment: Environment<Parameters, Level>
  readonly parameters: Parameters
  readonly suite: Suite<Level>
}

/** One episode of every level of a suite; every policy has the same chance events. */
export function playPolicy<Parameters, Level>(
  { environment, parameters, suite }: World<Parameters, Level>,
  choose: (simulator: Simulator<Level>) => BatchPolicy<Level>,
): Promise<OutcomeTable> {
  const simulator = environment.createSimulator(parameters, 64)
  return evaluateEpisodes({
    simulator,
    levels: suite.levels,
    discount: environment.horizon(parameters).discount,
    policy: choose(simulator),
    episodesPerLevel: 1,
    uniform: createStream(17).named('actions'),
    seeds: createStream(17).named('episodes'),
    goals: environment.goals,
  })
}
