import { describe, expect, it, vi } from 'vitest'
import { createMetrics } from './metrics.ts'

describe('createMetrics', () => {
  it('exposes measurements in the Prometheus text format', async () => {
    const metrics = createMetrics({ service: 'worker' })
    metrics.taskOutcomes.inc({ kind: 'train', outcome: 'succeeded' })
    metrics.queueDepth.set({ device: 'cpu' }, 3)
    metrics.claimLatency.observe(0.004)
    const text = await metrics.registry.metrics()
    expect(text).toContain('goalpost_task_attempts_total{kind="train",outcome="succeeded",service="worker"} 1')
    expect(text).toContain('goalpost_queue_depth{device="cpu",service="worker"} 3')
    expect(text).toContain('goalpost_claim_duration_seconds_bucket{le="0.005",service="worker"} 1')
  })

  it('keeps two instances in one process separate', async () => {
    const first = createMetrics({ service: 'a' })
    const second = createMetrics({ service: 'b' })
    first.queueDepth.set({ device: 'cpu' }, 9)
    expect(await second.registry.metrics()).not.toContain('goalpost_queue_depth{device="cpu"')
  })

  it('measures the queue depth on every scrape, and shows none rather than an old one', async () => {
    const metrics = createMetrics({ service: 'worker' })
    let depth: () => Promise<number> = async () => 4
    metrics.measureQueueDepth('gpu', () => depth())
    expect(await metrics.registry.metrics()).toContain('goalpost_queue_depth{device="gpu",service="worker"} 4')
    depth = () => Promise.reject(new Error('away'))
    expect(await metrics.registry.metrics()).not.toContain('goalpost_queue_depth{device="gpu"')
  })

  it('reads the database once for each scrape and not in between, and shows nothing old when it does not answer', async () => {
    const metrics = createMetrics({ service: 'api' })
    let readings = 0
    let answers = true
    const queues = [{ device: 'gpu' as const, slots: 3, shortSlots: 1 }]
    const worker = {
      id: 'a',
      host: 'h',
      codeRevision: 'r',
      cores: 2,
      queues,
      engines: null,
      startedAt: '',
      lastSeenAt: '',
    }
    metrics.measureFleet({
      async counts() {
        readings += 1
        if (!answers) throw new Error('away')
        const tasks = [{ workspace: 'lab', device: 'cpu', state: 'ready', count: 7 }] as const
        const verdicts = [{ workspace: 'lab', verdict: 'aligned', count: 2 }]
        return { tasks, verdicts, experiments: [{ workspace: 'lab', state: 'running', count: 1 }] }
      },
      workers: async () => [worker],
    })
    expect(readings).toBe(0)
    const text = await metrics.fleetRegistry.metrics()
    expect(readings).toBe(1)
    for (const line of [
      'goalpost_tasks{workspace="lab",device="cpu",state="ready",service="api"} 7',
      'goalpost_verdicts{workspace="lab",verdict="aligned",service="api"} 2',
      'goalpost_experiments{workspace="lab",state="running",service="api"} 1',
      'goalpost_workers{device="gpu",service="api"} 1',
      'goalpost_workers{device="cpu",service="api"} 0',
      'goalpost_worker_slots{device="gpu",lane="any",service="api"} 3',
      'goalpost_worker_slots{device="gpu",lane="short",service="api"} 1',
      'goalpost_database_up{service="api"} 1',
    ])
      expect(text).toContain(line)
    answers = false
    const later = await metrics.fleetRegistry.metrics()
    expect(readings).toBe(2)
    expect(later).not.toContain('goalpost_tasks{')
    expect(later).toContain('goalpost_database_up{service="api"} 0')
  })
  it('shows the database as down when it does not answer in time, without asking again while it hangs', async () => {
    vi.useFakeTimers()
    try {
      const metrics = createMetrics({ service: 'api' })
      let readings = 0
      const counts = () => {
        readings += 1
        return new Promise<never>(() => undefined)
      }
      metrics.measureFleet({ counts, workers: async () => [] })
      for (const _ of [1, 2]) {
        const scrape = metrics.fleetRegistry.metrics()
        await vi.advanceTimersByTimeAsync(3_000)
        expect(await scrape).toContain('goalpost_database_up{service="api"} 0')
      }
      expect(readings).toBe(1)
    } finally {
      vi.useRealTimers()
    }
  })
})
