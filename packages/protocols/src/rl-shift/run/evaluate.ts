import type { ArtifactRef, Measure, TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { createPolicy, parsePolicySnapshot, type Policy, type PolicySnapshot } from '@goalpost/learning'
import { createStream, type Stream } from '@goalpost/random'
import { artifactNames } from '../artifact-names.ts'
import type { EvaluateInputs, SuiteWorld } from '../plan.ts'
import { isSecret } from '../secret-suite.ts'
import { createTracer, storeExample, type PlayedSuite } from './example.ts'
import { openImportedPolicy } from './imported-policy.ts'
import { openEngine } from './open-engine.ts'
import { storeRecordings } from './recordings.ts'
import { storeTrajectories } from './trajectories.ts'
import {
  createSimulatorFor,
  openSuite,
  playSuite,
  storeOutcomes,
  summariseOutcomes,
  type PlayableSuite,
} from './suite.ts'

type Evaluation = {
  readonly context: TaskContext
  readonly inputs: EvaluateInputs
  readonly policy: Pick<Policy, 'sampled' | 'greedy'>
  readonly uniform: Stream
}

/** Plays every suite with one policy, a checkpoint's or an uploaded one, in every acting mode. */
export async function evaluatePolicy(context: TaskContext): Promise<TaskResult> {
  const { assignment } = context
  const inputs = assignment.inputs as unknown as EvaluateInputs
  const uniform = createStream(assignment.seed ?? 0).named('evaluation')
  const { policy, close } =
    'policy' in inputs ? await openImported(context, inputs) : await openLearned(context, inputs)
  try {
    return await evaluateSuites({ context, inputs, policy, uniform })
  } finally {
    await close()
  }
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

async function openImported(context: TaskContext, inputs: Extract<EvaluateInputs, { policy: unknown }>) {
  const policy = await openImportedPolicy(context, inputs)
  return { policy, close: () => policy.dispose() }
}

async function evaluateSuites({ context, inputs, policy, uniform }: Evaluation): Promise<TaskResult> {
  const measures: Measure[] = []
  const artifacts: ArtifactRef[] = []
  const total = inputs.suites.length * inputs.acting.length
  for (const world of inputs.suites)
    for (const acting of inputs.acting) {
      const played = await evaluateSuite({ context, inputs, policy, uniform }, world, acting)
      measures.push(...played.measures)
      artifacts.push(...played.artifacts)
      context.progress({ done: measures.length / played.measures.length, total, unit: 'suites' })
    }
  context.series(measures.map(({ name, labels, value }) => ({ series: name, labels, value, x: inputs.step })))
  return { measures, artifacts }
}

async function evaluateSuite(
  { context, inputs, policy, uniform }: Evaluation,
  world: SuiteWorld,
  acting: 'sampled' | 'greedy',
): Promise<TaskResult> {
  const playable = openSuite(world, context.salt)
  const tracer = createTracer(policy[acting], playable.suite.levels)
  const table = await playSuite(playable, {
    simulator: createSimulatorFor(playable, inputs.batch),
    policy: tracer.policy,
    episodesPerLevel: inputs.episodesPerLevel,
    uniform: uniform.named(world.name).named(acting),
    breathe: context.breathe,
  })
  const measures = summariseOutcomes(playable, table, { suite: world.name, acting })
  const main = inputs.keepOutcomes && acting === inputs.acting[0]
  const played = { table, tracer, acting, policy: policyHash(context, inputs) }
  const drawn = isSecret(world) ? [] : await storeEpisodes(context, playable, { inputs, played, main })
  const outcomes = inputs.keepOutcomes
    ? await storeOutcomes(context, artifactNames.outcomes(world.name, acting), table)
    : null
  const kept = [outcomes, ...drawn]
  return { measures, artifacts: kept.filter((artifact) => artifact !== null) }
}

type Shown = {
  readonly inputs: EvaluateInputs
  readonly played: PlayedSuite
  /** Whether the report draws them. */
  readonly main: boolean
}

/** All that shows levels. */
async function storeEpisodes(context: TaskContext, playable: PlayableSuite, { inputs, played, main }: Shown) {
  const trajectories = await storeTrajectories(context, playable, {
    ...played,
    most: inputs.trajectories ?? 0,
    evidence: main,
  })
  const example = main ? await storeExample(context, playable, played) : null
  const recordings = main ? await storeRecordings(context, playable, { ...played, most: inputs.recordings ?? 0 }) : []
  return [example, trajectories, ...recordings]
}

/** SHA-256 of the policy that acts. */
function policyHash({ assignment }: TaskContext, inputs: EvaluateInputs): string {
  return 'policy' in inputs ? inputs.policy.file : findPolicy(assignment).hash
}

function findPolicy({ dependencies: [training] }: TaskContext['assignment']): ArtifactRef {
  const parts = training?.checkpoint?.parts ?? training?.result?.artifacts ?? []
  const part = parts.find(({ name }) => name === artifactNames.policy)
  if (part === undefined) throw new Error('The training left no policy to evaluate')
  return part
}

async function readPolicy({ assignment, artifacts }: TaskContext): Promise<PolicySnapshot> {
  return parsePolicySnapshot(await artifacts.read(findPolicy(assignment).hash))
}
