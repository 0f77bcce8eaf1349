import type { EpisodeRecord, PerGoal, Simulator } from './environment.ts'
import { mapGoals } from './map-goals.ts'

/** One step of a replayed episode. */
export type ReplayedStep = {
  readonly action: number
  readonly rewards: PerGoal<number>
  readonly terminated: boolean
  readonly truncated: boolean
}

/**
 * Replays an episode from its level, seed and actions, and yields after every step until the episode ends. `simulator`
 * (slot 0) is at the yielded step until the next one is requested.
 */
export function* replayEpisode<Parameters, Level, Played extends Simulator<Level>>(
  environment: { createSimulator(parameters: Parameters, batch: number): Played },
  parameters: Parameters,
  { level, actions, seed = 0 }: EpisodeRecord & { readonly level: Level },
): Generator<ReplayedStep & { readonly simulator: Played }> {
  const simulator = environment.createSimulator(parameters, 1)
  simulator.reset(0, level, seed)
  for (const action of actions) {
    simulator.step(Uint8Array.of(action))
    const terminated = simulator.terminated[0] === 1
    const truncated = simulator.truncated[0] === 1
    yield {
      action,
      rewards: mapGoals(simulator.goalRewards, ([reward]) => reward),
      terminated,
      truncated,
      simulator,
    }
    if (terminated || truncated) return
  }
}
