import type { ArtifactRef, Measure, TaskResult } from '@goalpost/contracts'
import type { Simulator } from '@goalpost/environments'
import type { BatchPolicy } from '@goalpost/evaluation'
import type { TaskContext } from '@goalpost/experiments'
import { createPolicy, type ActingPolicy } from '@goalpost/learning'
import { createStream, type Stream } from '@goalpost/random'
import { artifactNames } from '../../worlds/artifact-names.ts'
import { isSecret } from '../../worlds/suites/secret-suite.ts'
import { createTracer, storeExample, type PlayedSuite } from '../../worlds/run/example-episode.ts'
import { openImportedPolicy } from '../subjects/imported/run/open-policy.ts'
import { openEngine } from '../../worlds/run/open-engine.ts'
import { countAttackPlays, countHelpPlays } from '../extra-plays.ts'
import { findPolicy, readPolicy } from './read-policy.ts'
import { storeAttack } from './store-attack.ts'
import { storeHelp } from './store-help.ts'
import { storePointing } from './store-pointing.ts'
import { tellIfTold } from './tell-goals.ts'
import { watchCritic } from './watch-critic.ts'
import { watchDecisions } from './watch-decisions.ts'
import { watchDependence } from './watch-dependence.ts'
import { storeWrongGoalEpisodes } from '../../worlds/run/wrong-goal-episodes.ts'
import { storeTrainedOn } from '../subjects/trained/run/trained-on.ts'
import { storeKeptEpisodes } from '../../worlds/run/kept-episodes.ts'
import {
  createSimulatorFor,
  openSuite,
  playSuite,
  storeOutcomes,
  summariseOutcomes,
  type PlayableSuite,
} from '../../worlds/run/suite.ts'
import type { EvaluateInputs, ImportedEvaluateInputs } from '../evaluate-task.ts'
import type { HiddenPlay } from '../hidden-play.ts'
import type { SuiteWorld } from '../../worlds/suites/world-inputs.ts'

/** A policy in one acting mode, with the distribution of its last action and, if it has a critic, the value. */
export type PlayedPolicy = BatchPolicy & Pick<ActingPolicy, 'distribution' | 'value'>

export type Evaluation = {
  readonly context: TaskContext
  readonly inputs: EvaluateInputs
  /** Called once for every play of a suite, with its simulator. */
  readonly choose: (acting: Acting, playable: PlayableSuite, simulator: Simulator<unknown>) => PlayedPolicy
  /** SHA-256 of the policy that acts. */
  readonly hash: string
  readonly uniform: Stream
  /** Called after every play of a suite. */
  readonly played: () => void
}

type Acting = EvaluateInputs['acting'][number]

/** Plays every suite with one policy, a checkpoint's or an uploaded one, in every acting mode. */
export async function evaluatePolicy(context: TaskContext, inputs: EvaluateInputs): Promise<TaskResult> {
  const uniform = createStream(context.assignment.seed ?? 0).named('evaluation')
  const { policy, close } =
    'policy' in inputs ? await openImported(context, inputs) : await openLearned(context, inputs)
  try {
    const choose = (acting: Acting, playable: PlayableSuite) => tellIfTold(policy[acting], playable, inputs)
    const progress = countPlays(context, inputs)
    const hash = policyHash(context, inputs)
    const evaluated = await evaluateSuites({ context, inputs, choose, hash, uniform, played: progress })
    const help = await storeHelp(context, inputs, { policy, played: progress })
    const attack = await storeAttack(context, inputs, { policy: policy[inputs.acting[0]], played: progress })
    const pointing = await storePointing(context, inputs)
    return { ...evaluated, artifacts: [...evaluated.artifacts, ...help, ...attack, ...pointing] }
  } finally {
    await close()
  }
}

/** Reports every play of a suite, or of an attack's levels. */
function countPlays(context: TaskContext, inputs: EvaluateInputs): () => void {
  const { suites, acting, hidden = [] } = inputs
  const help = 'help' in inputs && inputs.help !== undefined ? suites.length * countHelpPlays(inputs.help) : 0
  const attack = 'attack' in inputs && inputs.attack !== undefined ? countAttackPlays(inputs.attack) : 0
  const total = suites.length * acting.length + hidden.length + help + attack
  let done = 0
  return () => context.progress({ done: ++done, total, unit: 'suites' })
}

async function openLearned(context: TaskContext, { batch }: EvaluateInputs) {
  const engine = await openEngine(context)
  const close = () => engine.dispose()
  try {
    return { policy: await createPolicy(engine, await readPolicy(context), batch), close }
  } catch (error) {
    close()
    throw error
  }
}

async function openImported(context: TaskContext, inputs: ImportedEvaluateInputs) {
  const policy = await openImportedPolicy(context, inputs)
  return { policy, close: () => policy.dispose() }
}

