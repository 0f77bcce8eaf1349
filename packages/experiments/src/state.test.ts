import type { TaskState } from '@goalpost/contracts'
import { describe, expect, it } from 'vitest'
import { countStates, deriveExperimentState, deriveRunState } from './state.ts'

const stateOf = (...states: TaskState[]) => deriveRunState(countStates(states))

describe('the state of a run', () => {
  it.each([
    ['waiting', ['blocked', 'ready', 'queued']],
    ['running', ['running', 'blocked']],
    ['running', ['succeeded', 'ready']],
    ['running', ['failed', 'blocked']],
    ['succeeded', ['succeeded', 'succeeded']],
    ['failed', ['succeeded', 'failed', 'cancelled']],
    ['cancelled', ['succeeded', 'cancelled']],
  ] as const)('is %s with tasks that are %j', (expected, states) => {
    expect(stateOf(...states)).toBe(expected)
  })
})

describe('the state of an experiment', () => {
  it('is cancelled at once, although a shared task continues', () => {
    expect(deriveExperimentState(countStates(['running', 'succeeded']), { cancelled: true })).toBe('cancelled')
    expect(deriveExperimentState(countStates(['running', 'succeeded']), { cancelled: false })).toBe('running')
  })
})
