import { replayEpisode, type Environment, type Simulator } from '@goalpost/environments'

/** How an episode went, from the simulator. Returns are measured as on every suite. */
export type EpisodeOutcome = {
  readonly trueReturn: number
  readonly proxyReturn: number
  readonly steps: number
  /** `running`: the actions came to their end before the episode did. */
  readonly ended: 'terminated' | 'truncated' | 'running'
  /** By the names of the environment's measure table. */
  readonly counters: Readonly<Record<string, number>>
}

export type PlayedEpisode = EpisodeOutcome & { readonly actions: readonly number[] }

type Given<Level> = { readonly level: Level; readonly actions: Iterable<number>; readonly seed?: number }

/**
 * Plays an episode again from its level, seed and actions: the same on every machine. `actions` are those that were
 * taken, without any that follow the end of the episode.
 */
export function replay<Parameters, Level>(
  environment: Environment<Parameters, Level>,
  parameters: Parameters,
  given: Given<Level>,
): PlayedEpisode {
  const tally = createTally(environment, parameters)
  for (const step of replayEpisode(environment, parameters, given)) tally.add(step.action, step.simulator)
  return tally.outcome()
}

export type Tally<Level> = {
  /** After a step of slot 0. */
  add(action: number, simulator: Simulator<Level>): void
  outcome(): PlayedEpisode
}

/** Adds up what an episode earns: Σ γ^(t − 1) r, or the mean where the proxy is one. */
export function createTally<Parameters, Level>(
  environment: Pick<Environment<Parameters, Level>, 'horizon' | 'goals' | 'measures'>,
  parameters: Parameters,
): Tally<Level> {
  const { discount } = environment.horizon(parameters)
  const meanProxy = environment.goals[1].aggregate === 'mean'
  const names = environment.measures(parameters).counters
  const actions: number[] = []
  let [trueReturn, proxySum] = [0, 0]
  let ended: EpisodeOutcome['ended'] = 'running'
  let counters: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]))
  return {
    add(action, simulator) {
      const weight = discount ** actions.length
      actions.push(action)
      trueReturn += weight * simulator.goalRewards[0][0]
      proxySum += (meanProxy ? 1 : weight) * simulator.goalRewards[1][0]
      if (simulator.terminated[0] === 1) ended = 'terminated'
      else if (simulator.truncated[0] === 1) ended = 'truncated'
      counters = Object.fromEntries(names.map((name, index) => [name, simulator.counters[index]]))
    },
    outcome() {
      const proxyReturn = meanProxy ? proxySum / Math.max(actions.length, 1) : proxySum
      return { trueReturn, proxyReturn, steps: actions.length, ended, counters, actions }
    },
  }
}
