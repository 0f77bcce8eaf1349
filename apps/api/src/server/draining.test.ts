import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createDrain } from './draining.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('lasts as long as was said, and is noticed from its start', async () => {
  const drain = createDrain()
  expect(drain.isDraining()).toBe(false)
  const over = vi.fn()
  void drain.begin(1_000).then(over)
  expect(drain.isDraining()).toBe(true)
  await vi.advanceTimersByTimeAsync(999)
  expect(over).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(over).toHaveBeenCalled()
})

it('is ended by a later call that leaves no time, and no timer keeps the process alive', async () => {
  const drain = createDrain()
  const over = vi.fn()
  void drain.begin(600_000).then(over)
  void drain.begin(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(over).toHaveBeenCalled()
  expect(vi.getTimerCount()).toBe(0)
})

it('is not made longer by a later call', async () => {
  const drain = createDrain()
  const over = vi.fn()
  void drain.begin(1_000).then(over)
  void drain.begin(5_000)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(over).toHaveBeenCalled()
})
