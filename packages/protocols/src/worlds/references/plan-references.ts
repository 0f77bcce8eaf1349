import { anchorNamesOf } from '@goalpost/evaluation'
import type { PlannedTask } from '@goalpost/experiments'
import { environmentOf } from '../environment-of.ts'
import { countEpisodes } from '../suites/count-episodes.ts'
import type { Suite } from '../suites/suite-options.ts'
import { suiteWorld, type TrainingWorld } from '../suites/suite-world.ts'
import { workSort } from '../work-sort.ts'
import { referenceTask } from './reference-task.ts'

export const referencesKey = (suite: string) => `references@${suite}`

type Referenced = TrainingWorld & {
  readonly evaluation: { readonly episodesPerLevel: number; readonly batch: number }
}

/** The reference policies on one suite, without a seed, so that all runs share them. */
export function planReferences(options: Referenced, suite: Suite): PlannedTask {
  const { episodesPerLevel, batch } = options.evaluation
  const reference = suiteWorld(options, suite)
  return referenceTask.plan(
    { reference, episodesPerLevel, batch },
    {
      key: referencesKey(suite.name),
      seed: null,
      needs: [],
      work: {
        unit: 'episodes',
        amount:
          anchorNamesOf(environmentOf(options.environment).goals).length * countEpisodes([reference], episodesPerLevel),
        sort: workSort(options, { reference: suite.name }),
      },
      rank: 3,
    },
  )
}
