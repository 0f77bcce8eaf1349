import type { Dispatcher, Outlook, WorkSignal } from '@goalpost/experiments'
import { createLogger, createMetrics } from '@goalpost/telemetry'
import { expect, it, vi } from 'vitest'
import { idleOutlook } from '../test/idle-outlook.ts'
import { startControlLoops } from './control-loops.ts'

const nothing: Outlook = { ...idleOutlook, leads: true }

/** The loops of a worker that nothing else happens to; the test says what each look finds, and ends each step of gates. */
function startLoops() {
  const metrics = createMetrics({ service: 'worker' })
  const steps: PromiseWithResolvers<number>[] = []
  const outlooks: Outlook[] = []
  const preempted: number[] = []
  let signal: (signal: WorkSignal) => void = () => undefined
  const job = { taskId: 'a', epoch: 0, jobId: 'a.1', device: 'cpu', lane: 'any' } as const
  let left = 0
  let expired = 0
  const dispatcher: Dispatcher = {
    async dispatch(_, add) {
      const found = left
      left = 0
      if (found > 0) await add([{ ...job, readyMs: 1_500 }])
      return found
    },
    async preempt() {
      preempted.push(performance.now())
      return preempted.length === 1 ? 'busy' : 0
    },
    requeueLost: async () => 0,
    async reapExpired() {
      const found = expired
      expired = 0
      left = found > 0 ? 1 : 0
      return found
    },
  }
  const loops = startControlLoops({
    dispatcher,
    producer: { add: async () => undefined, known: async () => new Set() },
    watchWork(onSignal) {
      signal = onSignal
      return { look: async () => outlooks.shift() ?? nothing, close: async () => undefined }
    },
    fireSchedules: async () => 0,
    stepSearches: async () => 0,
    stopOverdue: async () => 0,
    stepGates() {
      const step = Promise.withResolvers<number>()
      steps.push(step)
      return step.promise
    },
    collectFiles: async () => null,
    webhooks: { claim: async () => [], settle: async () => true },
    deliver: () => Promise.reject(new Error('There is nothing to deliver')),
    lookAhead: 1,
    preemptAfterMs: 60_000,
    log: createLogger({ service: 'worker', level: 'silent' }),
    metrics,
  })
  const look = async (found: Partial<Outlook>) => {
    if (found.expired) expired = 2
    outlooks.push({ ...nothing, ...found })
    signal('postponed')
    await vi.waitFor(() => expect(outlooks).toEqual([]), { timeout: 10_000 })
  }
  return { loops, steps, look, metrics, preempted }
}

it('what becomes due while a step is under way is not forgotten', async () => {
  const { loops, steps, look } = startLoops()
  await look({ gates: true })
  await vi.waitFor(() => expect(steps).toHaveLength(1), { timeout: 10_000 })
  await look({ gates: true })
  steps[0]!.resolve(1)
  await vi.waitFor(() => expect(steps).toHaveLength(2), { timeout: 10_000 })
  steps[1]!.resolve(0)
  await loops.stop()
})

it('a step that failed is repeated without another look', async () => {
  const { loops, steps, look } = startLoops()
  await look({ gates: true })
  await vi.waitFor(() => expect(steps).toHaveLength(1), { timeout: 10_000 })
  steps[0]!.reject(new Error('unavailable'))
  await vi.waitFor(() => expect(steps).toHaveLength(2), { timeout: 10_000 })
  steps[1]!.resolve(0)
  await vi.waitFor(() => expect(loops.isHealthy()).toBe(true), { timeout: 10_000 })
  await loops.stop()
})

it('asks for slots again a moment after another process was dispatching, without another look', async () => {
  const { loops, look, preempted } = startLoops()
  await look({ outranked: true })
  await vi.waitFor(() => expect(preempted).toHaveLength(2), { timeout: 10_000 })
  await loops.stop()
  expect(preempted[1]! - preempted[0]!).toBeGreaterThan(20)
  expect(preempted).toHaveLength(2)
})

it('counts expired leases, and the time that tasks were ready before they were queued', async () => {
  const { loops, look, metrics } = startLoops()
  await look({ expired: true, ready: true })
  await vi.waitFor(async () => expect((await metrics.leasesLost.get()).values[0]?.value).toBe(2), {
    timeout: 10_000,
  })
  await vi.waitFor(async () => {
    const { values } = await metrics.stageDuration.get()
    const found = values.find(({ metricName, labels }) => metricName?.endsWith('_sum') && labels.stage === 'ready')
    expect(found?.value).toBe(1.5)
  }, 10_000)
  await loops.stop()
})
