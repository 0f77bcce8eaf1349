import { describe, expect, test } from 'vitest'
import { bettingInterval, placeBets } from './betting.ts'
import { describeGroups } from './describe-groups.ts'
import { groupThresholds } from './group-thresholds.ts'
import { findGroups } from './groups.ts'
import { improvementInterval } from './improvement-interval.ts'
import { quantileOfSorted, sampleVariance } from './moments.ts'
import { normalQuantile } from './normal.ts'
import { percentileInterval } from './percentile.ts'
import { isKnown } from './quantity.ts'
import { incompleteBeta } from './special-functions.ts'
import { splitGroups } from './split-groups.ts'
import { studentCdf, studentInterval, studentQuantile } from './student.ts'
import { compareWelch } from './welch.ts'
import { wilsonInterval } from './wilson.ts'

// Values at the ends of ranges, and the smallest samples.
describe('percentiles of replicates', () => {
  test('leave out unknown ones and do not depend on their order', () => {
    const replicates = Float64Array.of(10, 2, Number.NaN, 1, 4, 3)
    const before = replicates.slice()
    expect(percentileInterval(replicates, 0.5)).toEqual({ low: 2, high: 4 })
    expect(percentileInterval(replicates, 0.5)).toEqual({ low: 2, high: 4 })
    expect(percentileInterval(replicates, 0.9)!.high).toBeCloseTo(4 + 0.8 * 6, 12)
    expect(replicates).toEqual(before)
  })

  test('are missing if none is known', () => expect(percentileInterval(Float64Array.of(Number.NaN), 0.5)).toBeNull())
})

describe('cuts of ascending values', () => {
  test('have gap and spread as shares', () =>
    expect(splitGroups([1, 0, 1, 0])).toEqual([
      { lower: 1, gap: 0, gapShare: 0, withinShare: expect.closeTo(2 / 3, 12) },
      { lower: 2, gap: 1, gapShare: 1, withinShare: 0 },
      { lower: 3, gap: 0, gapShare: 0, withinShare: expect.closeTo(2 / 3, 12) },
    ]))

  test('leave a tenth of the values on each side; equal values have none', () => {
    const lowers = splitGroups(Array.from({ length: 20 }, (_, i) => i)).map(({ lower }) => lower)
    expect([lowers.at(0), lowers.at(-1)]).toEqual([2, 18])
    expect(splitGroups([2, 2, 2])).toEqual([])
  })
})

describe('groups of seeds', () => {
  test('are judged by thresholds for their number, from 5 to 40', () => {
    expect(groupThresholds(5)).toEqual({ gapShare: 0.805, withinShare: 0.021 })
    expect(groupThresholds(6)).toEqual({ gapShare: 0.723, withinShare: 0.041 })
    expect(groupThresholds(40)).toEqual({ gapShare: 0.156, withinShare: 0.24 })
    expect(groupThresholds(400)).toEqual(groupThresholds(40))
  })

  test.each([
    { middle: 0.48, groups: { lower: 24, upper: 16 } },
    { middle: 0.52, groups: { lower: 16, upper: 24 } },
  ])('are parted at the widest of several gaps: %o', ({ middle, groups }) => {
    const values = [0, middle, 1].flatMap((value) => Array.from({ length: value === middle ? 8 : 16 }, () => value))
    expect(findGroups(values)).toEqual(groups)
  })

  test('need a small spread within them, too', () => {
    // The gap has .9 of the range in both, and the spread .017 and .023 of the squares: five seeds ask for .021.
    expect(findGroups([0, 0, 0, 0.05, 1])).not.toBeNull()
    expect(findGroups([0, 0.1, 0, 0.1, 1])).not.toBeNull()
    expect(findGroups([0, 0.15, 0, 0.15, 1])).toBeNull()
  })

  test('are compared with the absolute values', () => {
    expect(findGroups([-1, -1, -1, -1, -0.95])).toBeNull()
    expect(findGroups([-1, -1, -1, -1, -0.85])).toEqual({ lower: 4, upper: 1 })
  })

  test('are explained by levels only if at least two replicates are known', () => {
    const values = [0, 0, 0, 0, 0.2]
    const with2 = values.map((value) => Float64Array.of(value / 2, Number.NaN, value * 1.5))
    const with1 = values.map((value) => Float64Array.of(value / 2, Number.NaN, Number.NaN))
    expect(findGroups(values, with2)).toBeNull()
    expect(findGroups(values, with1)).toEqual({ lower: 4, upper: 1 })
  })

  test('are said with their sizes', () =>
    expect(describeGroups({ lower: 3, upper: 2 })).toBe(
      'two groups of seeds (3 low, 2 high): the interval may not cover',
    ))
})

describe("Welch's t of constant samples", () => {
  test('has no doubt', () => {
    expect(compareWelch([1, 1], [1, 1, 1], 0.95)).toEqual({
      difference: 0,
      interval: { low: 0, high: 0 },
      degrees: 3,
      pValue: 1,
    })
    expect(compareWelch([2, 2], [1, 1], 0.95)).toMatchObject({ difference: 1, degrees: 2, pValue: 0 })
  })

  test('two values are enough, one is not, on either side', () => {
    expect(compareWelch([1, 2], [1, 3], 0.95)).not.toBeNull()
    expect(compareWelch([1, 2], [1], 0.95)).toBeNull()
    expect(compareWelch([1], [1, 2], 0.95)).toBeNull()
  })
})

