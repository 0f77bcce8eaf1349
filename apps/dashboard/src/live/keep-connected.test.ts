import { afterEach, expect, test, vi } from 'vitest'
import { stubTab } from '../testing/stub-tab.ts'
import { keepConnected } from './keep-connected.ts'

afterEach(() => vi.unstubAllGlobals())

test('a hidden tab has no stream, and a tab that is shown again has a new one', () => {
  const tab = stubTab()
  const signals: AbortSignal[] = []
  const close = keepConnected((signal) => signals.push(signal))
  expect(signals.map(({ aborted }) => aborted)).toEqual([false])
  tab.show(false)
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  tab.show(true)
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
  close()
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true])
  tab.show(true)
  expect(signals).toHaveLength(2)
})

test('a page that is opened in a hidden tab connects when it is first seen', () => {
  const tab = stubTab()
  tab.show(false)
  const open = vi.fn()
  const close = keepConnected(open)
  expect(open).not.toHaveBeenCalled()
  tab.show(true)
  expect(open).toHaveBeenCalledOnce()
  close()
})
