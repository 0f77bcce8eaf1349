import type { InputIssue } from '@goalpost/contracts'
import { stay } from '@goalpost/environments'
import { environmentOf } from '../worlds/environment-of.ts'
import { checkHostedJudge, checkJudgedGoals } from './check-judge.ts'
import type { TrainedOptions } from './spec.ts'
import { isContinuing } from '../worlds/is-continuing.ts'
import { tellableGoal } from './told-goal.ts'
import { curriculumOf, type CurriculumOptions } from './subjects/trained/method-options.ts'

/** Refuses methods that the world, the rollout or the levels do not allow. */
export function checkMethod(options: TrainedOptions): readonly InputIssue[] {
  const method = curriculumOf(options)
  const searching = searchingOf(options)
  if (searching !== null)
    return [
      ...missingSearchAbilities(options, searching),
      ...shortRollout(options, searching),
      ...fixedLevels(options, searching),
    ]
  if (method === null)
    return [...checkGroups(options), ...checkEnsemble(options), ...checkInstruction(options), ...checkJudge(options)]
  return [
    ...missingAbilities(options, method),
    ...shortRollout(options, method),
    ...fixedLevels(options, method),
    ...smallBuffer(options, method),
  ]
}

/** Refuses groups of levels that α, the levels or the number of environments do not allow. */
function checkGroups({ alpha, levels, method, ppo }: TrainedOptions): readonly InputIssue[] {
  if (typeof method !== 'object' || method.kind !== 'invariance') return []
  const { groups } = method
  const refuse = (pointer: string, message: string, remedy: string): InputIssue => ({ pointer, message, remedy })
  return [
    ...(alpha > 0 && alpha <= 0.5
      ? []
      : [
          refuse(
            '/alpha',
            `invariance draws groups of levels with shares from 0 to 2α, which is impossible or all the same for α = ${alpha}`,
            'Use an α above 0 and up to 0.5',
          ),
        ]),
    ...(levels === 'fresh'
      ? []
      : [refuse('/levels', `invariance draws new levels by group, not ${levels} fixed ones`, 'Leave out `levels`')]),
    ...(ppo.environments % groups === 0
      ? []
      : [
          refuse(
            '/ppo/environments',
            `${ppo.environments} environments cannot be divided into ${groups} equal groups`,
            `Use a multiple of ${groups}`,
          ),
        ]),
  ]
}

/** Members play their own episodes, and ask on levels of suites. */
function checkEnsemble({ environment: name, parameters, method }: TrainedOptions): readonly InputIssue[] {
  if (typeof method !== 'object' || method.kind !== 'ensemble') return []
  if (!isContinuing(environmentOf(name), parameters)) return []
  return [
    {
      pointer: '/method/kind',
      message: 'an ensemble needs episodes that end, and these do not',
      remedy: 'Set the parameter maxSteps, or use ppo',
    },
  ]
}

/** Refuses worlds in which no place of a goal can be told, and levels of a fixed number. */
function checkInstruction({
  environment: name,
  parameters,
  levels,
  method,
  network,
}: TrainedOptions): readonly InputIssue[] {
  if (typeof method !== 'object' || (method.kind !== 'goal-conditioned' && method.kind !== 'modular')) return []
  const { kind } = method
  const unable = {
    pointer: '/method/kind',
    message: `${kind} tells the place of the goal, and moves it, which ${name} does not allow`,
    remedy: 'Use corner or dish, with bits as observations',
  }
  const fixed = {
    pointer: '/levels',
    message: `${kind} moves goals in new levels, not in ${levels} fixed ones`,
    remedy: 'Leave out `levels`',
  }
  const remembering = {
    pointer: '/network/kind',
    message: 'modular joins two modules that decide by what is seen now, and an LSTM remembers',
    remedy: 'Use mlp, conv or impala',
  }
  return [
    ...(kind === 'modular' && network.kind === 'lstm' ? [remembering] : []),
    ...(tellableGoal(environmentOf(name), parameters) === null ? [unable] : []),
    ...(levels === 'fresh' ? [] : [fixed]),
  ]
}

