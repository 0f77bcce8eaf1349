import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { stubTab } from '../testing/stub-tab.ts'
import { createTabTimers } from './tab-timers.ts'

let tab: ReturnType<typeof stubTab>

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  tab = stubTab()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('intervals stand still in a hidden tab, also those set there, and go on when it is shown again', () => {
  const timers = createTabTimers()
  const [before, within, ended] = [vi.fn(), vi.fn(), vi.fn()]
  timers.setInterval(before, 1_000)
  const last = timers.setInterval(ended, 1_000)
  vi.advanceTimersByTime(2_000)
  tab.show(false)
  timers.setInterval(within, 1_000)
  expect(vi.getTimerCount()).toBe(0)
  timers.clearInterval(last)
  tab.show(true)
  vi.advanceTimersByTime(1_000)
  expect([before, within, ended].map(({ mock }) => mock.calls.length)).toEqual([3, 1, 2])
})
