import { algorithmVersion as evaluationVersion } from '@goalpost/evaluation'
import type { PlannedTask } from '@goalpost/experiments'
import { environmentVersion } from '../../../worlds/environment-version.ts'
import { maxShown } from '../../../worlds/episodes/wrong-goal.ts'
import { suiteWorld } from '../../../worlds/suites/suite-world.ts'
import type { EvaluateInputs } from '../../evaluate-inputs.ts'
import { hiddenPlays } from '../../hidden-plays.ts'
import { countKept, countPlayed, keptOf } from '../../plan-episodes.ts'
import { workSort } from '../../../worlds/work-sort.ts'
import type { TrainedOptions } from '../../spec.ts'
import type { TrainedLevels } from './train-inputs.ts'
import { trainingVersion } from './training-version.ts'

/** The evaluation of one checkpoint; that of the last one says the most. */
export function evaluateTask(options: TrainedOptions, seed: number, at: { step: number; last: boolean }): PlannedTask {
  const { acting, episodesPerLevel, curveLevels, batch } = options.evaluation
  const suites = options.suites.map((suite) => {
    const world = suiteWorld(options, suite)
    return at.last ? world : { ...world, levels: Math.min(world.levels, curveLevels) }
  })
  const modes = at.last ? acting : acting.slice(0, 1)
  const hidden = at.last ? hiddenPlays(options, suites) : []
  const inputs: EvaluateInputs = {
    suites,
    network: options.network,
    acting: modes,
    episodesPerLevel,
    batch,
    step: at.step,
    keepOutcomes: at.last,
    ...(hidden.length > 0 ? { hidden } : {}),
    ...(at.last ? { training: trainedLevels(options) } : {}),
    ...(at.last ? { recordings: maxShown } : {}),
    trajectories: at.last ? countKept(options) : Math.ceil(keptOf(options) / 4),
  }
  return {
    key: `evaluate@${at.step}`,
    kind: 'evaluate',
    inputs,
    versions: { ...environmentVersion(options.environment), evaluation: evaluationVersion, training: trainingVersion },
    seed,
    needs: [{ key: 'train', when: at.last ? { on: 'succeeded' } : { on: 'checkpoint', step: at.step } }],
    work: {
      unit: 'episodes',
      amount: countPlayed(suites, { modes, hidden, episodesPerLevel }),
      // The last one plays other levels, and looks more closely.
      sort: workSort(options, { network: options.network, last: at.last }),
    },
    short: true,
    // Curves are worth most while the training still runs.
    rank: 2,
  }
}

const trainedLevels = ({ environment, parameters, alpha, levels }: TrainedOptions) =>
  ({ environment, parameters, alpha, levels }) as TrainedLevels
