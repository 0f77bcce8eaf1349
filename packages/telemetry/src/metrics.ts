import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

/** The metrics of Goalpost's processes, for Prometheus. Durations are in seconds. */
export type Metrics = {
  readonly registry: Registry
  /** Attempts that ended, by task kind and outcome: succeeded, failed, cancelled, lost, released. */
  readonly taskOutcomes: Counter<'kind' | 'outcome'>
  /** From the arrival of a job to the claim in PostgreSQL. */
  readonly claimLatency: Histogram
  /** From the claim to the end of an attempt. */
  readonly taskDuration: Histogram<'kind' | 'outcome'>
  readonly queueDepth: Gauge<'device'>
  readonly apiRequestDuration: Histogram<'method' | 'route' | 'status'>
  /** Called on every scrape. If it fails, the gauge has no value rather than an old one. */
  measureQueueDepth(device: string, measure: () => Promise<number>): void
}

const milliseconds = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
/**
 * Milliseconds between two checks of the event loop's lag, which are included in the lag shown. Each check wakes an idle
 * process: at the default of 10 they cost half a percent of a core, at 1,000 most of an idle API's processor time.
 */
const eventLoopMonitoringPrecision = 5_000

const hours = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 4 * 3_600, 24 * 3_600]

export function createMetrics(options: { readonly service: string }): Metrics {
  const registry = new Registry()
  registry.setDefaultLabels({ service: options.service })
  collectDefaultMetrics({ register: registry, prefix: 'goalpost_', eventLoopMonitoringPrecision })
  const registers = [registry]
  const depths = new Map<string, () => Promise<number>>()
  return {
    registry,
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
    apiRequestDuration: new Histogram({
      name: 'goalpost_api_request_duration_seconds',
      help: 'From request to response',
      labelNames: ['method', 'route', 'status'],
      buckets: milliseconds,
      registers,
    }),
    measureQueueDepth: (device, measure) => void depths.set(device, measure),
  }
}
