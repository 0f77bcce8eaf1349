import { randomUUID } from 'node:crypto'
import { availableParallelism, hostname } from 'node:os'
import { createArtifactStore, readSalt } from '@goalpost/artifacts'
import { trySandboxes } from '@goalpost/engine/sandbox'
import { collectFiles, hashSalt } from '@goalpost/experiments'
import { createJobConsumer, createJobProducer, requireUsableQueue } from '@goalpost/queue'
import type { QueueConnection } from '@goalpost/queue'
import { createSessionGuard, createStore, migrate } from '@goalpost/store'
import type { Store } from '@goalpost/store'
import { createLogger, createMetrics, createTracer } from '@goalpost/telemetry'
import type { Logger, Metrics, Tracer } from '@goalpost/telemetry'
import { startWorker } from './app.ts'
import type { Worker } from './app.ts'
import type { WorkerConfig } from './config.ts'
import { chooseQueues } from './engines/choose-queues.ts'
import type { Queues } from './engines/choose-queues.ts'
import type { DetectedEngines } from './engines/detect-engines.ts'
import { keepPresence } from './engines/presence.ts'
import { demandSandbox } from './engines/sandbox.ts'
import { startHealthServer } from './health-server.ts'
import { codeRevisionOf } from './manifest.ts'
import { createGateStepping } from './gates/gate-stepping.ts'
import { createSearchStepping } from './searches/search-stepping.ts'
import { createScheduleFiring } from './schedules/schedule-firing.ts'
import { stopOverdue } from './stop-overdue.ts'
import { deliver } from './webhooks/deliver.ts'
import { startTrainer } from './trainer-pool/trainer-process.ts'

export type RunningWorker = {
  /** Releases running tasks and closes everything in reverse order. */
  stop(): Promise<void>
}

const cancelGraceMs = 1_000
/** Listing a large bucket takes minutes. */
const collectionIntervalMs = 3_600_000

export type WorkerPrograms = {
  /** For the log, of what happened before there was one. */
  readonly warning?: string | null
  /** The trainer program. */
  readonly trainerEntry: string
  /** The program that probes the engines. */
  readonly detectEngines: () => Promise<DetectedEngines>
  /** URL of the module that turns the specs of schedules into tasks. */
  readonly plannerModule: string
}

/**
 * Opens everything that the configuration names and starts a worker on it.
 * @throws GoalpostError `unavailable` if a server cannot be reached, `engine-unavailable` if no engine fits the
 * queues; everything is then closed again.
 */
