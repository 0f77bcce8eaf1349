import type { Aggregate, ResultsView } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { thinSteps } from './thin-steps.ts'

const resultsOf = (aggregates: readonly string[]): ResultsView => ({
  experimentId: '01a227ab-3943-7000-8000-000000000000',
  state: 'running',
  status: 'partial',
  report: null,
  resultHash: null,
  aggregates: aggregates.map((name) => {
    const [condition, task] = name.split(' ')
    return { condition, task } as Aggregate
  }),
})
const thinned = (aggregates: readonly string[], maxSteps: number) => {
  const { aggregates: left, stride } = thinSteps(resultsOf(aggregates), maxSteps)
  return { left: left.map(({ condition, task }) => `${condition} ${task}`), stride }
}
const stepped = (condition: string, kind: string, steps: readonly number[]) =>
  steps.map((step) => `${condition} ${kind}@${step}`)

test('of a task that is repeated too often every nth is left, and the last', () => {
  const all = Array.from({ length: 10 }, (_, index) => index * 100)
  expect(thinned(['a train', ...stepped('a', 'evaluate', all)], 4)).toEqual({
    left: ['a train', ...stepped('a', 'evaluate', [0, 300, 600, 900])],
    stride: 3,
  })
  expect(thinned(stepped('a', 'evaluate', all.slice(0, 9)), 4).left).toEqual(
    stepped('a', 'evaluate', [0, 300, 600, 800]),
  )
})

test('no more steps are left than asked for', () => {
  for (let count = 1; count < 40; count++)
    for (let maxSteps = 2; maxSteps < 12; maxSteps++) {
      const steps = Array.from({ length: count }, (_, index) => index)
      const { left } = thinned(stepped('a', 'evaluate', steps), maxSteps)
      expect(left.length, `${count} to ${maxSteps}`).toBeLessThanOrEqual(maxSteps)
      expect([left[0], left.at(-1)]).toEqual([`a evaluate@0`, `a evaluate@${count - 1}`])
    }
})

test('results with few steps stay whole', () => {
  const few = stepped('a', 'evaluate', [9, 10])
  expect(thinned(few, 2)).toEqual({ left: few, stride: 1 })
  expect(thinned(['a train'], 2)).toEqual({ left: ['a train'], stride: 1 })
})

test('conditions and kinds of tasks are thinned apart: no curve vanishes because another has more steps', () => {
  const [first, second] = [stepped('a', 'evaluate', [100, 200, 300]), stepped('b', 'evaluate', [150, 250, 350])]
  expect(thinned([...first, ...second], 3)).toEqual({ left: [...first, ...second], stride: 1 })
  const probes = stepped('a', 'probe', [1, 2])
  const many = stepped('a', 'evaluate', [0, 1, 2, 3, 4])
  expect(thinned([...probes, ...many], 3)).toEqual({
    left: [...probes, ...stepped('a', 'evaluate', [0, 2, 4])],
    stride: 2,
  })
})
