import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { FleetCounts } from '@goalpost/experiments'
import type { WorkerView } from '@goalpost/contracts'
import { addFleetGauges } from './fleet-gauges.ts'

/** The metrics of Goalpost's processes, for Prometheus. Durations are in seconds. */
export type Metrics = {
  readonly registry: Registry
  /** Attempts that ended, by task kind and outcome: succeeded, failed, cancelled, lost, released. */
  readonly taskOutcomes: Counter<'kind' | 'outcome'>
  /** From the arrival of a job to the claim in PostgreSQL. */
  readonly claimLatency: Histogram
  /** From the claim to the end of an attempt. */
  readonly taskDuration: Histogram<'kind' | 'outcome'>
  /**
   * Where the time of a task goes: `ready` until it is handed to the queue, `queued` until a worker has claimed it,
   * `running` in the trainer, `storing` until its end is in the database.
   */
  readonly stageDuration: Histogram<'stage'>
  /** What tasks have done, in their own unit; its rate is the steps that are trained in a second. */
  readonly workDone: Counter<'kind' | 'unit'>
  /** Counted by the worker that reclaims the task. */
  readonly leasesLost: Counter
  readonly jobsLost: Counter
  readonly queueDepth: Gauge<'device'>
  readonly apiRequestDuration: Histogram<'method' | 'route' | 'status'>
  readonly eventStreams: Gauge
  /** Called on every scrape. If it fails, the gauge has no value rather than an old one. */
  measureQueueDepth(device: string, measure: () => Promise<number>): void
  /** The same for what only the database knows. */
  measureFleet(read: FleetReading): void
}

export type FleetReading = {
  readonly counts: () => Promise<FleetCounts>
  readonly workers: () => Promise<readonly WorkerView[]>
}

const milliseconds = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
/**
 * Milliseconds between two checks of the event loop's lag, which are included in the lag shown. Each check wakes an idle
 * process: at the default of 10 they cost half a percent of a core, at 1,000 most of an idle API's processor time.
 */
const eventLoopMonitoringPrecision = 5_000

const hours = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 4 * 3_600, 24 * 3_600]
const stages = [0.005, 0.02, 0.1, 0.5, 2, 10, 60, 300, 3_600, 24 * 3_600]

export function createMetrics(options: { readonly service: string }): Metrics {
  const registry = new Registry()
  registry.setDefaultLabels({ service: options.service })
  collectDefaultMetrics({ register: registry, prefix: 'goalpost_', eventLoopMonitoringPrecision })
  return {
    registry,
    ...createTaskMetrics([registry]),
    ...createQueueDepth([registry]),
    ...createApiMetrics([registry]),
    measureFleet: addFleetGauges([registry]),
  }
}

function createTaskMetrics(registers: Registry[]) {
  return {
    taskOutcomes: new Counter({
      name: 'goalpost_task_attempts_total',
      help: 'Attempts that ended, by task kind and outcome',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    claimLatency: new Histogram({
      name: 'goalpost_claim_duration_seconds',
      help: 'From the arrival of a job to its claim',
      buckets: milliseconds,
      registers,
    }),
    taskDuration: new Histogram({
      name: 'goalpost_task_duration_seconds',
      help: 'From the claim to the end of an attempt',
      labelNames: ['kind', 'outcome'],
      buckets: hours,
      registers,
    }),
    stageDuration: new Histogram({
      name: 'goalpost_task_stage_duration_seconds',
      help: 'Time of a task in each stage: ready, queued, running, storing',
      labelNames: ['stage'],
      buckets: stages,
      registers,
    }),
    workDone: new Counter({
      name: 'goalpost_work_done_total',
      help: 'What tasks have done, in their own unit: the rate of steps is the speed of training',
      labelNames: ['kind', 'unit'],
      registers,
    }),
    leasesLost: new Counter({
      name: 'goalpost_leases_lost_total',
      help: 'Tasks that this process took back from workers whose lease had expired',
      registers,
    }),
    jobsLost: new Counter({
      name: 'goalpost_jobs_lost_total',
      help: 'Tasks that this process queued again because the queue had lost their job',
      registers,
    }),
  }
}

function createQueueDepth(registers: Registry[]) {
  const depths = new Map<string, () => Promise<number>>()
  return {
    queueDepth: new Gauge({
      name: 'goalpost_queue_depth',
      help: 'Jobs in the queue, waiting or running',
      labelNames: ['device'],
      registers,
      async collect() {
        for (const [device, measure] of depths) {
          const depth = await measure().catch(() => null)
          if (depth === null) this.remove({ device })
          else this.set({ device }, depth)
        }
      },
    }),
    measureQueueDepth: (device: string, measure: () => Promise<number>) => void depths.set(device, measure),
  }
}

function createApiMetrics(registers: Registry[]) {
  return {
    apiRequestDuration: new Histogram({
      name: 'goalpost_api_request_duration_seconds',
      help: 'From request to response',
      labelNames: ['method', 'route', 'status'],
      buckets: milliseconds,
      registers,
    }),
    eventStreams: new Gauge({
      name: 'goalpost_event_streams',
      help: 'Open event streams of this process',
      registers,
    }),
  }
}
