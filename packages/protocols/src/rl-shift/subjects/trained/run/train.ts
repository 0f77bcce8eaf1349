import {
  GoalpostError,
  onnxMediaType,
  type ArtifactRef,
  type Checkpoint,
  type Measure,
  type TaskResult,
} from '@goalpost/contracts'
import type { Engine } from '@goalpost/engine'
import type { TaskContext } from '@goalpost/experiments'
import {
  createNetwork,
  exportPolicy,
  NotFiniteError,
  parsePolicySnapshot,
  toldChannel,
  type Method,
  type PolicyOrigin,
  type Training,
} from '@goalpost/learning'
import { createStream } from '@goalpost/random'
import { isDamaged, isLost } from '../../../../is-damaged.ts'
import { artifactNames } from '../../../../worlds/artifact-names.ts'
import { createWindowLog, type WindowLog } from '../../../../continuing/window-log.ts'
import { openEngine } from '../../../../worlds/run/open-engine.ts'
import { keepCurriculum } from './keep-curriculum.ts'
import { instructorFor } from './instructor.ts'
import { levelBuilder } from './level-builder.ts'
import { openHostedJudge, type HostedJudge } from './hosted-judge.ts'
import { journalArtifact } from '../../../../hosted/run/answer-journal.ts'
import { levelTools } from './level-tools.ts'
import { methodOf } from './methods.ts'
import { createTrainingCurve, type TrainingCurve } from './training-curve.ts'
import { goalModuleLevels, storeLevelsDrawn, trainingLevels } from '../training-levels.ts'
import { narratorFor } from './narrator.ts'
import { environmentOf } from '../../../../worlds/environment-of.ts'
import { isContinuing } from '../../../../worlds/is-continuing.ts'
import type { JudgeEndpoint } from '../judge-endpoint.ts'
import type { TrainInputs } from '../train-task.ts'

/** Trains one policy and keeps checkpoints, from any of which a later attempt can resume. */
export async function train(context: TaskContext, inputs: TrainInputs): Promise<TaskResult> {
  const method = methodOf(inputs)
  const judge = await openJudge(method, { inputs, context })
  const engine = await openEngine(context)
  const training = await start(method, engine, { inputs, context, judge })
  try {
    const session = { method, training, inputs, context, judge, ...openRecords(inputs) }
    await resume(session)
    return await trainToEnd(session)
  } catch (error) {
    if (error instanceof NotFiniteError) throw new GoalpostError('not-finite', error.message, { cause: error })
    throw error
  } finally {
    training.dispose()
    engine.dispose()
  }
}

type Task = { readonly inputs: TrainInputs; readonly context: TaskContext }
/** Null unless a model judges. */
type Judged = { readonly judge: HostedJudge | null }

async function openJudge(method: Method, { inputs, context }: Task): Promise<HostedJudge | null> {
  const endpoint = endpointOf(inputs)
  if (endpoint === null) return null
  const { stepsPerIteration } = method
  const total = inputs.iterations * stepsPerIteration
  return openHostedJudge(context, {
    endpoint,
    environment: inputs.environment,
    tell: (iteration) => context.progress({ done: iteration * stepsPerIteration, total, unit: 'environment steps' }),
  })
}

function endpointOf({ method }: TrainInputs): JudgeEndpoint | null {
  return method?.kind === 'judge' ? (method.judge ?? null) : null
}

function start(method: Method, engine: Engine, { inputs, context, judge }: Task & Judged): Promise<Training> {
  const { parameters } = inputs
  const { seed } = context.assignment
  const environment = environmentOf(inputs.environment)
  const observation = environment.observation(parameters)
  const instructor = instructorFor(inputs)
  const builder = levelBuilder(inputs)
  const goalLevelOf = goalModuleLevels(inputs, seed)
  return method.start({
    engine,
    network: createNetwork(inputs.network, {
      observation: observation.shape,
      ...(observation.element === 'byte' ? { element: observation.element } : {}),
      ...(observation.oneHot === undefined ? {} : { oneHot: observation.oneHot }),
      ...(observation.blank === undefined ? {} : { blank: observation.blank }),
      actions: environment.actions.length,
    }),
    world: {
      simulator: (batch) => environment.createSimulator(parameters, batch),
      levelOf: trainingLevels(inputs, seed),
      discount: environment.horizon(parameters).discount,
      proxyAggregate: environment.goals[1].aggregate ?? 'discounted',
      continuing: isContinuing(environment, parameters),
      demonstrator: (simulator, levelOf, oracle = 'true-oracle') =>
        environment.createReference(oracle, parameters, simulator, levelOf),
      levelTools: levelTools(inputs),
      ...(instructor === null ? {} : { instructor }),
      ...(builder === null ? {} : { builder }),
      ...(goalLevelOf === null ? {} : { goalLevelOf }),
      narrator: narratorFor(environment, parameters, endpointOf(inputs)?.outcomes),
      ...(judge === null ? {} : { judge: judge.judge }),
    },
    iterations: inputs.iterations,
    stream: createStream(seed ?? 0),
    yieldToEventLoop: context.yieldToEventLoop,
  })
}

type Session = Task &
  Judged & {
    readonly method: Method
    readonly training: Training
    readonly curve: TrainingCurve
    /** Only for a continuing training. */
    readonly windows: WindowLog | null
  }

