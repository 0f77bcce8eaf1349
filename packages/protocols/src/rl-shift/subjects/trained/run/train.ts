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
  createIndexedLevels,
  createNetwork,
  createPpoTrainer,
  exportPolicy,
  NotFiniteError,
  parsePolicySnapshot,
  type PolicyOrigin,
  type PpoTrainer,
} from '@goalpost/learning'
import { createStream } from '@goalpost/random'
import { artifactNames } from '../../../../worlds/artifact-names.ts'
import { createWindowLog, type WindowLog } from '../../../../continuing/window-log.ts'
import { openEngine } from '../../../../worlds/run/open-engine.ts'
import { createTrainingCurve, type TrainingCurve } from './training-curve.ts'
import { storeLevelsDrawn, trainingLevels } from '../training-levels.ts'
import { environmentOf } from '../../../../worlds/environment-of.ts'
import { isContinuing } from '../../../../worlds/is-continuing.ts'
import type { TrainInputs } from '../train-task.ts'

/** Trains one policy with PPO; keeps checkpoints along the way, from any of which a later attempt carries on. */
export async function train(context: TaskContext, inputs: TrainInputs): Promise<TaskResult> {
  const engine = await openEngine(context)
  const trainer = await openTrainer(engine, inputs, context)
  try {
    const training = { trainer, inputs, context, ...openRecords(inputs) }
    await resume(training)
    return await trainToEnd(training)
  } catch (error) {
    if (error instanceof NotFiniteError) throw new GoalpostError('not-finite', error.message, { cause: error })
    throw error
  } finally {
    trainer.dispose()
    engine.dispose()
  }
}

function openTrainer(engine: Engine, inputs: TrainInputs, context: TaskContext): Promise<PpoTrainer> {
  const { parameters, ppo } = inputs
  const environment = environmentOf(inputs.environment)
  const observation = environment.observation(parameters)
  const stream = createStream(context.assignment.seed ?? 0)
  return createPpoTrainer({
    engine,
    network: createNetwork(inputs.network, {
      observation: observation.shape,
      ...(observation.oneHot === undefined ? {} : { oneHot: observation.oneHot }),
      actions: environment.actions.length,
    }),
    options: {
      ...ppo,
      discount: environment.horizon(parameters).discount,
      totalSteps: inputs.iterations * ppo.environments * ppo.rolloutSteps,
    },
    simulator: environment.createSimulator(parameters, ppo.environments),
    levels: createIndexedLevels(ppo.environments, trainingLevels(inputs, context.assignment.seed)),
    proxyAggregate: environment.goals[1].aggregate ?? 'discounted',
    continuing: isContinuing(environment, parameters),
    stream,
    breathe: context.breathe,
  })
}

type Training = {
  readonly trainer: PpoTrainer
  readonly curve: TrainingCurve
  /** Of a training without an end. */
  readonly windows: WindowLog | null
  readonly inputs: TrainInputs
  readonly context: TaskContext
}

function openRecords({ environment: name, parameters, iterations }: TrainInputs): Pick<Training, 'curve' | 'windows'> {
  const environment = environmentOf(name)
  return {
    curve: createTrainingCurve(environment.measures(parameters)),
    windows: isContinuing(environment, parameters) ? createWindowLog(iterations) : null,
  }
}

async function trainToEnd(training: Training): Promise<TaskResult> {
  const { trainer, curve, windows, inputs, context } = training
  const stepsPerIteration = inputs.ppo.environments * inputs.ppo.rolloutSteps
  const total = inputs.iterations * stepsPerIteration
  let last = trainer.stepsDone() === 0 ? await keepCheckpoint(training) : (context.assignment.resume as Checkpoint)
  while (trainer.stepsDone() < total) {
    const metrics = await trainer.iterate()
    context.series(curve.add(metrics))
    if (metrics.window !== null) windows?.add(metrics.iteration, metrics.steps, metrics.window)
    const done = trainer.stepsDone()
    context.progress({ done, total, unit: 'environment steps' })
    if (inputs.checkpoints.includes(done / stepsPerIteration)) last = await keepCheckpoint(training)
  }
  return {
    measures: finalMeasures(curve),
    artifacts: [
      ...last.parts.filter(({ name }) => name !== artifactNames.trainingState),
      await storeLevelsDrawn(context, trainer.episodesBegun()),
    ],
  }
}

/**
 * Policy, training state and the curve so far: what a later attempt needs to end with the same bytes. Beside them the policy
 * as a file that needs nothing of ours.
 */
async function keepCheckpoint({ trainer, curve, windows, inputs, context }: Training): Promise<Checkpoint> {
  const { policy, training } = await trainer.save()
  const step = trainer.stepsDone()
  const standalone = await exportPolicy(parsePolicySnapshot(policy), originOf(inputs, step))
  const write = (name: string, bytes: Uint8Array, mediaType = 'application/octet-stream'): Promise<ArtifactRef> =>
    context.artifacts.write({ name, bytes, mediaType })
  const checkpoint = {
    step,
    parts: [
      await write(artifactNames.policy, policy),
      await write(artifactNames.trainingState, training),
      await write(artifactNames.curve, curve.encode(), 'application/json'),
      await write(artifactNames.onnx, standalone, onnxMediaType),
      ...(windows === null ? [] : [await keepWindows(windows, context)]),
    ],
  }
  await context.checkpoint(checkpoint)
  return checkpoint
}

/** What the report draws its curves from. */
function keepWindows(windows: WindowLog, { artifacts }: TaskContext): Promise<ArtifactRef> {
  const name = artifactNames.windows
  return artifacts.write({ name, bytes: windows.encode(), mediaType: 'application/json', evidence: true })
}

function originOf(inputs: TrainInputs, step: number): PolicyOrigin {
  const environment = environmentOf(inputs.environment)
  const { channels } = environment.observation(inputs.parameters)
  return { environment, channels, actions: environment.actions.map(({ name }) => name), step }
}

/**
 * Carries on at the latest checkpoint. Where its files are lost or damaged training starts anew: it comes to the same
 * bytes, and stores them again.
 */
async function resume(training: Training): Promise<void> {
  const { context } = training
  const { resume: checkpoint } = context.assignment
  if (checkpoint === null) return
  try {
    await restore(checkpoint, training)
    context.log('info', `Carrying on at ${checkpoint.step} steps`)
  } catch (error) {
    if (!isDamaged(error)) throw error
    context.log('warn', `Starting anew, as the checkpoint at ${checkpoint.step} steps is damaged: ${error.message}`)
  }
}

/** Changes nothing unless all parts can be read. */
async function restore(checkpoint: Checkpoint, { trainer, curve, windows, context }: Training): Promise<void> {
  const read = async (name: string): Promise<Uint8Array> => {
    const part = checkpoint.parts.find((candidate) => candidate.name === name)
    if (part === undefined) throw new GoalpostError('artifact-missing', `The checkpoint has no part ${name}`)
    return context.artifacts.read(part.hash)
  }
  const policy = await read(artifactNames.policy)
  const training = await read(artifactNames.trainingState)
  const points = await read(artifactNames.curve)
  const log = windows === null ? null : await read(artifactNames.windows)
  trainer.restore({ policy, training })
  curve.restore(points)
  if (log !== null) windows?.restore(log)
}

/** The error table's code, on errors of the artifact store and of snapshots alike. */
function isDamaged(error: unknown): error is Error {
  return error instanceof Error && (error as { code?: unknown }).code === 'artifact-missing'
}

function finalMeasures(curve: TrainingCurve): Measure[] {
  return curve.latest().map(({ series, value }) => ({ name: series, labels: {}, value }))
}
