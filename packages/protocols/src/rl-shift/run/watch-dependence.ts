import type { Measure } from '@goalpost/contracts'
import { createActionDependence } from '@goalpost/evaluation'
import type { ActingPolicy } from '@goalpost/learning'
import { dependenceMeasure } from '../dependence-measure.ts'
import type { PlayableSuite } from '../../worlds/run/suite.ts'
import type { EvaluateInputs } from '../evaluate-task.ts'

/**
 * Episodes of a suite whose decisions are recorded: all of them would cost a small network a sixth of its time, and add
 * little.
 */
const maxWatched = 256

/**
 * Records a policy's decisions on a suite, without changing them: in episodes evenly spread over the levels, solvable
 * or not, with any outcome.
 */
export function watchDependence(
  { environment, suite }: Pick<PlayableSuite, 'environment' | 'suite'>,
  policy: Pick<ActingPolicy, 'distribution'>,
  { episodesPerLevel }: Pick<EvaluateInputs, 'episodesPerLevel'>,
) {
  const actions = environment.actions.length
  const episodes = suite.levels.length * episodesPerLevel
  const stride = Math.max(1, Math.ceil(episodes / maxWatched))
  const dependence = createActionDependence(actions, Math.ceil(episodes / stride))
  const probabilities = new Float64Array(actions)
  return {
    onDecision(slot: number, cell: number): void {
      if (cell % stride !== 0) return
      policy.distribution(slot, probabilities)
      dependence.add(cell / stride, probabilities)
    },
    measure: (labels: Record<string, string>): Measure => ({
      name: dependenceMeasure,
      labels,
      value: dependence.bits() ?? { missing: 'this suite has no levels' },
      count: dependence.decisions(),
    }),
  }
}