describe('rates', () => {
  test('of nothing or all have exact ends', () => {
    expect(wilsonInterval(0, 7, 0.95).low).toBe(0)
    expect(wilsonInterval(7, 7, 0.95).high).toBe(1)
    expect(wilsonInterval(1, 1, 0.95).low).toBeGreaterThan(0)
  })

  test.each([
    [-1, 3],
    [4, 3],
    [0, 0],
    [0, 0.5],
  ])('%d of %d is refused', (successes, trials) =>
    expect(() => wilsonInterval(successes, trials, 0.95)).toThrow(RangeError),
  )
})

describe('chances of improvement', () => {
  test('need two values on either side', () => {
    expect(improvementInterval(0.5, { left: 2, right: 2 }, 0.95)).not.toBeNull()
    expect(improvementInterval(0.5, { left: 2, right: 1 }, 0.95)).toBeNull()
    expect(improvementInterval(0.5, { left: 1, right: 2 }, 0.95)).toBeNull()
  })
})

describe('distributions at the ends', () => {
  test('of the normal: far tails, no quantile at 0 and 1', () => {
    // scipy.stats.norm.ppf(1e-20)
    expect(normalQuantile(1e-20)).toBeCloseTo(-9.262340089798408, 9)
    expect(normalQuantile(0.5)).toBe(0)
    for (const p of [0, 1, 1.5, -1]) expect(() => normalQuantile(p), `${p}`).toThrow(RangeError)
  })

  test("of Student's t", () => {
    expect(studentQuantile(0.5, 3)).toBe(0)
    expect(studentQuantile(0.5, 2.5)).toBe(0)
    expect(studentCdf(0, 3)).toBeCloseTo(0.5, 14)
    for (const p of [0, 1, -1]) expect(() => studentQuantile(p, 3), `${p}`).toThrow(RangeError)
    // Two values: t.ppf(.975, 1) times half their distance.
    expect(studentInterval([1, 3], 0.95)!.high).toBeCloseTo(2 + 12.706204736432095, 9)
  })

  test('of the incomplete beta function', () => {
    for (const x of [-1, 0]) expect(incompleteBeta(x, 2, 3)).toBe(0)
    for (const x of [1, 2]) expect(incompleteBeta(x, 2, 3)).toBe(1)
    // scipy.special.betainc(2, 3, .5) = 11 / 16, on the other branch its mirror image.
    expect(incompleteBeta(0.5, 2, 3)).toBeCloseTo(11 / 16, 13)
    expect(incompleteBeta(0.5, 3, 2)).toBeCloseTo(5 / 16, 13)
  })
})

describe('moments of the smallest samples', () => {
  test('one value has no variance, none no quantile', () => {
    expect(sampleVariance([3])).toBeNaN()
    expect(sampleVariance([3, 5])).toBe(2)
    expect(quantileOfSorted(new Float64Array(0), 0.5)).toBeNaN()
    expect(quantileOfSorted(Float64Array.of(1, 2), 1)).toBe(2)
  })

  test('a quantity is a number, or the reason why there is none', () =>
    expect([isKnown(0), isKnown({ missing: 'no level' })]).toEqual([true, false]))
})

describe('bets', () => {
  test.each([0, 1, 1.5, -1])('of a level of %d are refused', (alpha) =>
    expect(() => placeBets({ values: [], mean: 0.5, side: 'above', alpha })).toThrow('alpha'),
  )

  test.each([-0.1, 1.1, Number.NaN])('on the value %d are refused', (value) => {
    expect(() => placeBets({ values: [0.5, value], mean: 0.5, side: 'above', alpha: 0.05 })).toThrow('observation 1')
    expect(() => bettingInterval([0.5, value], 0.95)).toThrow('observation 1')
  })

  test('keep their wealth over thousands of losses and wins', () => {
    const alternating = Array.from({ length: 30_000 }, (_, i) => (i < 15_000 ? 1 : 0))
    const { pValue, rejectedAfter } = placeBets({ values: alternating, mean: 0.5, side: 'above', alpha: 1e-300 })
    expect(pValue).toBe(0)
    // Ones in a row: the largest purse grows by 1.95 each time.
    const ones = Math.ceil(Math.log(10 / 1e-300) / Math.log(1.95))
    expect(rejectedAfter).toBe(ones)
  })

  test('recover from losses that leave less than the smallest number', () => {
    // The most careful purse keeps 1 − .95 / 512 of its wealth with each loss: e^−835 in all, of which e^−745 can be stored.
    const values = new Uint8Array(1_000_000).fill(1, 450_000)
    const { rejectedAfter } = placeBets({ values, mean: 0.5, side: 'above', alpha: 0.05 })
    expect(rejectedAfter).toBeGreaterThan(900_000)
    expect(rejectedAfter).toBeLessThan(910_000)
  })
})
