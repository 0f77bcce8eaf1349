import type { PlannedTask } from '@goalpost/experiments'
import { maxShown } from '../../../worlds/episodes/wrong-goal.ts'
import { suiteWorld } from '../../../worlds/suites/suite-world.ts'
import { workSort } from '../../../worlds/work-sort.ts'
import { evaluateTask, evaluationKey } from '../../evaluate-task.ts'
import { hiddenPlays } from '../../hidden-plays.ts'
import { countKept, countPlayed } from '../../plan-episodes.ts'
import type { ImportedOptions } from '../../spec.ts'
import { policiesOf, policyNumber } from './imported-policies.ts'

/** Without a seed: runs of the same policy share one evaluation, and its file's hash is part of the identity. */
export function planImported(options: ImportedOptions, seed: number): PlannedTask {
  const { policy } = options
  const { acting, episodesPerLevel, batch } = options.evaluation
  const { input, output, timeLimit } = policy
  const file = policiesOf(policy.onnx)[policyNumber(policy, seed)]
  const suites = options.suites.map((suite) => suiteWorld(options, suite))
  const hidden = hiddenPlays(options, suites)
  return evaluateTask.plan(
    {
      suites,
      policy: { file, input, output, timeLimit },
      acting,
      episodesPerLevel,
      batch,
      step: 0,
      keepOutcomes: true,
      ...(hidden.length > 0 ? { hidden } : {}),
      recordings: maxShown,
      ...(options.evaluation.decisions === true ? { decisions: true as const } : {}),
      trajectories: countKept(options),
    },
    {
      key: evaluationKey(0),
      seed: null,
      needs: [],
      files: [file],
      work: {
        unit: 'episodes',
        amount: countPlayed(suites, { modes: acting, hidden, episodesPerLevel, help: null, attack: undefined }),
        sort: workSort(options, { policy: file }),
      },
      rank: 2,
    },
  )
}
