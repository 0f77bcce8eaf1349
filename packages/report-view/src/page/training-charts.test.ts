import { expect, test } from 'vitest'
import { trainingCharts } from './training-charts.ts'
import { trainingParts } from './training-parts.ts'

const series = (name: string, values: readonly (number | { missing: string })[], labels = {}) => ({
  name,
  labels,
  points: values.map((value, index) => ({ x: 10 * index, value })),
})

test('each seed is kept beside the mean of its condition, between the lowest and the highest', () => {
  const panels = trainingCharts([
    { condition: 'a', seed: 2, series: [series('valueLoss', [3, 5])] },
    { condition: 'a', seed: 1, series: [series('valueLoss', [1, 5])] },
    { condition: 'b', seed: 1, series: [series('valueLoss', [7, 8])] },
  ])
  expect(panels).toHaveLength(1)
  expect(panels[0]?.title).toBe('value loss')
  expect(panels[0]?.curves.map(({ condition }) => condition)).toEqual(['a', 'b'])
  expect(panels[0]?.curves[0]?.points[0]).toEqual({
    x: 0,
    mean: { value: 2, low: 1, high: 3, count: 2 },
    seeds: [
      { seed: 1, value: 1 },
      { seed: 2, value: 3 },
    ],
  })
})

test('returns come first, then losses, then everything else', () => {
  const names = ['approximateKl', 'valueLoss', 'trueReturn', 'entropy']
  const run = { condition: 'a', seed: 1, series: names.map((name) => series(name, [1, 2])) }
  const titles = trainingCharts([run]).map(({ title }) => title)
  expect(titles).toEqual(['true return', 'value loss', 'approximate kl', 'entropy'])
})

test('missing values are no points, a single point is no curve, and other labels are another chart', () => {
  const run = (series_: ReturnType<typeof series>[]) => [{ condition: 'a', seed: 1, series: series_ }]
  expect(trainingCharts(run([series('loss', [1, { missing: 'not finite' }])]))).toEqual([])
  const panels = trainingCharts(
    run([series('return', [1, 2], { suite: 'x' }), series('return', [1, 2], { suite: 'y' })]),
  )
  expect(panels.map(({ labels }) => labels)).toEqual([['x'], ['y']])
})

test('in a report, too, curves with other labels are plots of their own, named by them', () => {
  const run = {
    condition: 'a',
    seed: 1,
    series: [series('return', [1, 2], { suite: 'x' }), series('return', [3, 4], { suite: 'y' })],
  }
  const parts = trainingParts([run], 'steps')
  expect(parts.map(({ title, lines }) => [title, lines[0]?.points[0]?.y])).toEqual([
    ['return, x', { value: 1, low: 1, high: 1, count: 1 }],
    ['return, y', { value: 3, low: 3, high: 3, count: 1 }],
  ])
})
