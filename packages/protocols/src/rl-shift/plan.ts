import type { JsonObject } from '@goalpost/contracts'
import { changeParameters, findHidden, type Environment, type ObservationTransform } from '@goalpost/environments'
import { algorithmVersion as evaluationVersion, anchorNames, openLoopVersion } from '@goalpost/evaluation'
import { hashJson, type PlannedTask } from '@goalpost/experiments'
import { environmentOf } from './complete.ts'
import { planAnchors } from './endless/plan-anchors.ts'
import { hiddenPlays, type HiddenPlay } from './hidden-plays.ts'
import { policiesOf, policyNumber } from './imported-policies.ts'
import type { ImportedOptions, NetworkOptions, PpoOptions, RlShiftOptions, Suite, TrainedOptions } from './spec.ts'
import { mostShown } from './wrong-goal.ts'

/** Raised whenever networks, rollouts or updates compute something else, or leave something else. */
const trainingVersion = '4'

/** Raised whenever policies made elsewhere are fed or read in another way. */
const importingVersion = '1'

/** The world of one suite, in full: equal worlds have equal hashes, whichever condition they belong to. */
export type SuiteWorld = {
  readonly name: string
  readonly environment: string
  readonly parameters: JsonObject
  /** Share of levels from the environment's second distribution, or the name of the only one. */
  readonly levelsFrom: { readonly alpha: number } | { readonly distribution: string }
  readonly levels: number
  /** Of a secret suite: the hash of the salt, and the levels of the whole suite, of which curves play the first ones. */
  readonly seed: number | { readonly secret: string; readonly levels: number }
  /** Of what is hidden, the channels. */
  readonly observation?: ObservationTransform
}

export type TrainInputs = {
  readonly environment: string
  readonly parameters: JsonObject
  readonly alpha: number
  readonly levels: TrainedOptions['levels']
  readonly iterations: number
  /** Iterations after which the policy and the training state are kept; the first is 0, the last is the end. */
  readonly checkpoints: readonly number[]
  readonly network: NetworkOptions
  readonly ppo: PpoOptions
}

/** Whose policy is evaluated: the one that the needed training left, or one from an uploaded file. */
export type EvaluateInputs = Evaluated & {
  readonly suites: readonly SuiteWorld[]
  readonly acting: readonly ('sampled' | 'greedy')[]
  readonly episodesPerLevel: number
  readonly batch: number
  /** Environment steps that the evaluated policy was trained for. */
  readonly step: number
  /** Whether the outcome of every level is kept, for verdicts and comparisons. */
  readonly keepOutcomes: boolean
  /** Suites that are played once more with an object out of sight, in the first acting mode; none where left out. */
  readonly hidden?: readonly HiddenPlay[]
  /** Episodes of each suite that are kept to be looked at, those that pursue the wrong goal; none where left out. */
  readonly recordings?: number
  /** Episodes of each suite and acting mode whose actions are kept; none where left out. */
  readonly trajectories?: number
}

/** Whose levels the evaluation looks for in its suites, at the end of a training; nowhere, where left out. */
type Trained = { readonly network: NetworkOptions; readonly training?: TrainedLevels }
export type TrainedLevels = Pick<TrainInputs, 'environment' | 'parameters' | 'alpha' | 'levels'>

type Evaluated = Trained | { readonly policy: ImportedPolicyInputs }

export type ImportedPolicyInputs = {
  /** Hash of the ONNX file. */
  readonly file: string
  readonly input: string
  readonly output: string
  readonly timeLimit: number
}

export type ReferenceInputs = {
  readonly reference: SuiteWorld
  readonly episodesPerLevel: number
  readonly batch: number
}

/**
 * train → checkpoints → one evaluation per checkpoint, or the evaluation of a policy made elsewhere; beside the reference
 * policies on every suite.
 */
export function planRun(options: RlShiftOptions, seed: number): readonly PlannedTask[] {
  const learned = options.policy === undefined ? planTraining(options, seed) : [importedTask(options, seed)]
  return [...learned, ...options.suites.map((suite) => referenceTask(options, suite))]
}

function planTraining(options: TrainedOptions, seed: number): PlannedTask[] {
  const steps = checkpointSteps(options)
  return [
    trainTask(options, seed),
    ...steps.map((step) => evaluateTask(options, seed, { step, last: step === steps.at(-1) })),
    ...planAnchors(options),
  ]
}

export const stepsPerIteration = ({ ppo }: Pick<TrainedOptions, 'ppo'>) => ppo.environments * ppo.rolloutSteps

function checkpointIterations(options: TrainedOptions): number[] {
  const iterations = Math.max(1, Math.ceil(options.steps / stepsPerIteration(options)))
  const count = options.evaluation.checkpoints
  const even = Array.from({ length: count + 1 }, (_, index) => Math.round((index * iterations) / count))
  return [...new Set(even)]
}

