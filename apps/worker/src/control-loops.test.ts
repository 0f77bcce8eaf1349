import type { Outlook, WorkSignal } from '@goalpost/experiments'
import { createLogger } from '@goalpost/telemetry'
import { expect, it, vi } from 'vitest'
import { idleOutlook } from '../test/idle-outlook.ts'
import { startControlLoops } from './control-loops.ts'

const nothing: Outlook = { ...idleOutlook, leads: true }

/** The loops of a worker that nothing else happens to; the test says what each look finds, and ends each step of gates. */
function startLoops() {
  const steps: PromiseWithResolvers<number>[] = []
  const outlooks: Outlook[] = []
  let signal: (signal: WorkSignal) => void = () => undefined
  const loops = startControlLoops({
    dispatcher: { dispatch: async () => 0, requeueLost: async () => 0, reapExpired: async () => 0 },
    producer: { add: async () => undefined, known: async () => new Set() },
    watchWork(onSignal) {
      signal = onSignal
      return { look: async () => outlooks.shift() ?? nothing, close: async () => undefined }
    },
    fireSchedules: async () => 0,
    stepGates() {
      const step = Promise.withResolvers<number>()
      steps.push(step)
      return step.promise
    },
    collectFiles: async () => null,
    webhooks: { claim: async () => [], settle: async () => true },
    deliver: () => Promise.reject(new Error('There is nothing to deliver')),
    lookAhead: 1,
    log: createLogger({ service: 'worker', level: 'silent' }),
  })
  const look = async (found: Partial<Outlook>) => {
    outlooks.push({ ...nothing, ...found })
    signal('postponed')
    await vi.waitFor(() => expect(outlooks).toEqual([]))
  }
  return { loops, steps, look }
}

it('what becomes due while a step is under way is not forgotten', async () => {
  const { loops, steps, look } = startLoops()
  await look({ gates: true })
  await vi.waitFor(() => expect(steps).toHaveLength(1))
  await look({ gates: true })
  steps[0]!.resolve(1)
  await vi.waitFor(() => expect(steps).toHaveLength(2))
  steps[1]!.resolve(0)
  await loops.stop()
})

it('a step that failed is repeated without another look', async () => {
  const { loops, steps, look } = startLoops()
  await look({ gates: true })
  await vi.waitFor(() => expect(steps).toHaveLength(1))
  steps[0]!.reject(new Error('unavailable'))
  await vi.waitFor(() => expect(steps).toHaveLength(2))
  steps[1]!.resolve(0)
  await vi.waitFor(() => expect(loops.isHealthy()).toBe(true))
  await loops.stop()
})
