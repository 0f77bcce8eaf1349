import { describe, expect, test } from 'vitest'
import { levelInterval } from './level-interval.ts'
import { estimateDifference } from './over-seeds-difference.ts'
import { estimateOverSeeds, levelsMargin, resampledQuantile } from './over-seeds.ts'

/** Replicates of a seed whose values on resampled levels are off by these amounts. */
const around = (values: readonly number[], offsets: readonly number[]) =>
  values.map((value) => Float64Array.from(offsets, (offset) => value + offset))

// scipy 1.17: norm.ppf(.975), t.ppf(.975, df)
const z = 1.959963984540054
const t = { 1: 12.706204736432095, 4: 2.7764451051977934 }

describe('the mean over seeds', () => {
  const values = [1, 2, 3]
  // scipy.stats.t.interval(.95, 2, 2, 1 / numpy.sqrt(3)); the levels' deviation is .1 √2.
  const seedsMargin = 2.4841377118
  const deviation = 0.1 * Math.SQRT2

  test('has the margins of seeds and of levels, added as squares', () => {
    const estimate = estimateOverSeeds({ values, replicates: around(values, [-0.1, 0.1]), confidence: 0.95 })
    expect(estimate).toMatchObject({ value: 2, level: 0.95, count: 3, method: 'student-t' })
    const margin = Math.hypot(seedsMargin, z * deviation)
    expect(estimate.low).toBeCloseTo(2 - margin, 9)
    expect(estimate.high).toBeCloseTo(2 + margin, 9)
    expect(estimate).not.toHaveProperty('groups')
  })

  test('counts few levels by t', () => {
    const sample = { values, replicates: around(values, [-0.1, Number.NaN, 0.1]), confidence: 0.95, levels: 5 }
    const margin = Math.hypot(seedsMargin, Math.sqrt(5 / 4) * t[4] * deviation)
    expect(estimateOverSeeds(sample).high).toBeCloseTo(2 + margin, 9)
  })

  test('has an interval from two seeds on', () => {
    const of = (given: readonly number[]) =>
      estimateOverSeeds({ values: given, replicates: around(given, [0, 0]), confidence: 0.95 })
    expect(of([1])).toEqual({ value: 1, level: 0.95, count: 1, method: 'none' })
    // Two values: t with one degree of freedom, and a standard error of half their distance.
    expect(of([1, 2]).high).toBeCloseTo(1.5 + t[1] / 2, 9)
  })
})

test('one known replicate shows no spread over levels, two do', () => {
  const margin = (offsets: readonly number[]) => levelsMargin({ replicates: around([0], offsets), confidence: 0.95 })
  expect(margin([0.3, Number.NaN])).toBe(0)
  expect(margin([0.3, 0.3, Number.NaN])).toBe(0)
  expect(margin([0, 0.3])).toBeCloseTo((z * 0.3) / Math.SQRT2, 12)
})

test('the quantile for resampled units is that of t, widened by √(n / (n − 1)), or normal', () => {
  expect(resampledQuantile(0.95)).toBeCloseTo(z, 12)
  expect(resampledQuantile(0.95, 1)).toBeCloseTo(z, 12)
  expect(resampledQuantile(0.95, 2)).toBeCloseTo(Math.SQRT2 * t[1], 9)
  expect(resampledQuantile(0.95, 5)).toBeCloseTo(Math.sqrt(1.25) * t[4], 9)
})

describe('a difference of means over seeds', () => {
  const arm = (values: readonly number[], offsets: readonly number[]) => ({
    values,
    replicates: around(values, offsets),
  })

  test('is that of left and right, with the smaller count', () => {
    const estimate = estimateDifference(arm([1, 2, 3], [0, 0]), arm([4, 6], [0, 0]), { confidence: 0.95 })
    expect(estimate).toMatchObject({ value: -3, count: 2, method: 'student-t' })
    const one = estimateDifference(arm([1], [0, 0]), arm([4, 6], [0, 0]), { confidence: 0.95 })
    expect(one).toEqual({ value: -4, level: 0.95, count: 1, method: 'none' })
  })

  test('has the margin of the levels on which both arms played', () => {
    const width = (left: readonly number[], right: readonly number[], levels?: number) => {
      const settings = { confidence: 0.95, ...(levels === undefined ? {} : { levels }) }
      const { low, high } = estimateDifference(arm([1, 1], left), arm([2, 2], right), settings)
      return (high! - low!) / 2
    }
    // Seeds agree: only the levels' margin is left. Equal effects of levels cancel, opposite ones add.
    expect(width([-0.1, 0.1], [-0.1, 0.1])).toBeCloseTo(0, 12)
    expect(width([-0.1, 0.1], [0.1, -0.1])).toBeCloseTo(z * 0.2 * Math.SQRT2, 9)
    expect(width([-0.1, 0.1], [0.1, -0.1], 5)).toBeCloseTo(Math.sqrt(1.25) * t[4] * 0.2 * Math.SQRT2, 9)
  })
})

describe('the interval of one value over levels', () => {
  const replicates = Float64Array.of(0.6, 0.3, Number.NaN, 0.7, 0.5, 0.4)
  // √(5/4) · t.ppf(.75, 4) / norm.ppf(.75)
  const stretch = (Math.sqrt(1.25) * 0.7406970841459518) / 0.6744897501960817

  test('is that of percentiles, stretched away from the value', () => {
    const { low, high } = levelInterval({ value: 0.5, replicates, levels: 5 }, 0.5)!
    expect(low).toBeCloseTo(0.5 - 0.1 * stretch, 9)
    expect(high).toBeCloseTo(0.5 + 0.1 * stretch, 9)
  })

  test('is never narrower than the percentiles', () => {
    const below = levelInterval({ value: 0.3, replicates, levels: 5 }, 0.5)!
    expect(below.low).toBeCloseTo(0.4, 12)
    expect(below.high).toBeCloseTo(0.3 + 0.3 * stretch, 9)
    const above = levelInterval({ value: 0.7, replicates, levels: 5 }, 0.5)!
    expect(above.low).toBeCloseTo(0.7 - 0.3 * stretch, 9)
    expect(above.high).toBeCloseTo(0.6, 12)
  })

  test('is missing where nothing was measured', () => {
    expect(levelInterval({ value: { missing: 'no level' }, replicates, levels: 5 }, 0.5)).toBeNull()
    expect(levelInterval({ value: 0.5, replicates: Float64Array.of(Number.NaN), levels: 5 }, 0.5)).toBeNull()
  })
})
