import { describe, expect, it } from 'vitest'
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
})