/** A judge reads whole episodes, and says yes or no. */
function checkJudge(options: TrainedOptions): readonly InputIssue[] {
  const { method } = options
  if (typeof method !== 'object' || method.kind !== 'judge') return []
  return [...checkJudgedGoals(options), ...checkHostedJudge(options), ...shortRollout(options, method)]
}

function missingAbilities({ environment: name }: TrainedOptions, method: CurriculumOptions): InputIssue[] {
  const { design, solve } = environmentOf(name)
  const needsSolver = 'regret' in method && method.regret === 'oracle-latest'
  const noSolver = {
    pointer: '/method/regret',
    message: `oracle-latest needs the optimum of every level, and ${name} has no solver`,
    remedy: 'Use max-latest',
  }
  const noEdits = {
    pointer: '/method/kind',
    message: `accel edits levels, and ${name} has no edits`,
    remedy: 'Use plr, which only replays levels',
  }
  return [
    ...(needsSolver && solve === undefined ? [noSolver] : []),
    ...(method.kind === 'accel' && design === undefined ? [noEdits] : []),
  ]
}

type Scoring = Pick<CurriculumOptions, 'kind'> | Searching | { readonly kind: 'judge' }
type Searching = Extract<TrainedOptions['method'], { readonly kind: 'adversarial' | 'paired' }>

/** A method that looks for levels on which the policy fails. */
function searchingOf({ method }: TrainedOptions): Searching | null {
  if (typeof method !== 'object') return null
  return method.kind === 'adversarial' || method.kind === 'paired' ? method : null
}

function missingSearchAbilities({ environment: name, parameters }: TrainedOptions, method: Searching): InputIssue[] {
  const { design } = environmentOf(name)
  const refuse = (message: string, remedy: string, pointer = '/method/kind') => [{ pointer, message, remedy }]
  if (method.kind === 'adversarial')
    return design === undefined
      ? refuse(
          `adversarial edits levels and knows their optimum, and ${name} has neither`,
          'Use plr, which only replays levels',
        )
      : []
  const building = design?.building
  if (building === undefined) return refuse(`paired builds levels, which ${name} does not allow`, 'Use corner')
  const [rows, columns] = building.extent(parameters)
  const cells = rows * columns
  if (cells >= stay)
    return refuse(`paired chooses among ${cells} cells, and ${stay - 1} are the most`, 'Use a smaller size')
  return method.walls + 2 <= cells
    ? []
    : refuse(`${method.walls} walls, start and goal do not fit into ${cells} cells`, 'Use fewer walls', '/method/walls')
}

/** Every level is scored by episodes that end within one rollout. */
function shortRollout({ environment, parameters, ppo }: TrainedOptions, { kind }: Scoring): InputIssue[] {
  const { maxSteps } = environmentOf(environment).horizon(parameters)
  if (ppo.rolloutSteps >= maxSteps) return []
  if (!Number.isFinite(maxSteps))
    return [
      {
        pointer: '/method/kind',
        message: `${kind} scores levels by their episodes, and these episodes do not end`,
        remedy: 'Set the parameter maxSteps, or use ppo',
      },
    ]
  return [
    {
      pointer: '/ppo/rolloutSteps',
      message: `${kind} plays each level to its end, which takes up to ${maxSteps} steps (maxSteps), more than the ${ppo.rolloutSteps} of a rollout`,
      remedy: `Set rolloutSteps to ${maxSteps} or more`,
    },
  ]
}

function fixedLevels({ levels }: TrainedOptions, { kind }: Scoring): InputIssue[] {
  if (levels === 'fresh') return []
  const message = `${kind} chooses among new levels, not among ${levels} fixed ones`
  return [{ pointer: '/levels', message, remedy: 'Leave out `levels`' }]
}

function smallBuffer({ ppo }: TrainedOptions, { kind, bufferSize }: CurriculumOptions): InputIssue[] {
  if (bufferSize >= ppo.environments) return []
  return [
    {
      pointer: '/method/bufferSize',
      message: `${kind} replays ${ppo.environments} different levels at once (ppo.environments), more than the ${bufferSize} of its buffer`,
      remedy: `Set bufferSize to ${ppo.environments} or more`,
    },
  ]
}
