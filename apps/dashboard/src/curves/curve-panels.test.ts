import type { Aggregate } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { curvePanels } from './curve-panels.ts'

const aggregate = (task: string, given: Partial<Aggregate> = {}): Aggregate => ({
  condition: 'control',
  task,
  measure: 'someReturn',
  key: 'some-return',
  labels: { split: 'test', acting: 'sampled' },
  estimate: { value: 0.5, low: 0.4, high: 0.6, count: 2 },
  values: [
    { seed: 1, value: 0.4 },
    { seed: 2, value: 0.6 },
  ],
  ...given,
})

test('repeated tasks become a curve, ordered by step, with every seed', () => {
  const [panel, ...others] = curvePanels([aggregate('evaluate@1000'), aggregate('evaluate@0'), aggregate('train')])
  expect(others).toEqual([])
  expect(panel?.title).toBe('some return')
  expect(panel?.curves[0]?.points.map(({ x }) => x)).toEqual([0, 1000])
  expect(panel?.curves[0]?.points[0]?.seeds).toEqual([
    { seed: 1, value: 0.4 },
    { seed: 2, value: 0.6 },
  ])
})

test('panels are told apart by the labels that differ, and by no others', () => {
  const shifted = { labels: { split: 'shifted', acting: 'sampled' } }
  const panels = curvePanels(['e@0', 'e@9'].flatMap((task) => [aggregate(task), aggregate(task, shifted)]))
  expect(panels.map(({ labels }) => labels)).toEqual([['test'], ['shifted']])
})

test('what was measured once is no curve, and a missing value is no point of a seed', () => {
  expect(curvePanels([aggregate('evaluate@0')])).toEqual([])
  const missing = aggregate('evaluate@9', { values: [{ seed: 1, value: { missing: 'not finished' } }] })
  expect(curvePanels([aggregate('evaluate@0'), missing])[0]?.curves[0]?.points[1]?.seeds).toEqual([])
})
