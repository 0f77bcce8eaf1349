import type { PlannedTask } from '@goalpost/experiments'
import { maxShown } from '../../../worlds/episodes/wrong-goal.ts'
import { suiteWorld } from '../../../worlds/suites/suite-world.ts'
import {
  evaluateTask,
  evaluationKey,
  type AttackPlays,
  type HelpPlays,
  type TrainedEvaluateInputs,
} from '../../evaluate-task.ts'
import { hiddenPlays } from '../../hidden-plays.ts'
import { countKept, countPlayed, keptOf } from '../../plan-episodes.ts'
import { workSort } from '../../../worlds/work-sort.ts'
import type { TrainedOptions } from '../../spec.ts'
import { groupAlphas, methodBesidePpoOf, playsMixture } from './method-options.ts'
import type { TrainedLevels } from './trained-levels.ts'

export const trainKey = 'train'

type At = { readonly step: number; readonly last: boolean }

/** The evaluation of one checkpoint; that of the last one is the most detailed. */
export function planEvaluation(options: TrainedOptions, seed: number, { step, last }: At): PlannedTask {
  const { acting, episodesPerLevel, batch } = options.evaluation
  const suites = suitesOf(options, last)
  const modes = last ? acting : acting.slice(0, 1)
  const hidden = last ? hiddenPlays(options, suites) : []
  const help = last ? helpPlays(options) : null
  const attack = last ? attackOf(options) : undefined
  return evaluateTask.plan(
    {
      suites,
      network: options.network,
      acting: modes,
      episodesPerLevel,
      batch,
      step,
      keepOutcomes: last,
      ...(hidden.length > 0 ? { hidden } : {}),
      ...(last ? detailsOf(options) : {}),
      ...(help === null ? {} : { help }),
      ...(attack === undefined ? {} : { attack }),
      ...toldOf(options),
      trajectories: last ? countKept(options) : Math.ceil(keptOf(options) / 4),
    },
    {
      key: evaluationKey(step),
      seed,
      needs: [{ key: trainKey, when: last ? { on: 'succeeded' } : { on: 'checkpoint', step } }],
      work: {
        unit: 'episodes',
        amount: countPlayed(suites, { modes, hidden, episodesPerLevel, help, attack }),
        // The last one plays other levels, in more detail.
        sort: workSort(options, { network: options.network, last, ...paceOf(options, attack !== undefined) }),
      },
      // Curves are most useful during training.
      rank: 2,
    },
  )
}

/** Curves need fewer levels than the last evaluation. */
function suitesOf(options: TrainedOptions, last: boolean) {
  const worlds = options.suites.map((suite) => suiteWorld(options, suite))
  if (last) return worlds
  const { curveLevels } = options.evaluation
  return worlds.map((world) => ({ ...world, levels: Math.min(world.levels, curveLevels) }))
}

type Details = Pick<TrainedEvaluateInputs, 'critic' | 'training' | 'recordings' | 'decisions' | 'pointing'>

/** What only the last evaluation keeps. */
function detailsOf(options: TrainedOptions): Details {
  const { critic, decisions } = options.evaluation
  return {
    ...(critic === true ? { critic } : {}),
    ...drawnAgain(options),
    recordings: maxShown,
    ...(decisions === true ? { decisions } : {}),
    ...(methodBesidePpoOf(options)?.kind === 'modular' ? { pointing: true } : {}),
  }
}

/** What makes episodes slower or faster; nothing for most evaluations. */
function paceOf(options: TrainedOptions, attacked: boolean): object {
  const method = methodBesidePpoOf(options)
  return {
    ...(method?.kind === 'ensemble' ? { members: method.members } : {}),
    ...(attacked ? { attacked } : {}),
  }
}

/** Shares of steps with help that are tried; none and all are the ends of the curve. */
const helpShares = [0, 0.05, 0.1, 0.2, 0.4, 0.7, 1]

/** Policies that were trained to be told are told the goal, unless they never were. */
function toldOf(options: TrainedOptions): Pick<TrainedEvaluateInputs, 'told'> {
  const method = methodBesidePpoOf(options)
  if (method?.kind !== 'goal-conditioned') return {}
  return { told: method.instruction === 'none' ? 'nothing' : true }
}

/** Only ensembles can ask for help where they disagree. */
function helpPlays(options: TrainedOptions): HelpPlays | null {
  const method = methodBesidePpoOf(options)
  if (method?.kind !== 'ensemble') return null
  return { shares: helpShares, members: method.members, levels: options.evaluation.curveLevels }
}

function attackOf(options: TrainedOptions): AttackPlays | undefined {
  const { environment, parameters, alpha, evaluation } = options
  return evaluation.attack === undefined ? undefined : { environment, parameters, alpha, ...evaluation.attack }
}

/**
 * Levels of a curriculum depend on its whole training, and told levels on their instruction: they cannot be drawn again.
 * Those of a goal module can.
 */
function drawnAgain(options: TrainedOptions): { readonly training?: TrainedLevels } {
  const { environment, parameters, alpha, levels } = options
  const groups = groupAlphas(options)
  const drawn = { environment, parameters, alpha, ...(groups === null ? {} : { groups }), levels }
  const method = methodBesidePpoOf(options)
  if (method?.kind === 'modular')
    return { training: { ...drawn, goalModule: { alpha: method.goalAlpha ?? alpha, count: method.goalLevels } } }
  return playsMixture(options) ? { training: drawn } : {}
}