/** Environment steps at which checkpoints are kept: the untrained network at 0, the trained one at the end. */
export function checkpointSteps(options: TrainedOptions): number[] {
  return checkpointIterations(options).map((iteration) => iteration * stepsPerIteration(options))
}

function trainTask(options: TrainedOptions, seed: number): PlannedTask {
  const checkpoints = checkpointIterations(options)
  const iterations = checkpoints.at(-1) ?? 1
  const { environment, parameters, alpha, levels, network, ppo } = options
  const inputs: TrainInputs = {
    environment,
    parameters,
    alpha,
    levels,
    iterations,
    checkpoints,
    network,
    ppo,
  } as TrainInputs
  return {
    key: 'train',
    kind: 'train',
    inputs,
    versions: { ...environmentVersion(environment), training: trainingVersion },
    seed,
    needs: [],
    work: {
      unit: 'environment steps',
      amount: iterations * stepsPerIteration(options),
      sort: workSort(options, { network, ppo }),
    },
    rank: 0,
  }
}

function evaluateTask(options: TrainedOptions, seed: number, at: { step: number; last: boolean }): PlannedTask {
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
    ...(at.last ? { recordings: mostShown } : {}),
    trajectories: at.last ? trajectoriesOf(options) : Math.ceil(recordedOf(options) / 4),
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
      amount: episodesOf(playsOf(suites, { modes, hidden }), episodesPerLevel),
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

/** Of no seed: runs that play the same policy share one evaluation, and its file's hash is part of the identity. */
function importedTask(options: ImportedOptions, seed: number): PlannedTask {
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
    recordings: mostShown,
    trajectories: trajectoriesOf(options),
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
      amount: episodesOf(playsOf(suites, { modes: acting, hidden }), episodesPerLevel),
      sort: workSort(options, { policy: file }),
    },
    short: true,
    rank: 2,
  }
}

/** As many as are drawn, or as the inference about agents and devices wants. */
function trajectoriesOf(options: RlShiftOptions): number {
  const inferred = environmentOf(options.environment).agency === undefined ? 0 : options.analysis?.agency.trajectories
  return Math.max(recordedOf(options), inferred ?? 0)
}

/** Experiments that were accepted before anything was recorded say nothing of it. */
const recordedOf = ({ evaluation }: Pick<RlShiftOptions, 'evaluation'>) => evaluation.recorded ?? 0

function referenceTask(options: RlShiftOptions, suite: Suite): PlannedTask {
  const { episodesPerLevel, batch } = options.evaluation
  const reference = suiteWorld(options, suite)
  const inputs: ReferenceInputs = { reference, episodesPerLevel, batch }
  return {
    key: `references@${suite.name}`,
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
      amount: anchorNames.length * episodesOf([reference], episodesPerLevel),
      sort: workSort(options, { reference: suite.name }),
    },
    rank: 3,
  }
}

export function suiteWorld(options: RlShiftOptions, suite: Suite): SuiteWorld {
  const environment = environmentOf(options.environment)
  const parameters = changeParameters(environment, options.parameters, suite.parameters) as JsonObject
  return {
    name: suite.name,
    environment: environment.name,
    parameters,
    levelsFrom: suite.distribution === 'training' ? { alpha: options.alpha } : { distribution: suite.distribution },
    levels: suite.levels,
    seed: typeof suite.seed === 'number' ? suite.seed : { ...suite.seed, levels: suite.levels },
    ...(suite.observation === undefined
      ? {}
      : { observation: seenThrough(environment, parameters, suite.observation) }),
  }
}

/** Objects become channels, so that a task says in full what its policy does not see. */
function seenThrough(environment: Environment, parameters: unknown, given: ObservationTransform): ObservationTransform {
  return typeof given === 'string' ? given : { hide: findHidden(environment, parameters, given.hide).channels }
}

/** Every suite in every acting mode, and what is played again. */
function playsOf(
  suites: readonly SuiteWorld[],
  { modes, hidden }: { readonly modes: readonly string[]; readonly hidden: readonly HiddenPlay[] },
): SuiteWorld[] {
  return [
    ...modes.flatMap(() => suites),
    ...hidden.flatMap(({ suite }) => suites.filter((world) => world.name === suite)),
  ]
}

function episodesOf(suites: readonly SuiteWorld[], episodesPerLevel: number): number {
  return suites.reduce((sum, { levels }) => sum + levels * episodesPerLevel, 0)
}

/** Equal numbers of steps or episodes take equally long in one world and with one network. */
function workSort({ environment, parameters }: RlShiftOptions, dear: object): string {
  return hashJson({ environment, parameters, ...dear } as JsonObject).slice(0, 16)
}

function environmentVersion(name: string): Record<string, string> {
  return { environment: `${name}@${environmentOf(name).version}` }
}
