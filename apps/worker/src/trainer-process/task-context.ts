import { checkpoint as checkpointSchema, progress as progressSchema, seriesPoint } from '@goalpost/contracts'
import type { Assignment, FromTrainer } from '@goalpost/contracts'
import type { ArtifactAccess, HostedModels, TaskContext } from '@goalpost/experiments'
import { z } from 'zod'
import { checkOutput } from './check-output.ts'
import { openChronicle } from './chronicle.ts'
import type { Chronicle } from './chronicle.ts'
import { createPace } from './pace.ts'
import { createStops, type Stops } from './stops.ts'

const seriesPoints = z.array(seriesPoint)

export type RunningContext = {
  readonly context: TaskContext
  /** The next yield, and every wait for a checkpoint, rejects with TaskCancelled. */
  cancel(): void
  /** The next checkpoint, once it is stored, rejects with TaskCancelled. */
  pause(): void
  /** The worker has stored the checkpoint of this step. */
  acknowledge(step: number): void
  /** Writes the last line of the task's log, before the end is reported. */
  ended: Chronicle['ended']
}

type Surroundings = {
  readonly artifacts: ArtifactAccess
  readonly hostedModels: HostedModels
  readonly salt: string | null
  /** Null if the task is not traced. */
  readonly traceId?: string | null
  readonly send: (message: FromTrainer) => void
  /** Milliseconds from any origin. */
  readonly now?: () => number
}

/** Yields send a sign of life, as some work reports nothing for long. */
const longestSilenceMs = 30_000

/** The context of one task: everything it reports becomes a message to the worker. */
export function createTaskContext(assignment: Assignment, surroundings: Surroundings): RunningContext {
  const { artifacts, hostedModels, salt, traceId = null, now = () => performance.now() } = surroundings
  const stops = createStops()
  const outbox = createOutbox(surroundings.send, now)
  const chronicle = openChronicle(assignment, { write: (line) => outbox.log('info', line), traceId, now })
  const reporting = { stops, outbox, chronicle, pace: createPace(now) }
  return {
    context: { assignment, artifacts, hostedModels, salt, ...reportsOf(reporting) },
    cancel: stops.cancel,
    pause: stops.pause,
    ended: chronicle.ended,
    acknowledge(step) {
      chronicle.stored(step)
      stops.stored(step)
    },
  }
}

type Reporting = {
  readonly stops: Stops
  readonly outbox: ReturnType<typeof createOutbox>
  readonly chronicle: Chronicle
  readonly pace: ReturnType<typeof createPace>
}

function reportsOf({
  stops,
  outbox,
  chronicle,
  pace,
}: Reporting): Omit<TaskContext, 'assignment' | 'artifacts' | 'hostedModels' | 'salt'> {
  const { send, log } = outbox
  return {
    usesEngine: (engine) => send({ type: 'engine', engine }),
    progress(progress) {
      const perSecond = progress.perSecond ?? pace.measure(progress.done)
      const told = perSecond === undefined ? progress : { ...progress, perSecond }
      const checked = checkOutput(progressSchema, told, 'progress')
      send({ type: 'progress', progress: checked })
      chronicle.progressed(checked)
    },
    series: (points) => send({ type: 'series', points: checkOutput(seriesPoints, points, 'series') }),
    async checkpoint(checkpoint) {
      stops.throwIfCancelled()
      const checked = checkOutput(checkpointSchema, checkpoint, 'checkpoint')
      await stops.storing(checked.step, () => send({ type: 'checkpoint', checkpoint: checked }))
    },
    pauseRequested: stops.pauseRequested,
    log,
    async yieldToEventLoop() {
      outbox.breakSilence()
      // Not a microtask: messages and the parent's end only arrive in another turn of the event loop.
      await new Promise((resolve) => setImmediate(resolve))
      stops.throwIfCancelled()
    },
  }
}

function createOutbox(deliver: Surroundings['send'], now: () => number) {
  let lastSentAt = now()
  function send(message: FromTrainer): void {
    lastSentAt = now()
    deliver(message)
  }
  const log: TaskContext['log'] = (level, message) =>
    send({ type: 'log', level, message, at: new Date().toISOString() })
  return {
    send,
    log,
    breakSilence(): void {
      if (now() - lastSentAt >= longestSilenceMs) send({ type: 'alive' })
    },
  }
}
