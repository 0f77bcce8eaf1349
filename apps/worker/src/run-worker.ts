import { createArtifactStore } from '@goalpost/artifacts'
import { createJobConsumer, createJobProducer } from '@goalpost/queue'
import type { QueueConnection } from '@goalpost/queue'
import { createStore, migrate } from '@goalpost/store'
import { createLogger, createMetrics } from '@goalpost/telemetry'
import type { Logger, Metrics } from '@goalpost/telemetry'
import { startWorker } from './app.ts'
import type { Worker } from './app.ts'
import type { WorkerConfig } from './config.ts'
import { startHealthServer } from './health-server.ts'
import { startTrainer } from './trainers/trainer-process.ts'

export type RunningWorker = {
  /** Gives running tasks back and closes everything, what was opened last first. */
  stop(): Promise<void>
}

const cancelGraceMs = 1_000

/**
 * Opens everything that the configuration names and starts a worker on it; `trainerEntry` is the program that computes.
 * @throws GoalpostError `unavailable` where a server cannot be reached, with everything closed again.
 */
export async function runWorker(config: WorkerConfig, trainerEntry: string): Promise<RunningWorker> {
  const log = createLogger({ service: 'worker', level: config.logLevel })
  const metrics = createMetrics({ service: 'worker' })
  const opened = new AsyncDisposableStack()
  try {
    const worker = await open(config, { trainerEntry, log, metrics, opened })
    await serveHealth(config, { worker, metrics, opened })
    const { device, concurrency } = config
    log.info({ device, concurrency, queue: config.redisUrl === null ? 'postgres' : 'redis' }, 'worker started')
  } catch (error) {
    await opened.disposeAsync()
    throw error
  }
  return {
    async stop() {
      await opened.disposeAsync()
      log.info('worker stopped')
    },
  }
}

type Opening = {
  readonly trainerEntry: string
  readonly log: Logger
  readonly metrics: Metrics
  /** Closed in reverse order: workers end before their queue, and their queue before its database. */
  readonly opened: AsyncDisposableStack
}

async function open(config: WorkerConfig, { trainerEntry, log, metrics, opened }: Opening): Promise<Worker> {
  // Once here, so that a bad place is refused at the start: the trainers open it for themselves.
  await createArtifactStore(config.artifactsUrl)
  await migrate(config.databaseUrl)
  // One connection per running task, and some for the loops.
  const store = createStore({ url: config.databaseUrl, poolSize: config.concurrency + 3 })
  opened.defer(() => store.close())
  const connection = queueConnection(config)
  const onError = (error: Error) => log.warn({ err: error }, 'queue trouble')
  const producer = await createJobProducer(connection, { onError })
  opened.defer(() => producer.close())
  const { device, concurrency, artifactsUrl, leaseMs, silenceMs, lookAhead, revision } = config
  const worker = await startWorker(
    {
      ledger: store.ledger,
      dispatcher: store.dispatcher,
      producer,
      consume: (handler) => createJobConsumer(connection, { device, concurrency, handler, onError }),
      startTrainer: () => startTrainer({ entry: trainerEntry, artifactsUrl }),
      log,
      metrics,
    },
    { leaseMs, silenceMs, lookAhead, cancelGraceMs, revision },
  )
  opened.defer(() => worker.stop())
  metrics.measureQueueDepth(device, () => producer.depth(device))
  return worker
}

type Serving = Pick<Opening, 'metrics' | 'opened'> & { readonly worker: Worker }

async function serveHealth({ health }: WorkerConfig, { worker, metrics, opened }: Serving): Promise<void> {
  if (health === null) return
  const server = await startHealthServer({ ...health, isReady: worker.isReady, metrics: metrics.registry })
  opened.defer(() => server.close())
}

function queueConnection({ redisUrl, databaseUrl }: WorkerConfig): QueueConnection {
  return redisUrl === null ? { kind: 'postgres', url: databaseUrl } : { kind: 'redis', url: redisUrl }
}
