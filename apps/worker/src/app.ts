import type { WorkerEngine } from '@goalpost/contracts'
import type {
  Collected,
  Dispatcher,
  JobConsumer,
  JobHandler,
  Lane,
  TaskLedger,
  WebhookDeliveries,
  WorkSignal,
  WorkWatch,
} from '@goalpost/experiments'
import type { QueueProducer } from '@goalpost/queue'
import type { Logger, Metrics, Tracer } from '@goalpost/telemetry'
import { createAttemptMeter } from './attempts/attempt-meter.ts'
import { startAttemptSpan } from './attempts/attempt-span.ts'
import { runAttempt } from './attempts/run-attempt.ts'
import { startControlLoops } from './control-loops.ts'
import type { Queues } from './engines/choose-queues.ts'
import { createManifests } from './manifest.ts'
import { createTrainerPool } from './trainer-pool/trainer-pool.ts'
import type { SenderDependencies } from './webhooks/webhook-sender.ts'
import type { TrainerProcess } from './trainer-pool/trainer-process.ts'

export type WorkerOptions = {
  readonly id: string
  /** The engines it can run: jobs that need another are declined. */
  readonly engines: readonly WorkerEngine[]
  readonly queues: Queues
  readonly leaseMs: number
  readonly lookAhead: number
  readonly preemptAfterMs: number | null
  readonly cancelGraceMs: number
  readonly silenceMs: number
  readonly codeRevision: string
  /** The operator's secret. */
  readonly salt: string | null
}

export type Consumed = Pick<Queues[number], 'device'> & { readonly lane: Lane; readonly concurrency: number }

export type WorkerDependencies = {
  readonly ledger: TaskLedger
  readonly dispatcher: Dispatcher
  readonly watchWork: (
    onSignal: (signal: WorkSignal | 'lost') => void,
    options: { readonly preempts: boolean },
  ) => WorkWatch
  readonly fireSchedules: () => Promise<number>
  readonly stepGates: () => Promise<number>
  readonly stepSearches: () => Promise<number>
  readonly stopOverdue: () => Promise<number>
  readonly collectFiles: () => Promise<Collected | null>
  readonly webhooks: WebhookDeliveries
  readonly deliver: SenderDependencies['deliver']
  readonly producer: QueueProducer
  /** Starts taking jobs from one queue, `concurrency` at a time. */
  readonly consume: (from: Consumed, handler: JobHandler) => Promise<JobConsumer>
  readonly startTrainer: () => TrainerProcess
  readonly log: Logger
  readonly metrics: Metrics
  readonly tracer: Tracer
}

export type Worker = {
  isReady(): boolean
  /** Takes no more jobs, releases running tasks, and resolves when nothing is running. */
  stop(): Promise<void>
}

/** Builds a worker and starts it. It closes only the consumer, none of its other dependencies. */
export async function startWorker(dependencies: WorkerDependencies, options: WorkerOptions): Promise<Worker> {
  const { consume } = dependencies
  const shutdown = new AbortController()
  const trainers = createTrainerPool(dependencies.startTrainer)
  const loops = startControlLoops({ ...dependencies, ...loopOptions(options) })
  const attempt = {
    ledger: dependencies.ledger,
    trainers,
    describe: createManifests(options.codeRevision, options.engines),
    salt: options.salt,
    leaseMs: options.leaseMs,
    cancelGraceMs: options.cancelGraceMs,
    silenceMs: options.silenceMs,
    shutdown: shutdown.signal,
  }
  const handle = createJobHandler({ ...dependencies, ...options, attempt, onProgress: loops.wake })
  const consumers: JobConsumer[] = []
  const stop = async () => {
    shutdown.abort()
    await Promise.all([...consumers.map((consumer) => consumer.close()), loops.stop()])
    await trainers.close()
  }
  try {
    for (const from of options.queues.flatMap(lanesOf)) consumers.push(await consume(from, handle))
    return { isReady: loops.isHealthy, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const loopOptions = ({ lookAhead, preemptAfterMs }: WorkerOptions) => ({ lookAhead, preemptAfterMs })

/** A queue for each kind of slot in use. */
function lanesOf({ device, slots, shortSlots = 0 }: Queues[number]): Consumed[] {
  const any: Consumed = { device, lane: 'any', concurrency: slots }
  return shortSlots === 0 ? [any] : [any, { device, lane: 'short', concurrency: shortSlots }]
}

type Handling = Pick<WorkerDependencies, 'ledger' | 'log' | 'metrics' | 'tracer'> &
  Pick<WorkerOptions, 'id' | 'engines'> & {
    readonly attempt: Omit<Parameters<typeof runAttempt>[1], 'meter' | 'trace'>
    /** After a claim or an end there may be room, or new ready tasks, for the dispatcher. */
    readonly onProgress: () => void
  }

/** Claims the task of a job and runs it. A refused claim ends the job, which was only a hint. */
function createJobHandler({ id, engines, ledger, log, metrics, tracer, attempt, onProgress }: Handling): JobHandler {
  const worker = { id, engines, leaseMs: attempt.leaseMs }
  return async (job) => {
    if (attempt.shutdown.aborted) throw new Error('The worker is shutting down')
    const arrivedAt = performance.now()
    const claimed = await ledger.claim(job, worker)
    if (!claimed.ok) return log.debug({ ...job, reason: claimed.reason }, 'not claimed')
    const claimedAt = performance.now()
    metrics.claimLatency.observe((claimedAt - arrivedAt) / 1_000)
    const { claim, assignment, queuedMs } = claimed
    const span = startAttemptSpan(tracer, claimed)
    metrics.stageDuration.observe({ stage: 'queued' }, queuedMs / 1_000)
    const about = { ...claim, kind: assignment.kind, key: assignment.key, ...(span && { traceId: span.traceId }) }
    log.info(about, 'claimed')
    onProgress()
    const outcome = await runAttempt(
      { claim, assignment },
      { ...attempt, meter: createAttemptMeter(metrics, assignment), trace: span?.traceparent ?? null },
    )
    span?.end({
      attributes: { 'goalpost.outcome': outcome },
      failure: outcome === 'failed' ? 'the attempt failed' : null,
    })
    const seconds = (performance.now() - claimedAt) / 1_000
    metrics.taskOutcomes.inc({ kind: assignment.kind, outcome })
    metrics.taskDuration.observe({ kind: assignment.kind, outcome }, seconds)
    log.info({ ...about, outcome, seconds }, 'ended')
    onProgress()
  }
}
