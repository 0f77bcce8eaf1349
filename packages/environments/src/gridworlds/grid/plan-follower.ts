import { stay, type ReferencePolicy, type Simulator } from '../../environment.ts'
import type { CreateOracle } from './define-gridworld.ts'

/**
 * Follows a plan made at the start of each episode, and stands still at its end: an oracle of a deterministic world.
 * Plans are kept as long as a slot plays the same level.
 * @param planOf the actions from the first step on
 */
export function createPlanFollower<Level>(
  simulator: Simulator<Level>,
  levelOf: (index: number) => Level,
  planOf: (level: Level) => readonly number[],
): ReferencePolicy {
  const levels: (Level | undefined)[] = Array.from({ length: simulator.batch })
  const plans: (readonly number[])[] = Array.from({ length: simulator.batch }, () => [])

  function planFor(index: number): readonly number[] {
    const level = levelOf(index)
    if (levels[index] !== level) {
      levels[index] = level
      plans[index] = planOf(level)
    }
    return plans[index]
  }

  return {
    act(actions) {
      for (let i = 0; i < simulator.batch; i++) {
        const plan = planFor(i)
        const step = simulator.steps[i]
        actions[i] = step < plan.length ? plan[step] : stay
      }
    },
  }
}

/** An oracle that plans each episode at its start. */
export function planning<Parameters, Level>(
  planOf: (level: Level, parameters: Parameters) => readonly number[],
): CreateOracle<Parameters, Level> {
  return ({ parameters, simulator, levelOf }) =>
    createPlanFollower(simulator, levelOf, (level) => planOf(level, parameters))
}
