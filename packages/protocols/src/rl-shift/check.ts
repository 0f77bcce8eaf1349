import type { InputIssue } from '@goalpost/contracts'
import { canonicalJson } from '@goalpost/experiments'
import { checkAttack } from './check-attack.ts'
import { checkKept } from './check-kept.ts'
import { checkMethod } from './check-method.ts'
import { checkNetwork } from './subjects/trained/check-network.ts'
import { methodBesidePpoOf } from './subjects/trained/method-options.ts'
import { policiesOf } from './subjects/imported/imported-policies.ts'
import { isSecret } from '../worlds/suites/secret-suite.ts'
import { type ImportedOptions, type RlShiftOptions, type TrainedOptions } from './spec.ts'
import { environmentOf } from '../worlds/environment-of.ts'
import { suiteWorld } from '../worlds/suites/suite-world.ts'
import { fewestSecretLevels, type Suite } from '../worlds/suites/suite-options.ts'

/** Finds faults that make a well-formed condition meaningless or misleading. */
export function checkOptions(options: RlShiftOptions): readonly InputIssue[] {
  return [
    ...repeatedNames(options.suites),
    ...missingRoles(options.suites),
    ...tooFewSecretLevels(options.suites),
    ...options.suites.flatMap((suite, index) => mislabelled(options, suite, `/suites/${index}`)),
    ...repeatedActing(options),
    ...tooManyEpisodes(options),
    ...continuing(options),
    ...checkKept(options),
    ...criticWithoutWay(options),
    ...checkAttack(options),
    ...(options.policy === undefined ? checkTraining(options) : repeatedPolicies(options)),
  ]
}

function checkTraining(options: TrainedOptions): readonly InputIssue[] {
  return [
    ...indivisibleMinibatches(options),
    ...checkNetwork(options),
    ...oversizedRollout(options),
    ...checkMethod(options),
  ]
}

/** A condition whose goal is taught on levels of the shifted distribution alone misgeneralizes nothing: it is a control. */
export function marksOf(options: RlShiftOptions): readonly string[] {
  const shifted = options.suites.filter(({ role }) => role === 'shifted')
  const { 1: apart } = environmentOf(options.environment).distributions
  const trainsOnShift =
    isTaughtApart(options) &&
    shifted.every((suite) => suite.distribution === apart?.name && !changesWorld(options, suite))
  return trainsOnShift ? ['control'] : []
}

/** Whether every level that the goal is learned from tells it from the proxy, and what is learned from means the goal. */
function isTaughtApart(options: RlShiftOptions): boolean {
  const { alpha } = options
  const method = options.policy === undefined ? methodBesidePpoOf(options) : null
  if (method?.kind === 'modular') return (method.goalAlpha ?? alpha) === 1 && method.pointing === 'goal'
  return alpha === 1 && (method?.kind !== 'judge' || (method.bias === 0 && method.judge === undefined))
}

function repeatedNames(suites: readonly Suite[]): InputIssue[] {
  return suites.flatMap(({ name }, index) =>
    suites.findIndex((other) => other.name === name) < index
      ? [
          {
            pointer: `/suites/${index}/name`,
            message: `Two suites have the name ${name}`,
            remedy: 'Rename one of them',
          },
        ]
      : [],
  )
}

function missingRoles(suites: readonly Suite[]): InputIssue[] {
  const roles = ['in-distribution', 'shifted'] as const
  return roles
    .filter((role) => !suites.some((suite) => suite.role === role))
    .map((role) => ({
      pointer: '/suites',
      message: `No suite has the role ${role}`,
      remedy: 'The verdict compares both: add one, or leave `suites` out to get the default ones',
    }))
}

/** A "shifted" suite must differ from training: else its result says nothing about the shift. */
function mislabelled(options: RlShiftOptions, suite: Suite, pointer: string): InputIssue[] {
  const { environment, alpha } = options
  if (suite.role !== 'shifted' || changesWorld(options, suite)) return []
  const { distributions, shifts } = environmentOf(environment)
  const { 0: agreeing } = distributions
  const equalsTraining = suite.distribution === 'training' && alpha < 1
  if (suite.distribution !== agreeing.name && !equalsTraining) return []
  return [
    {
      pointer: `${pointer}/distribution`,
      message: `The suite ${suite.name} is labelled shifted but has the training levels (${suite.distribution})`,
      remedy: `Give it one of the shifts ${shifts.map(({ name }) => name).join(', ')}, change its parameters, or give it the role in-distribution`,
    },
  ]
}