/** Plays every suite, and the replays with an object hidden, in every acting mode. */
export async function evaluateSuites(evaluation: Evaluation): Promise<TaskResult> {
  const { context, inputs } = evaluation
  const measures: Measure[] = []
  const artifacts: ArtifactRef[] = []
  const hidden = inputs.hidden ?? []
  for (const world of inputs.suites) {
    for (const acting of inputs.acting) {
      const played = await evaluateSuite(evaluation, world, acting)
      measures.push(...played.measures)
      artifacts.push(...played.artifacts)
      evaluation.played()
    }
    for (const play of hidden.filter(({ suite }) => suite === world.name)) {
      artifacts.push(await playWithout(evaluation, world, play))
      evaluation.played()
    }
  }
  if ('training' in inputs && inputs.training !== undefined)
    artifacts.push(...(await storeTrainedOn(context, inputs.suites, inputs.training)))
  context.series(measures.map(({ name, labels, value }) => ({ series: name, labels, value, x: inputs.step })))
  return { measures, artifacts }
}

async function evaluateSuite(
  { context, inputs, choose, hash, uniform }: Evaluation,
  world: SuiteWorld,
  acting: Acting,
): Promise<TaskResult> {
  const playable = openSuite(world, context.salt)
  const simulator = createSimulatorFor(playable, inputs.batch)
  const policy = choose(acting, playable, simulator)
  const tracer = createTracer(policy, playable.suite.levels)
  const dependence = watchDependence(playable, policy, inputs)
  const main = inputs.keepOutcomes && acting === inputs.acting[0]
  const watched = { playable, simulator, policy, episodesPerLevel: inputs.episodesPerLevel }
  const decisions = watchDecisionsOf(playable, policy, inputs)
  const critic = main && inputs.critic === true ? watchCritic(watched) : null
  const table = await playSuite(playable, {
    simulator,
    policy: tracer.policy,
    episodesPerLevel: inputs.episodesPerLevel,
    uniform: uniform.named(world.name).named(acting),
    onDecision(slot, cell) {
      dependence.onDecision(slot, cell)
      decisions?.onDecision(slot, cell)
      critic?.onDecision(slot, cell)
    },
    yieldToEventLoop: context.yieldToEventLoop,
  })
  const labels = { suite: world.name, acting }
  const measures = [...summariseOutcomes(playable, table, labels), dependence.measure(labels)]
  const played = {
    table,
    tracer,
    acting,
    policy: hash,
    ...(decisions === null ? {} : { decisionsOn: decisions.on }),
  }
  const drawn = isSecret(world) ? [] : await storeEpisodes(context, playable, { inputs, played, main })
  const outcomes = inputs.keepOutcomes
    ? await storeOutcomes(context, artifactNames.outcomes(world.name, acting), table)
    : null
  const kept = [outcomes, ...drawn, critic === null ? null : await critic.store(context)]
  return { measures, artifacts: kept.filter((artifact) => artifact !== null) }
}

/** Same levels, episode seeds and draws as with the object: a policy that ignores it plays the same episodes. */
async function playWithout(
  { context, inputs, choose, uniform }: Evaluation,
  world: SuiteWorld,
  { object, channels }: HiddenPlay,
): Promise<ArtifactRef> {
  const [acting] = inputs.acting
  const playable = openSuite({ ...world, observation: { hide: channels } }, context.salt)
  const simulator = createSimulatorFor(playable, inputs.batch)
  const table = await playSuite(playable, {
    simulator,
    policy: choose(acting, playable, simulator),
    episodesPerLevel: inputs.episodesPerLevel,
    uniform: uniform.named(world.name).named(acting),
    yieldToEventLoop: context.yieldToEventLoop,
  })
  return storeOutcomes(context, artifactNames.hiddenOutcomes(world.name, acting, object), table)
}

function watchDecisionsOf(
  { environment, suite }: PlayableSuite,
  policy: PlayedPolicy,
  { decisions, episodesPerLevel }: EvaluateInputs,
) {
  if (decisions !== true) return null
  return watchDecisions({ actions: environment.actions.length, policy, episodesPerLevel, levels: suite.levels.length })
}

type Shown = {
  readonly inputs: EvaluateInputs
  readonly played: PlayedSuite & Pick<Parameters<typeof storeKeptEpisodes>[2], 'decisionsOn'>
  /** Whether the report draws them. */
  readonly main: boolean
}

/** Everything that shows levels. */
async function storeEpisodes(context: TaskContext, playable: PlayableSuite, { inputs, played, main }: Shown) {
  const trajectories = await storeKeptEpisodes(context, playable, {
    ...played,
    most: inputs.trajectories ?? 0,
    evidence: main,
  })
  const example = main ? await storeExample(context, playable, played) : null
  const recordings = main
    ? await storeWrongGoalEpisodes(context, playable, { ...played, most: inputs.recordings ?? 0 })
    : []
  return [example, trajectories, ...recordings]
}

/** SHA-256 of the policy that acts. */
function policyHash({ assignment }: TaskContext, inputs: EvaluateInputs): string {
  return 'policy' in inputs ? inputs.policy.file : findPolicy(assignment).hash
}
