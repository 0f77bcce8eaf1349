import type { PlannedTask } from '@goalpost/experiments'
import { environmentOf } from '../worlds/environment-of.ts'
import { isContinuing } from '../worlds/is-continuing.ts'
import type { TrainingWorld } from '../worlds/suites/suite-world.ts'
import { continuingReferenceTask } from './reference-task.ts'

export const continuingReferencesKey = 'references@never-ending'

/**
 * Many short streams: greedy policies soon leave the situations that they start in, and would otherwise be measured
 * only in the last one.
 */
const extent = { streams: 4096, stepsPerStream: 64, seed: 0 }

/** The reference policies' tasks in the same world; none if it has episodes. */
export function planContinuingReferences({
  environment: name,
  parameters,
}: Pick<TrainingWorld, 'environment' | 'parameters'>): PlannedTask[] {
  const environment = environmentOf(name)
  if (!isContinuing(environment, parameters)) return []
  const { 0: first, 1: apart } = environment.distributions
  const distribution = (apart ?? first).name
  return [
    continuingReferenceTask.plan(
      { anchors: { environment: name, parameters, distribution, ...extent } },
      {
        key: continuingReferencesKey,
        seed: null,
        needs: [],
        work: { unit: 'environment steps', amount: 3 * extent.streams * extent.stepsPerStream },
        rank: 3,
      },
    ),
  ]
}
