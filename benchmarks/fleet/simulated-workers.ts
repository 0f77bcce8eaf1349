/**
 * A process of simulated workers, started by fleet.ts: everything of a worker but its trainers is real, and so is its share of the
 * database: a watch connection, a heartbeat and the control loops for each. Claims and reports of all share one pool of connections.
 */
import { createJobConsumer, createJobProducer, type QueueConnection } from '@goalpost/queue'
import { createStore } from '@goalpost/store'
import { createLogger, createMetrics, noTracer } from '@goalpost/telemetry'
import pg from 'pg'
import { startWorker } from '../../apps/worker/src/app.ts'
import { keepPresence } from '../../apps/worker/src/engines/presence.ts'
import { toyEngines } from '../../apps/api/test/harness.ts'
import { startSimulatedTrainer } from './simulated-trainer.ts'

export type FleetOrder = {
  readonly databaseUrl: string
  readonly queue: QueueConnection
  readonly workers: number
  readonly taskMs: number
}

/** What the process has done so far. */
export type FleetReport = {
  readonly ended: number
  /** Of attempts that did not succeed: what the ledger was told. */
  readonly failures: readonly string[]
  readonly statements: number
  /** Of every claim since the last report, how long its slot had been idle, in milliseconds. */
  readonly idleMs: readonly number[]
}

const poolSize = 16

let statements = 0
let ended = 0
const failures: string[] = []
let idleMs: number[] = []

// Prisma's driver and BullMQ's on PostgreSQL both come here.
const query = pg.Client.prototype.query
pg.Client.prototype.query = function count(this: pg.Client, ...given: unknown[]) {
  statements += 1
  return (query as (...all: unknown[]) => unknown).apply(this, given)
} as typeof query

async function startFleet({ databaseUrl, queue, workers, taskMs }: FleetOrder) {
  const store = createStore({ url: databaseUrl, poolSize })
  const log = createLogger({ service: 'worker', level: 'warn' })
  const metrics = createMetrics({ service: 'worker' })
  const onError = (error: Error) => log.warn({ err: error }, 'queue trouble')
  const producer = await createJobProducer(queue, { onError })
  const engines = [...toyEngines]
  const queues = [{ device: 'cpu' as const, slots: 1, shortSlots: 1 }]
  for (let number = 0; number < workers; number++) {
    const id = `simulated-${number}`
    const machine = { id, host: `host-${number}`, codeRevision: 'simulated', cores: 4 }
    await keepPresence({ ...machine, queues, engines }, { registry: store.workers, log })
    let freeSince = performance.now()
    const ledger = {
      ...store.ledger,
      async claim(...given: Parameters<typeof store.ledger.claim>) {
        const outcome = await store.ledger.claim(...given)
        if (outcome.ok) idleMs.push(performance.now() - freeSince)
        return outcome
      },
      async fail(...given: Parameters<typeof store.ledger.fail>) {
        const [, { code, message }] = given
        failures.push(`${code}: ${message}`)
        return store.ledger.fail(...given)
      },
    }
    await startWorker(
      {
        ledger,
        dispatcher: store.dispatcher,
        watchWork: store.watchWork,
        fireSchedules: async () => 0,
        stepGates: async () => 0,
        stepSearches: async () => 0,
        stopOverdue: async () => 0,
        collectFiles: async () => null,
        webhooks: store.webhooks,
        deliver: () => Promise.reject(new Error('There are no webhooks')),
        producer,
        consume: (from, handler) =>
          createJobConsumer(queue, {
            ...from,
            onError,
            async handler(job) {
              await handler(job)
              ended += 1
              freeSince = performance.now()
            },
          }),
        startTrainer: () => startSimulatedTrainer(taskMs),
        log,
        metrics,
        tracer: noTracer,
      },
      {
        id,
        engines,
        queues,
        leaseMs: 15_000,
        // The default.
        lookAhead: 32,
        preemptAfterMs: null,
        cancelGraceMs: 1_000,
        silenceMs: 600_000,
        codeRevision: 'simulated',
        salt: null,
      },
    )
  }
}

async function serveOrders(order: FleetOrder): Promise<void> {
  await startFleet(order)
  process.on('message', () => {
    const report: FleetReport = { ended, failures, statements, idleMs }
    idleMs = []
    process.send?.(report)
  })
  process.send?.('started')
}

process.once('message', (order) => void serveOrders(order as FleetOrder))
