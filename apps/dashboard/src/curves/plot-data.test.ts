import { expect, test } from 'vitest'
import type { Curve } from './curve-panels.ts'
import { plotData } from './plot-data.ts'

const curve = (condition: string, steps: readonly number[]): Curve => ({
  condition,
  points: steps.map((x) => ({
    x,
    mean: { value: x, low: x - 1, high: x + 1 },
    seeds: [{ seed: 4, value: x }],
  })),
})

test('curves over different steps share an axis, with gaps where one has no point', () => {
  const { xs, columns, roles } = plotData([curve('a', [0, 10]), curve('b', [5, 10])], false)
  expect(xs).toEqual([0, 5, 10])
  expect(roles.map(({ kind, curve: index }) => `${kind} ${index}`)).toEqual([
    'low 0',
    'high 0',
    'seed 0',
    'mean 0',
    'low 1',
    'high 1',
    'seed 1',
    'mean 1',
  ])
  expect(columns[3]).toEqual([0, null, 10])
  expect(columns[6]).toEqual([null, 5, 10])
})

test('a log scale leaves out what it cannot show', () => {
  expect(plotData([curve('a', [0, 10])], true).columns[3]).toEqual([null, 10])
  expect(plotData([curve('a', [0, 10])], true).columns[0]).toEqual([null, 9])
})
