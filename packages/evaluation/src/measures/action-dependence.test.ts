import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { createActionDependence } from './action-dependence.ts'

type Decision = readonly [cell: number, ...probabilities: number[]]

function bitsOf(decisions: readonly Decision[], cells = 8): number | null {
  const [first = [0]] = decisions
  const dependence = createActionDependence(first.length - 1, cells)
  for (const [cell, ...probabilities] of decisions) dependence.add(cell, Float64Array.from(probabilities))
  return dependence.bits()
}

/** Softmax of random logits. */
function drawDecisions(count: number, sharpness: number): Decision[] {
  const random = createStream(4).at(0)
  return Array.from({ length: count }, () => {
    const odds = Array.from({ length: 4 }, () => Math.exp(sharpness * (random.uniform() - 0.5)))
    const total = odds.reduce((sum, value) => sum + value, 0)
    return [random.integer(8), ...odds.map((value) => value / total)] as const
  })
}

test.each([[[0.1, 0.2, 0.3, 0.4]], [[1 / 3, 1 / 3, 1 / 3]], [[0, 1, 0, 0]], [[0.7000000000000001, 0.1, 0.2]]])(
  'the same distribution %j in every decision depends on nothing: exactly 0 bits',
  (probabilities) => {
    const decisions = Array.from({ length: 10_007 }, (_, i): Decision => [i % 8, ...probabilities])
    expect(bitsOf(decisions)).toBe(0)
  },
)

test('actions determined by the observation have the entropy of the actions', () => {
  const sure = (cell: number, action: number): Decision => [cell, ...[0, 1, 2, 3].map((a) => (a === action ? 1 : 0))]
  const even = Array.from({ length: 400 }, (_, i) => sure(i % 8, i % 4))
  expect(bitsOf(even)).toBeCloseTo(2, 12)
  // Three quarters one action, a quarter another.
  const uneven = Array.from({ length: 400 }, (_, i) => sure(i % 8, i % 4 === 3 ? 2 : 0))
  expect(bitsOf(uneven)).toBeCloseTo(2 - 0.75 * Math.log2(3), 12)
})

test('a channel of known capacity: the right one of two actions with probability 0.9 has 1 − H(0.9) bits', () => {
  const decisions = Array.from({ length: 1000 }, (_, i): Decision => [
    i % 8,
    ...(i % 2 === 0 ? [0.9, 0.1] : [0.1, 0.9]),
  ])
  expect(bitsOf(decisions)).toBeCloseTo(1 + 0.9 * Math.log2(0.9) + 0.1 * Math.log2(0.1), 12)
})

test.each([0, 1e-9, 1, 30, 1000])(
  'lies between 0 and the logarithm of the number of actions, at sharpness %d',
  (sharpness) => {
    const bits = bitsOf(drawDecisions(500, sharpness))
    expect(bits).toBeGreaterThanOrEqual(0)
    expect(bits).toBeLessThanOrEqual(2)
  },
)

test('the order of interleaved episodes does not change a single bit', () => {
  for (let sharpness = 1; sharpness < 10; sharpness++) {
    const [first, ...rest] = drawDecisions(5000, sharpness)
    const byEpisode = [first, ...rest.toSorted(([one], [other]) => one - other)]
    expect(bitsOf(byEpisode)).toBe(bitsOf([first, ...rest]))
  }
})

test('without a decision there is no number', () => expect(bitsOf([])).toBeNull())
