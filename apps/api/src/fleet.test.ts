import type { WorkerView } from '@goalpost/contracts'
import type { Timing } from '@goalpost/experiments'
import { expect, test } from 'vitest'
import { secondsLeftOf } from './fleet.ts'

const worker: WorkerView = {
  id: 'w',
  host: 'h',
  codeRevision: 'r',
  cores: 2,
  queues: [{ device: 'cpu', slots: 1 }],
  engines: [{ name: 'onnx:cpu', build: '1', device: 'cpu', deviceName: null }],
  startedAt: '2026-01-01T00:00:00Z',
  lastSeenAt: '2026-01-01T00:00:00Z',
}
const task = { state: 'ready', sort: 'a', amount: 60, share: 0, perSecond: null, short: false, run: 'r' } as const
const timing: Timing = { tasks: [task], paces: new Map([['a', { startSeconds: 0, perSecond: 2 }]]) }
const left = (workers: WorkerView[], needs: { engine: string; device: 'cpu' | 'gpu' }[]) =>
  secondsLeftOf({ workers, tag: '' }, { state: 'waiting', pausedAt: null, needs, timing, searching: false })

test('the time left is estimated while workers can run every part of an experiment', () => {
  expect(left([worker], [{ engine: 'onnx:cpu', device: 'cpu' }])).toBe(30)
})

test('no time left is estimated while a part needs an engine that no worker has, or while none runs', () => {
  const needs = [
    { engine: 'onnx:cpu', device: 'cpu' },
    { engine: 'onnx:cuda', device: 'gpu' },
  ] as const
  expect(left([worker], [...needs])).toBeNull()
  expect(left([], [needs[0]])).toBeNull()
})

test('nor while a search has rounds to come', () => {
  const searching = { state: 'running', pausedAt: null, needs: [], timing, searching: true } as const
  expect(secondsLeftOf({ workers: [worker], tag: '' }, searching)).toBeNull()
  expect(secondsLeftOf({ workers: [worker], tag: '' }, { ...searching, searching: false })).toBe(30)
})

test('nor while it is paused', () => {
  const running = { state: 'running', pausedAt: null, needs: [], timing, searching: false } as const
  expect(secondsLeftOf({ workers: [worker], tag: '' }, running)).toBe(30)
  expect(secondsLeftOf({ workers: [worker], tag: '' }, { ...running, pausedAt: '2026-11-30T00:00:00.000Z' })).toBeNull()
})
