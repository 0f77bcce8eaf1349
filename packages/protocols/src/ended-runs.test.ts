import type { RunState } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { describeEnded, endedSentence } from './ended-runs.ts'

const runs = (...states: RunState[]) => states.map((state) => ({ state }))

test('runs of which none succeeded are described by how they ended', () => {
  expect(describeEnded(runs('failed'))).toBe('the run failed')
  expect(describeEnded(runs('cancelled'))).toBe('the run was cancelled')
  expect(describeEnded(runs('failed', 'failed', 'failed'))).toBe('all 3 runs failed')
  expect(describeEnded(runs('cancelled', 'cancelled'))).toBe('all 2 runs were cancelled')
  expect(describeEnded(runs('failed', 'cancelled', 'failed'))).toBe('2 runs failed, 1 was cancelled')
  expect(endedSentence('all 3 runs failed')).toBe('All 3 runs failed.')
})

test('while a run may succeed, or if one has, nothing is said to have ended', () => {
  for (const state of ['waiting', 'running', 'succeeded'] as const)
    expect(describeEnded(runs('failed', state))).toBeNull()
  expect(describeEnded([])).toBeNull()
})
