import { expect, test } from 'vitest'
import { exactInterval } from './exact-interval.ts'

// scipy.stats.binomtest(k, n).proportion_ci(confidence, method='exact')
test.each([
  [0, 8, 0.95, 0, 0.3694166475528191],
  [3, 8, 0.95, 0.08523341413759308, 0.7551367836335001],
  [8, 8, 0.95, 0.6305833524471809, 1],
  [45, 32_768, 0.95, 0.001001858801150887, 0.0018371447780107485],
  [1, 10, 0.9, 0.005116196892304593, 0.394163302436974],
])('of %d of %d at %d', (successes, trials, confidence, low, high) => {
  const interval = exactInterval(successes, trials, confidence)
  expect(interval.low).toBeCloseTo(low, 9)
  expect(interval.high).toBeCloseTo(high, 9)
})

test('of nothing in n it ends where n failures have half of the error’s probability', () => {
  for (const trials of [1, 5, 100]) expect((1 - exactInterval(0, trials, 0.95).high) ** trials).toBeCloseTo(0.025, 9)
})

test('it covers every rate at least as often as it says', () => {
  const trials = 8
  const choose = (k: number): number => (k === 0 ? 1 : (choose(k - 1) * (trials - k + 1)) / k)
  const intervals = Array.from({ length: trials + 1 }, (_, k) => exactInterval(k, trials, 0.95))
  for (let rate = 0.01; rate < 1; rate += 0.01) {
    const covered = intervals.reduce(
      (sum, { low, high }, k) =>
        low <= rate && rate <= high ? sum + choose(k) * rate ** k * (1 - rate) ** (trials - k) : sum,
      0,
    )
    expect(covered).toBeGreaterThanOrEqual(0.95)
  }
})

test('a rate above one is refused', () => expect(() => exactInterval(4, 3, 0.95)).toThrow(RangeError))
