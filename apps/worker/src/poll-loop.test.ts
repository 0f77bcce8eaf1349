import { describe, expect, it, vi } from 'vitest'
import { startPollLoop, untilWoken } from './poll-loop.ts'

const patience = { timeout: 5_000, interval: 2 }

describe('startPollLoop', () => {
  it('repeats at once while there is more to do', async () => {
    let left = 5
    const loop = startPollLoop({ step: async () => (--left > 0 ? 0 : 60_000) })
    await vi.waitFor(() => expect(left).toBe(0), patience)
    await loop.stop()
  })

  it('runs at once when woken, also if the wake came during a step', async () => {
    const steps: PromiseWithResolvers<void>[] = []
    const loop = startPollLoop({
      step: async () => {
        const running = Promise.withResolvers<void>()
        steps.push(running)
        await running.promise
        return untilWoken
      },
    })
    loop.wake()
    steps[0]!.resolve()
    await vi.waitFor(() => expect(steps).toHaveLength(2), patience)
    steps[1]!.resolve()
    await new Promise((resolve) => setImmediate(resolve))
    loop.wake()
    await vi.waitFor(() => expect(steps).toHaveLength(3), patience)
    steps[2]!.resolve()
    await loop.stop()
  })

  it('survives errors, and reports the first of consecutive ones and the recovery', async () => {
    let runs = 0
    const told: unknown[] = []
    const loop = startPollLoop({
      retryMs: 1,
      longestPauseMs: 2,
      step: async () => {
        runs += 1
        if (runs <= 4) throw new Error('the database is away')
        return 1
      },
      onHealth: (error) => told.push(error),
    })
    await vi.waitFor(() => expect(runs).toBeGreaterThan(6), patience)
    await loop.stop()
    expect(told).toEqual([new Error('the database is away'), null])
  })

  it('ignores wakes while steps fail', async () => {
    let runs = 0
    const loop = startPollLoop({
      retryMs: 60_000,
      longestPauseMs: 60_000,
      step: () => Promise.reject(new Error(`away ${(runs += 1)}`)),
    })
    await vi.waitFor(() => expect(runs).toBe(1), patience)
    for (let turn = 0; turn < 20; turn += 1) {
      loop.wake()
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(runs).toBe(1)
    await loop.stop()
  })

  it('stops without waiting for the pause, but waits for a running step', async () => {
    const step = Promise.withResolvers<number>()
    const loop = startPollLoop({ step: () => step.promise })
    let stopped = false
    const stopping = loop.stop().then(() => (stopped = true))
    await new Promise((resolve) => setImmediate(resolve))
    expect(stopped).toBe(false)
    step.resolve(60_000)
    await stopping
  })
})
