import { algorithmVersion as evaluationVersion } from '@goalpost/evaluation'
import type { PlannedTask } from '@goalpost/experiments'
import { environmentVersion } from '../../../worlds/environment-version.ts'
import { maxShown } from '../../../worlds/episodes/wrong-goal.ts'
import { suiteWorld } from '../../../worlds/suites/suite-world.ts'
import { workSort } from '../../../worlds/work-sort.ts'
import type { EvaluateInputs } from '../../evaluate-inputs.ts'
import { hiddenPlays } from '../../hidden-plays.ts'
import { countKept, countPlayed } from '../../plan-episodes.ts'
import type { ImportedOptions } from '../../spec.ts'
import { policiesOf, policyNumber } from './imported-policies.ts'

/** Raised whenever policies made elsewhere are fed or read in another way. */
const importingVersion = '1'

/** Of no seed: runs that play the same policy share one evaluation, and its file's hash is part of the identity. */
export function planImported(options: ImportedOptions, seed: number): PlannedTask {
  const { policy } = options
  const { acting, episodesPerLevel, batch } = options.evaluation
  const { input, output, timeLimit } = policy
  const file = policiesOf(policy.onnx)[policyNumber(policy, seed)]
  const suites = options.suites.map((suite) => suiteWorld(options, suite))
  const hidden = hiddenPlays(options, suites)
  const inputs: EvaluateInputs = {
    suites,
    policy: { file, input, output, timeLimit },
    acting,
    episodesPerLevel,
    batch,
    step: 0,
    keepOutcomes: true,
    ...(hidden.length > 0 ? { hidden } : {}),
    recordings: maxShown,
    trajectories: countKept(options),
  }
  return {
    key: 'evaluate@0',
    kind: 'evaluate',
    inputs,
    versions: {
      ...environmentVersion(options.environment),
      evaluation: evaluationVersion,
      importing: importingVersion,
    },
    seed: null,
    needs: [],
    files: [file],
    work: {
      unit: 'episodes',
      amount: countPlayed(suites, { modes: acting, hidden, episodesPerLevel }),
      sort: workSort(options, { policy: file }),
    },
    short: true,
    rank: 2,
  }
}