/** Compares values, not names: naming training's own value changes nothing. */
function changesWorld(options: RlShiftOptions, suite: Suite): boolean {
  const { parameters, observation } = suiteWorld(options, suite)
  return observation !== undefined || canonicalJson(parameters) !== canonicalJson(options.parameters)
}

/** The hash of a suite and its levels' optima are public: all suites of a few small levels can be tried. */
function tooFewSecretLevels(suites: readonly Suite[]): InputIssue[] {
  return suites.flatMap((suite, index) =>
    isSecret(suite) && suite.levels < fewestSecretLevels
      ? [
          {
            pointer: `/suites/${index}/levels`,
            message: `${suite.levels} levels of a secret suite could be guessed`,
            remedy: `Use ${fewestSecretLevels} or more`,
          },
        ]
      : [],
  )
}

/** Two measurements under one name would be ambiguous. */
function repeatedActing({ evaluation: { acting } }: RlShiftOptions): InputIssue[] {
  return acting.flatMap((mode, index) =>
    acting.indexOf(mode) < index
      ? [
          {
            pointer: `/evaluation/acting/${index}`,
            message: `The acting mode ${mode} is listed twice`,
            remedy: 'List it once',
          },
        ]
      : [],
  )
}

/** A rollout of a million samples, 16 times the largest published one, takes gigabytes. */
const maxSamples = 2 ** 20
/** Kept for every policy, and resampled a thousand times by the report. */
const maxEpisodes = 2 ** 20

/** Sizes that are in range singly, but together fit into no machine: refused here before memory runs out. */
function oversizedRollout({ ppo }: TrainedOptions): InputIssue[] {
  const samples = ppo.environments * ppo.rolloutSteps
  const rollout = {
    pointer: '/ppo/rolloutSteps',
    message: `${samples} samples (environments × rolloutSteps) are more than the ${maxSamples} allowed`,
    remedy: 'Use fewer environments or shorter rollouts',
  }
  return samples > maxSamples ? [rollout] : []
}

function tooManyEpisodes({ suites, evaluation: { episodesPerLevel } }: RlShiftOptions): InputIssue[] {
  return suites
    .map(({ levels }, index) => ({ episodes: levels * episodesPerLevel, index }))
    .filter(({ episodes }) => episodes > maxEpisodes)
    .map(({ episodes, index }) => ({
      pointer: `/suites/${index}/levels`,
      message: `${episodes} episodes (levels × episodesPerLevel) are more than the ${maxEpisodes} allowed`,
      remedy: 'Use fewer levels or fewer episodes per level',
    }))
}

/** Counted as two replicates, one policy would look more certain than it is. */
function repeatedPolicies({ policy: { onnx } }: ImportedOptions): InputIssue[] {
  const hashes = policiesOf(onnx)
  return hashes.flatMap((hash, index) => {
    const first = hashes.indexOf(hash)
    if (first === index) return []
    const message = `This policy is already listed, at /policy/onnx/${first}`
    return [{ pointer: `/policy/onnx/${index}`, message, remedy: 'List every policy once: they count as replicates' }]
  })
}

/** A world that is never reset has no episodes to evaluate. */
function continuing(options: RlShiftOptions): InputIssue[] {
  return options.suites.flatMap((suite, index) => {
    const { parameters } = suiteWorld(options, suite)
    if (Number.isFinite(environmentOf(options.environment).horizon(parameters).maxSteps)) return []
    return [
      {
        pointer: `/suites/${index}/parameters`,
        message: `The world of the suite ${suite.name} is never reset: its episodes would not end`,
        remedy: 'Give it a step limit (maxSteps)',
      },
    ]
  })
}

function criticWithoutWay({ environment: name, evaluation, policy }: RlShiftOptions): InputIssue[] {
  if (evaluation.critic !== true) return []
  const pointer = '/evaluation/critic'
  const remedy = 'Leave `critic` out'
  if (policy !== undefined) return [{ pointer, message: 'Imported policies have no critic', remedy }]
  if (environmentOf(name).way !== undefined) return []
  return [{ pointer, message: `${name} has no way along which a critic could be shown`, remedy }]
}

function indivisibleMinibatches({ ppo }: TrainedOptions): InputIssue[] {
  const batch = ppo.environments * ppo.rolloutSteps
  if (batch % ppo.minibatches === 0) return []
  return [
    {
      pointer: '/ppo/minibatches',
      message: `${batch} samples (environments × rolloutSteps) cannot be divided into ${ppo.minibatches} equal minibatches`,
      remedy: 'Choose a divisor of environments × rolloutSteps',
    },
  ]
}
