import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { quantileOfSorted, sorted } from './moments.ts'
import {
  averageImprovement,
  interquartileMean,
  optimalityGap,
  performanceProfile,
  probabilityOfImprovement,
} from './robust-aggregates.ts'
import { bootstrapStratified } from './stratified-bootstrap.ts'
import { compareWelch } from './welch.ts'
import { wilsonInterval } from './wilson.ts'

// All expected values: scipy 1.17.1, numpy 2.4.6.
test('quantiles interpolate as numpy does', () => {
  // numpy.quantile([3, 1, 4, 1.5, 9], [.025, .25, .5, .9])
  const values = sorted([3, 1, 4, 1.5, 9])
  expect([0.025, 0.25, 0.5, 0.9].map((p) => quantileOfSorted(values, p))).toEqual([1.05, 1.5, 3, 7])
})

// scipy.stats.binomtest(k, n).proportion_ci(.95, method='wilson')
test.each([
  [0, 20, 0, 0.16112515805281935],
  [7, 20, 0.1811918241010821, 0.5671457233147637],
  [20, 20, 0.8388748419471808, 1],
  [1, 3, 0.06149194472039626, 0.7923403991979523],
])('Wilson interval of %i out of %i', (successes, trials, low, high) => {
  const interval = wilsonInterval(successes, trials, 0.95)
  expect(interval.low).toBeCloseTo(low, 12)
  expect(interval.high).toBeCloseTo(high, 12)
})

test('a rate above one is refused', () => expect(() => wilsonInterval(4, 3, 0.95)).toThrow(RangeError))

describe("Welch's t", () => {
  test('agrees with scipy', () => {
    // r = scipy.stats.ttest_ind(x, y, equal_var=False); r.pvalue, r.df, r.confidence_interval(.95)
    const comparison = compareWelch([0.71, 0.82, 0.66, 0.9, 0.75], [0.5, 0.62, 0.55, 0.58], 0.95)
    expect(comparison?.pValue).toBeCloseTo(0.005184586664573176, 10)
    expect(comparison?.degrees).toBeCloseTo(6.310507186375536, 10)
    expect(comparison?.interval.low).toBeCloseTo(0.08670690742813185, 10)
    expect(comparison?.interval.high).toBeCloseTo(0.32429309257186817, 10)
  })

  test('needs two values on either side', () => expect(compareWelch([1], [1, 2], 0.95)).toBeNull())
})

describe('aggregates over runs and tasks, as rliable defines them', () => {
  const scores = [
    [0.1, 0.5, 0.9, 0.7, 0.2],
    [0.4, 1.3, 0.6, 0.8, 0.05],
  ]

  // scipy.stats.trim_mean(scores, .25, axis=None)
  test('interquartile mean', () => expect(interquartileMean(scores)).toBeCloseTo(0.5333333333333333, 14))

  // 1 - numpy.mean(numpy.minimum(scores, 1))
  test('optimality gap', () => expect(optimalityGap(scores)).toBeCloseTo(0.475, 14))

  // [numpy.mean(numpy.mean(scores > t, axis=1)) for t in (.1, .5, .7)]
  test('performance profile', () => {
    const profile = performanceProfile(scores, [0.1, 0.5, 0.7])
    expect(profile.map((share) => share.toFixed(12))).toEqual(['0.800000000000', '0.500000000000', '0.300000000000'])
  })

  // scipy.stats.mannwhitneyu(a, b).statistic / (len(a) * len(b)); .71 ties once
  test('probability of improvement counts ties half', () =>
    expect(probabilityOfImprovement([0.71, 0.82, 0.66, 0.9, 0.75], [0.5, 0.71, 0.8, 0.58])).toBeCloseTo(0.775, 14))
})

describe('the average probability of improvement', () => {
  // By hand: of the 4 pairs of the first task 3 are won; of the 2 of the second none, and one is a tie.
  test('is the mean over tasks of the share of pairs that are won, ties counting half', () => {
    const left = [
      [0.5, 0.9],
      [0.2, 0.1],
    ]
    const right = [[0.4, 0.6], [0.2]]
    expect(averageImprovement(left, right)).toBeCloseTo((3 / 4 + 0.5 / 2) / 2, 14)
    expect(averageImprovement(right, left)).toBeCloseTo(1 - (3 / 4 + 0.5 / 2) / 2, 14)
  })

  test('gives each task the same weight, whatever its runs', () => {
    expect(averageImprovement([[1], [0, 0, 0, 0]], [[0], [1, 1, 1, 1]])).toBe(0.5)
  })
})

// By hand: of 0, .1, … .7 the outer two at each end are cut off.
test('the interquartile mean is over the scores of all tasks together', () =>
  expect(
    interquartileMean([
      [0, 0.1, 0.2, 0.3],
      [0.4, 0.5, 0.6, 0.7],
    ]),
  ).toBeCloseTo((0.2 + 0.3 + 0.4 + 0.5) / 4, 14))

test('the stratified bootstrap never moves a run to another task', () => {
  const settings = { confidence: 0.95, resamples: 200, random: createStream(1).at(0) }
  const interval = bootstrapStratified(
    [
      [0, 0, 0],
      [1, 1, 1],
    ],
    ([first, second]) => second[0] - first[0],
    settings,
  )
  expect(interval).toEqual({ low: 1, high: 1 })
})
