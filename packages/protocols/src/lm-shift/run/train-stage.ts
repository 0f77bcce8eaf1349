import { GoalpostError, type Checkpoint, type TaskResult } from '@goalpost/contracts'
import type { Engine } from '@goalpost/engine'
import type { TaskContext } from '@goalpost/experiments'
import { encodeOptimizerState, NotFiniteError, parseOptimizerState, type LanguageOptimizer } from '@goalpost/learning'
import { readFloats } from '@goalpost/engine'
import { isDamaged, isLost } from '../../is-damaged.ts'
import { openEngine } from '../../worlds/run/open-engine.ts'

const stateArtifact = 'training-state'
const updatesPerCheckpoint = 100
const updatesPerPoint = 5

/** A training, started on an engine. Update number i = 0, 1, … depends on i and the parameters alone. */
export type StageTraining = {
  /** Number of trained parameters. */
  readonly size: number
  readonly optimizer: LanguageOptimizer
  /** Updates at most. */
  readonly steps: number
  /** Whether to end after `done` updates already; it depends on the parameters alone. */
  isDone?(done: number): Promise<boolean>
  /** Does one update, and returns numbers by the names of their curves. */
  update(step: number): Promise<Readonly<Record<string, number>>>
  /** What the stage leaves, from the parameters that it ends with. */
  artifacts(parameters: Float32Array): readonly StageArtifact[]
  dispose(): void
}

export type StageArtifact = { readonly name: string; readonly bytes: Uint8Array }

/** Trains to the end, from the latest checkpoint if there is one, and stores what it leaves. */
export async function trainStage(
  context: TaskContext,
  start: (engine: Engine) => Promise<StageTraining>,
): Promise<TaskResult> {
  const engine = await openEngine(context)
  try {
    const training = await start(engine)
    try {
      return await trainToEnd(context, training)
    } finally {
      training.dispose()
    }
  } catch (error) {
    if (error instanceof NotFiniteError) throw new GoalpostError('not-finite', error.message, { cause: error })
    throw error
  } finally {
    engine.dispose()
  }
}

async function trainToEnd(context: TaskContext, training: StageTraining): Promise<TaskResult> {
  const { steps } = training
  let latest: Readonly<Record<string, number>> = {}
  for (let step = await resume(context, training); step < steps; step++) {
    latest = await training.update(step)
    const done = step + 1
    const isLast = done === steps || (await training.isDone?.(done)) === true
    if (done % updatesPerPoint === 0 || isLast) report(context, { done, total: isLast ? done : steps, latest })
    if (isLast) break
    const isPlanned = done % updatesPerCheckpoint === 0
    if (isPlanned || context.pauseRequested()) await keepCheckpoint(context, training, done)
    await context.yieldToEventLoop()
  }
  const parameters = await readFloats(training.optimizer.parameters())
  const written = training
    .artifacts(parameters)
    .map((artifact) => context.artifacts.write({ ...artifact, mediaType: 'application/octet-stream' }))
  return {
    measures: Object.entries(latest).map(([name, value]) => ({ name, labels: {}, value })),
    artifacts: await Promise.all(written),
  }
}

type Advance = { readonly done: number; readonly total: number; readonly latest: Readonly<Record<string, number>> }

function report(context: TaskContext, { done, total, latest }: Advance): void {
  context.progress({ done, total, unit: 'updates' })
  context.series(Object.entries(latest).map(([series, value]) => ({ series, labels: {}, x: done, value })))
}

async function keepCheckpoint(context: TaskContext, { optimizer }: StageTraining, step: number): Promise<void> {
  const bytes = encodeOptimizerState(await optimizer.save())
  const part = await context.artifacts.write({ name: stateArtifact, bytes, mediaType: 'application/octet-stream' })
  await context.checkpoint({ step, parts: [part] })
}

/**
 * The number of updates already done. If this build cannot read the checkpoint, training starts over: it produces the
 * same bytes. Lost files end the attempt: the service then assigns an earlier checkpoint.
 */
async function resume(context: TaskContext, training: StageTraining): Promise<number> {
  const { resume: checkpoint } = context.assignment
  // The last update's numbers are in the result: it has to be done in this attempt.
  if (checkpoint === null || checkpoint.step >= training.steps) return 0
  try {
    await restore(context, training, checkpoint)
    context.log('info', `Resuming after ${checkpoint.step} updates`)
    return checkpoint.step
  } catch (error) {
    if (!isDamaged(error) || isLost(error)) throw error
    context.log(
      'warn',
      `Starting from scratch: the checkpoint after ${checkpoint.step} updates cannot be used: ${error.message}`,
    )
    return 0
  }
}

async function restore(context: TaskContext, training: StageTraining, { parts }: Checkpoint): Promise<void> {
  const part = parts.find(({ name }) => name === stateArtifact)
  if (part === undefined) throw new GoalpostError('artifact-missing', `The checkpoint has no part ${stateArtifact}`)
  training.optimizer.restore(parseOptimizerState(await context.artifacts.read(part.hash), training.size))
}
