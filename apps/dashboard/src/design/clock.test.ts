import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { stubTab } from '../testing/stub-tab.ts'
import { shownTime, watchClock } from './clock.ts'

let tab: ReturnType<typeof stubTab>

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  tab = stubTab()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('all that is shown moves at once, by one timer, which stops with the last', () => {
  const first = vi.fn()
  const second = vi.fn()
  const stops = [watchClock(first), watchClock(second)]
  expect(vi.getTimerCount()).toBe(1)
  vi.advanceTimersByTime(15_000)
  expect(shownTime()).toBe(15_000)
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 1])
  vi.advanceTimersByTime(1_000)
  expect(shownTime()).toBe(15_000)
  for (const stop of stops) stop()
  expect(vi.getTimerCount()).toBe(0)
})

test('in a hidden tab nothing runs, and what is shown moves when it is seen again', () => {
  const changed = vi.fn()
  const stop = watchClock(changed)
  tab.show(false)
  expect(vi.getTimerCount()).toBe(0)
  vi.advanceTimersByTime(60_000)
  expect(changed).not.toHaveBeenCalled()
  tab.show(true)
  expect(changed).toHaveBeenCalledOnce()
  expect(shownTime()).toBe(60_000)
  expect(vi.getTimerCount()).toBe(1)
  stop()
  tab.show(true)
  expect(vi.getTimerCount()).toBe(0)
})

test('a page without times shows the present once it has one', () => {
  vi.advanceTimersByTime(60_000)
  expect(shownTime()).toBe(60_000)
})
