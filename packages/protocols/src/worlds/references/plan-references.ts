import { algorithmVersion as evaluationVersion, anchorNamesOf, openLoopVersion } from '@goalpost/evaluation'
import type { PlannedTask } from '@goalpost/experiments'
import { environmentOf } from '../environment-of.ts'
import { environmentVersion } from '../environment-version.ts'
import { countEpisodes } from '../suites/count-episodes.ts'
import type { Suite } from '../suites/suite-options.ts'
import { workSort } from '../work-sort.ts'
import { suiteWorld, type SuiteWorld, type TrainingWorld } from '../suites/suite-world.ts'

export type ReferenceInputs = {
  readonly reference: SuiteWorld
  readonly episodesPerLevel: number
  readonly batch: number
}

export const referencesKey = (suite: string) => `references@${suite}`

type Referenced = TrainingWorld & {
  readonly evaluation: { readonly episodesPerLevel: number; readonly batch: number }
}

/** The reference policies on one suite: of no seed, so that all runs share them. */
export function referenceTask(options: Referenced, suite: Suite): PlannedTask {
  const { episodesPerLevel, batch } = options.evaluation
  const reference = suiteWorld(options, suite)
  const inputs: ReferenceInputs = { reference, episodesPerLevel, batch }
  return {
    key: referencesKey(suite.name),
    kind: 'evaluate',
    inputs,
    versions: {
      ...environmentVersion(options.environment),
      evaluation: evaluationVersion,
      openLoop: openLoopVersion,
    },
    seed: null,
    needs: [],
    withoutEngine: true,
    short: true,
    work: {
      unit: 'episodes',
      amount:
        anchorNamesOf(environmentOf(options.environment).goals).length * countEpisodes([reference], episodesPerLevel),
      sort: workSort(options, { reference: suite.name }),
    },
    rank: 3,
  }
}
