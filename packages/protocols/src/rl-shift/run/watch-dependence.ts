import type { Measure } from '@goalpost/contracts'
import { createActionDependence } from '@goalpost/evaluation'
import type { ActingPolicy } from '@goalpost/learning'
import { dependenceMeasure } from '../dependence-measure.ts'
import type { EvaluateInputs } from '../plan.ts'
import type { PlayableSuite } from './suite.ts'

/** Follows how a policy decides on a suite, without touching what it does: over all episodes, whatever comes of them. */
export function watchDependence(
  { environment, suite }: PlayableSuite,
  policy: Pick<ActingPolicy, 'distribution'>,
  { episodesPerLevel }: Pick<EvaluateInputs, 'episodesPerLevel'>,
) {
  const actions = environment.actions.length
  const dependence = createActionDependence(actions, suite.levels.length * episodesPerLevel)
  const probabilities = new Float64Array(actions)
  return {
    onDecision(slot: number, cell: number): void {
      policy.distribution(slot, probabilities)
      dependence.add(cell, probabilities)
    },
    measure: (labels: Record<string, string>): Measure => ({
      name: dependenceMeasure,
      labels,
      value: dependence.bits() ?? { missing: 'this suite has no levels' },
      count: dependence.decisions(),
    }),
  }
}
