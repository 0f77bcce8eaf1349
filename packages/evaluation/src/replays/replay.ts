import { mapGoals, replayEpisode, type Environment, type PerGoal, type Simulator } from '@goalpost/environments'

/** An episode's outcome, from the simulator. Returns are measured as on every suite. */
export type EpisodeOutcome = {
  readonly returns: PerGoal<number>
  readonly steps: number
  /** `running`: the actions ended before the episode did. */
  readonly ended: 'terminated' | 'truncated' | 'running'
  /** By the names of the environment's measure table. */
  readonly counters: Readonly<Record<string, number>>
}

export type PlayedEpisode = EpisodeOutcome & { readonly actions: readonly number[] }

type Given<Level> = { readonly level: Level; readonly actions: Iterable<number>; readonly seed?: number }

/**
 * Replays an episode from its level, seed and actions: the same on every machine. `actions` are the actions taken,
 * without any after the end of the episode.
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

/** Adds up each goal's return: Σ γ^(t − 1) r, or the mean of r over steps if the goal's aggregate is `mean`. */
export function createTally<Parameters, Level>(
  environment: Pick<Environment<Parameters, Level>, 'horizon' | 'goals' | 'measures'>,
  parameters: Parameters,
): Tally<Level> {
  const { discount } = environment.horizon(parameters)
  const { goals } = environment
  const sums = new Float64Array(goals.length)
  const names = environment.measures(parameters).counters
  const actions: number[] = []
  let ended: EpisodeOutcome['ended'] = 'running'
  let counters: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]))
  return {
    add(action, simulator) {
      const weight = discount ** actions.length
      actions.push(action)
      for (const [goal, { aggregate }] of goals.entries())
        sums[goal] += (aggregate === 'mean' ? 1 : weight) * simulator.goalRewards[goal][0]
      if (simulator.terminated[0] === 1) ended = 'terminated'
      else if (simulator.truncated[0] === 1) ended = 'truncated'
      counters = Object.fromEntries(names.map((name, index) => [name, simulator.counters[index]]))
    },
    outcome() {
      const returns = mapGoals(goals, ({ aggregate }, goal) =>
        aggregate === 'mean' ? sums[goal] / Math.max(actions.length, 1) : sums[goal],
      )
      return { returns, steps: actions.length, ended, counters, actions }
    },
  }
}