function openRecords({ environment: name, parameters, iterations }: TrainInputs): Pick<Session, 'curve' | 'windows'> {
  const environment = environmentOf(name)
  return {
    curve: createTrainingCurve(environment.measures(parameters)),
    windows: isContinuing(environment, parameters) ? createWindowLog(iterations) : null,
  }
}

async function trainToEnd(session: Session): Promise<TaskResult> {
  const { method, training, curve, windows, inputs, context, judge } = session
  const total = inputs.iterations * method.stepsPerIteration
  const { resume: resumed } = context.assignment
  let last = training.stepsDone() === 0 || resumed === null ? await keepCheckpoint(session) : resumed
  judge?.continueFrom(last)
  while (training.stepsDone() < total) {
    const iteration = await training.iterate()
    context.series(curve.add(iteration))
    if (iteration.window !== null) windows?.add(iteration.iteration, iteration.steps, iteration.window)
    const done = training.stepsDone()
    context.progress({ done, total, unit: 'environment steps' })
    const isPlanned = inputs.checkpoints.includes(done / method.stepsPerIteration)
    if (isPlanned || context.pauseRequested()) last = await keepCheckpoint(session)
  }
  const drawn = training.levelsDrawn()
  const judged = await judge?.conclude()
  const passing = [...method.stateParts, journalArtifact]
  return {
    measures: [...finalMeasures(curve), ...(judged?.measures ?? [])],
    artifacts: [
      ...last.parts.filter(({ name }) => !passing.includes(name)),
      ...(drawn === null ? [] : [await storeLevelsDrawn(context, drawn)]),
      ...(judged?.artifacts ?? []),
    ],
  }
}

/**
 * Policy, training state and the curve so far, so that a later attempt ends with the same bytes. Also the policy as a
 * file that works without our code.
 */
async function keepCheckpoint(session: Session): Promise<Checkpoint> {
  const { training, curve, windows, inputs, context, judge } = session
  const { policy, state } = await training.save()
  const step = training.stepsDone()
  const standalone = await exportPolicy(parsePolicySnapshot(policy), originOf(inputs, step))
  const write = (name: string, bytes: Uint8Array, mediaType = 'application/octet-stream'): Promise<ArtifactRef> =>
    context.artifacts.write({ name, bytes, mediaType })
  const parts = [await write(artifactNames.policy, policy)]
  for (const [name, bytes] of Object.entries(state)) parts.push(await write(name, bytes))
  parts.push(await write(artifactNames.curve, curve.encode(), 'application/json'))
  parts.push(await write(artifactNames.onnx, standalone, onnxMediaType))
  if (windows !== null) parts.push(await keepWindows(windows, context))
  parts.push(...(await keepCurriculum({ training, curve, iterations: inputs.iterations }, context)))
  if (judge !== null) parts.push(await judge.part())
  const checkpoint = { step, parts }
  judge?.continueFrom(checkpoint)
  await context.checkpoint(checkpoint)
  return checkpoint
}

/** The data of the report's curves. */
function keepWindows(windows: WindowLog, { artifacts }: TaskContext): Promise<ArtifactRef> {
  const name = artifactNames.windows
  return artifacts.write({ name, bytes: windows.encode(), mediaType: 'application/json', evidence: true })
}

function originOf(inputs: TrainInputs, step: number): PolicyOrigin {
  const environment = environmentOf(inputs.environment)
  const { channels } = environment.observation(inputs.parameters)
  const told = inputs.method?.kind === 'goal-conditioned' ? [toldChannel] : []
  return { environment, channels: [...channels, ...told], actions: environment.actions.map(({ name }) => name), step }
}

/**
 * Resumes at the latest checkpoint. If this build cannot read its parts, training starts over: it produces the same
 * bytes, and stores them again. Lost files end the attempt: the service then assigns an earlier checkpoint.
 */
async function resume(session: Session): Promise<void> {
  const { context } = session
  const { resume: checkpoint } = context.assignment
  // What was learned from answers that are lost could not be repeated: everything is asked anew, and learned from that.
  if (checkpoint === null || session.judge?.isLost) return
  try {
    await restore(checkpoint, session)
    context.log('info', `Resuming at ${checkpoint.step} steps`)
  } catch (error) {
    if (!isDamaged(error) || isLost(error)) throw error
    context.log(
      'warn',
      `Starting from scratch: the checkpoint at ${checkpoint.step} steps cannot be used: ${error.message}`,
    )
  }
}

/** Changes nothing unless all parts can be read. */
async function restore(checkpoint: Checkpoint, session: Session): Promise<void> {
  const { method, training, curve, windows, context } = session
  const read = async (name: string): Promise<Uint8Array> => {
    const part = checkpoint.parts.find((candidate) => candidate.name === name)
    if (part === undefined) throw new GoalpostError('artifact-missing', `The checkpoint has no part ${name}`)
    return context.artifacts.read(part.hash)
  }
  const policy = await read(artifactNames.policy)
  const state: Record<string, Uint8Array> = {}
  for (const name of method.stateParts) state[name] = await read(name)
  const points = await read(artifactNames.curve)
  const log = windows === null ? null : await read(artifactNames.windows)
  training.restore({ policy, state })
  curve.restore(points)
  if (log !== null) windows?.restore(log)
}

function finalMeasures(curve: TrainingCurve): Measure[] {
  return curve.latest().map(({ series, value }) => ({ name: series, labels: {}, value }))
}