export async function runWorker(config: WorkerConfig, programs: WorkerPrograms): Promise<RunningWorker> {
  const log = createLogger({ service: 'worker', level: config.logLevel })
  if (typeof programs.warning === 'string') log.warn(programs.warning)
  const metrics = createMetrics({ service: 'worker' })
  const onError = (error: unknown) => log.warn({ err: error }, 'spans cannot be sent')
  const tracer = createTracer({ service: 'worker', ...config.tracing, onError })
  const opened = new AsyncDisposableStack()
  opened.defer(() => tracer.close())
  try {
    const worker = await open(config, { programs, log, metrics, tracer, opened })
    await serveHealth(config, { worker, metrics, opened })
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
  readonly programs: WorkerPrograms
  readonly log: Logger
  readonly metrics: Metrics
  readonly tracer: Tracer
  /** Closed in reverse order: workers end before their queue, and their queue before its database. */
  readonly opened: AsyncDisposableStack
}

async function open(config: WorkerConfig, opening: Opening): Promise<Worker> {
  const { programs, log, metrics, tracer, opened } = opening
  if (config.requiresSandbox && config.queues.some(({ device }) => device === 'cpu')) demandSandbox(trySandboxes())
  const salt = await readSalt(config.salt)
  // Takes a second or two, in parallel with opening the servers.
  const detecting = programs.detectEngines()
  detecting.catch(() => undefined)
  // Also so that a bad URL is refused at the start; trainers open their own.
  const files = await createArtifactStore(config.artifactsUrl)
  await migrate(config.databaseUrl)
  // One connection per running task, and some for the loops.
  const slots = config.queues.reduce((sum, queue) => sum + queue.slots + (queue.shortSlots ?? 0), 0)
  const { databaseUrl, artifactsUrl, statementTimeoutMs } = config
  const store = createStore({ url: databaseUrl, poolSize: slots + 4, statementTimeoutMs })
  opened.defer(() => store.close())
  const planning = { databaseUrl, statementTimeoutMs, plannerModule: programs.plannerModule, saltHash: hashSalt(salt) }
  const firing = createScheduleFiring(planning)
  opened.defer(() => firing.close())
  const stepping = createGateStepping({ ...planning, artifactsUrl })
  opened.defer(() => stepping.close())
  const searching = createSearchStepping({ ...planning, artifactsUrl }, log)
  opened.defer(() => searching.close())
  const connection = queueConnection(config)
  const onError = (error: Error) => log.warn({ err: error }, 'queue trouble')
  for (const warning of await requireUsableQueue(connection)) log.warn(warning)
  const producer = await createJobProducer(connection, { onError })
  opened.defer(() => producer.close())
  const joining = await join(config, { store, detecting, log, opened })
  const { leaseMs, silenceMs, lookAhead, preemptAfterMs } = config
  const worker = await startWorker(
    {
      ledger: store.ledger,
      dispatcher: store.dispatcher,
      watchWork: store.watchWork,
      fireSchedules: firing.fire,
      stepGates: stepping.step,
      stepSearches: searching.step,
      stopOverdue: () => stopOverdue(store.deadlines),
      collectFiles: () =>
        collectFiles({ register: store.files, files, graceMs: config.fileGraceMs, intervalMs: collectionIntervalMs }),
      webhooks: store.webhooks,
      deliver: (claimed) => deliver(claimed, { allowed: config.webhookAllow }),
      producer,
      consume: (from, handler) => createJobConsumer(connection, { ...from, handler, onError }),
      startTrainer: () => startTrainer({ entry: programs.trainerEntry, artifactsUrl }),
      log,
      metrics,
      tracer,
    },
    { ...joining, salt, leaseMs, silenceMs, lookAhead, preemptAfterMs, cancelGraceMs },
  )
  opened.defer(() => worker.stop())
  for (const { device } of joining.queues) metrics.measureQueueDepth(device, () => producer.depth(device))
  log.info(
    { queues: joining.queues, broker: connection.kind, engines: joining.engines.map(({ name }) => name) },
    'worker started',
  )
  return worker
}

type Joining = Pick<Opening, 'log' | 'opened'> & {
  readonly store: Store
  readonly detecting: Promise<DetectedEngines>
}

/** Announces the worker, first as starting, then with its engines, after which tasks are dispatched for it. */
async function join({ queues: wanted, revision }: WorkerConfig, { store, detecting, log, opened }: Joining) {
  const id = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`
  const codeRevision = codeRevisionOf(revision)
  const machine = { id, host: hostname(), codeRevision, cores: availableParallelism() }
  const presence = await keepPresence({ ...machine, queues: wanted, engines: null }, { registry: store.workers, log })
  opened.defer(() => presence.end())
  const detected = await detecting
  for (const { name, missing } of detected.missing) log.info({ engine: name, missing }, 'engine not available')
  const queues: Queues = chooseQueues(wanted, detected)
  await presence.update({ queues, engines: [...detected.usable] })
  return { id, codeRevision, queues, engines: detected.usable }
}

type Serving = Pick<Opening, 'metrics' | 'opened'> & { readonly worker: Worker }

async function serveHealth({ health }: WorkerConfig, { worker, metrics, opened }: Serving): Promise<void> {
  if (health === null) return
  const server = await startHealthServer({ ...health, isReady: worker.isReady, metrics: metrics.registry })
  opened.defer(() => server.close())
}

function queueConnection({ redisUrl, databaseUrl }: WorkerConfig): QueueConnection {
  if (redisUrl !== null) return { kind: 'redis', url: redisUrl }
  return { kind: 'postgres', url: databaseUrl, checkSession: createSessionGuard(databaseUrl).check }
}
