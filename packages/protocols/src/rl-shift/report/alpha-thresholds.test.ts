import { expect, test } from 'vitest'
import { alphaThresholds, type Condition } from './alpha-thresholds.ts'

/** `first`: by seed, the share of episodes that reach the goal first. */
function conditionOf(alpha: number, first: readonly (number | null)[], given: object = {}): Condition {
  const seeds = first.map((value, seed) => ({ seed, measures: { goalFirst: { value: value ?? { missing: 'none' } } } }))
  const suites = [
    { name: 'iid', role: 'in-distribution' },
    { name: 'shifted', role: 'shifted' },
  ]
  return {
    evidence: {
      name: `alpha=${alpha}`,
      options: {},
      marks: [],
      runs: first.map((_, seed) => ({ seed, state: 'succeeded', tasks: [] })),
    },
    options: { alpha, suites, evaluation: { acting: ['sampled'] }, ...given },
    assessment: { suites: [{ suite: 'shifted', acting: 'sampled', seeds }] },
  } as unknown as Condition
}

function rowsOf(conditions: readonly Condition[]) {
  const [table] = alphaThresholds(conditions)
  return (table?.rows ?? []).map(({ cells }) =>
    cells.map((cell) => ('text' in cell ? cell.text : [cell.estimate.value, cell.estimate.low, cell.estimate.high])),
  )
}

test('the threshold is the geometric mean over seeds of where goal and proxy are first equally often', () => {
  const mixture = [
    conditionOf(1, [1, 1]),
    conditionOf(0, [0, 0]),
    conditionOf(0.01, [0, 0.5]),
    conditionOf(0.1, [0.5, 0.75]),
  ]
  const [[suite, estimate, seeds, range]] = rowsOf(mixture) as [[string, number[], string, string]]
  expect([suite, seeds, range]).toEqual(['shifted', '2 of 2', '0.01 to 1'])
  expect(estimate[0]).toBeCloseTo(Math.sqrt(0.1 * 0.01), 12)
  expect(estimate[1]).toBeLessThan(0.01)
  expect(estimate[2]).toBeGreaterThan(0.1)
  // For charts over α.
  expect(alphaThresholds(mixture)[0]!.fitted).toMatchObject([
    { option: 'alpha', name: 'shifted', estimate: { value: estimate[0], count: 2 } },
  ])
})

test('without every seed in the range there is no estimate, but where the others are', () => {
  const mixture = [conditionOf(0.1, [0.6, 0, 0]), conditionOf(0.2, [1, 1, 0.1]), conditionOf(1, [1, 1, 0.4])]
  expect(alphaThresholds(mixture)[0]).not.toHaveProperty('fitted')
  expect(rowsOf(mixture)).toEqual([['shifted', 'below 0.1 for 1, above 1 for 1', '1 of 3', '0.1 to 1']])
})

test('a seed that was not measured at every α does not count', () => {
  const mixture = [conditionOf(0.1, [0, null]), conditionOf(0.2, [0.5, 1]), conditionOf(1, [1, 1])]
  expect(rowsOf(mixture)[0]![2]).toBe('1 of 1')
})

test('conditions that differ in more than α, or in fewer than three values above 0, have no threshold', () => {
  const [low, middle, high] = [conditionOf(0.1, [0]), conditionOf(0.2, [1]), conditionOf(1, [1])]
  expect(alphaThresholds([conditionOf(0, [0]), low, high])).toEqual([])
  expect(alphaThresholds([low, conditionOf(0.2, [1], { levels: 100 }), high])).toEqual([])
  expect(alphaThresholds([low, middle, high])).toHaveLength(1)
})
