import { mean, sampleDeviation, studentQuantile } from '@goalpost/statistics'
import { createStream, type Rng } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { evaluateBestOfN } from './best-of-n.ts'
import { estimateMean } from '@goalpost/experiments'
import { estimateTailIndexOverSeeds, intervalOfMean, intervalOfRatio } from './intervals.ts'

function studentInterval(values: readonly number[], level: number) {
  const margin =
    (studentQuantile(0.5 + level / 2, values.length - 1) * sampleDeviation(values)) / Math.sqrt(values.length)
  return { low: mean(values) - margin, high: mean(values) + margin }
}

test('no seed has no mean, one seed has no interval', () => {
  expect(estimateMean([], 0.95)).toEqual({ value: { missing: 'nothing has been measured yet' }, count: 0 })
  expect(estimateMean([3], 0.95)).toEqual({ value: 3, count: 1 })
  expect(intervalOfMean([3], 0.95)).toEqual({ low: 3, high: 3 })
})

test('a mean of three, against the t table (2 degrees of freedom, 95 %: 4.303)', () => {
  const { value, low, high } = estimateMean([1, 2, 3], 0.95)
  expect(value).toBe(2)
  expect(low).toBeCloseTo(2 - 4.30265 / Math.sqrt(3), 4)
  expect(high).toBeCloseTo(2 + 4.30265 / Math.sqrt(3), 4)
})

test('at both ends of a ratio’s interval the contrast’s own t interval touches zero', () => {
  const numerators = [0.2, 0.31, 0.12, 0.28, 0.22]
  const denominators = [1.1, 1.4, 0.9, 1.2, 1.3]
  const interval = intervalOfRatio(numerators, denominators, 0.9)!
  const contrastAt = (f: number) =>
    studentInterval(
      numerators.map((value, i) => value - f * denominators[i]),
      0.9,
    )
  expect(contrastAt(interval.low).low).toBeCloseTo(0, 10)
  expect(contrastAt(interval.high).high).toBeCloseTo(0, 10)
})

test('a constant denominator only rescales the interval of the mean', () => {
  const { low, high } = studentInterval([1, 2, 4], 0.95)
  const ratio = intervalOfRatio([1, 2, 4], [2, 2, 2], 0.95)!
  expect(ratio.low).toBeCloseTo(low / 2, 12)
  expect(ratio.high).toBeCloseTo(high / 2, 12)
})

test('a denominator that may be zero or is negative has no ratio', () => {
  expect(intervalOfRatio([1, 2, 3], [-1, 0, 2], 0.95)).toBeNull()
  expect(intervalOfRatio([1, 2, 3], [-3, -3.1, -3.2], 0.95)).toBeNull()
  expect(intervalOfRatio([1], [0], 0.95)).toBeNull()
  expect(intervalOfRatio([1], [4], 0.95)).toEqual({ low: 0.25, high: 0.25 })
})

test('a mean of seeds in two groups has the groups', () => {
  expect(estimateMean([0, 0.02, 0.01, 1, 1.03], 0.95).caution).toContain('two groups of seeds (3 low, 2 high)')
  expect(estimateMean([0.4, 0.52, 0.61, 0.48, 0.55], 0.95)).not.toHaveProperty('caution')
})

test('a tail index over seeds is the inverse of the mean of inverses, without an interval if that reaches zero', () => {
  const { value, low, high } = estimateTailIndexOverSeeds([1, 2, 4], 0.5)
  const inverse = estimateMean([1, 0.5, 0.25], 0.5)
  expect(value).toBeCloseTo(1 / (7 / 12), 12)
  expect(low).toBeCloseTo(1 / inverse.high!, 12)
  expect(high).toBeCloseTo(1 / inverse.low!, 12)
  expect(estimateTailIndexOverSeeds([1, 5], 0.95)).toEqual({ value: 1 / 0.6, count: 2 })
  expect(estimateTailIndexOverSeeds([2], 0.95)).toEqual({ value: 2, count: 1 })
})

/** 4,000 tries: standard error .0034 at 95 %. */
function coverage(
  name: string,
  seeds: number,
  simulate: (random: Rng) => ReturnType<typeof estimateMean>,
  truth: number,
) {
  const stream = createStream(2026).named(name).named(String(seeds))
  let covered = 0
  for (let i = 0; i < 4000; i++) {
    const { low = Number.NaN, high = Number.NaN } = simulate(stream.at(i))
    if (low <= truth && truth <= high) covered++
  }
  return covered / 4000
}

describe('intervals over seeds cover .935 or more', () => {
  /** Normal utility plus normal error: the best of N draws has utility E[max of N normals] / √2. */
  function drawPoint(n: number, random: Rng) {
    const draws = Array.from({ length: 24 }, () => {
      const utility = random.normal()
      return { utility, reward: utility + random.normal() }
    }).toSorted((left, right) => left.reward - right.reward)
    const pool = {
      reward: Float64Array.from(draws, ({ reward }) => reward),
      utility: Float64Array.from(draws, ({ utility }) => utility),
    }
    return evaluateBestOfN(pool, n).utility
  }

  // E[max of 2 normals] = 1/√π.
  test.each([3, 5, 10])('of the utility of best-of-2, %i seeds', (seeds) => {
    const simulate = (random: Rng) =>
      estimateMean(
        Array.from({ length: seeds }, () => drawPoint(2, random)),
        0.95,
      )
    expect(coverage('best', seeds, simulate, 1 / Math.sqrt(2 * Math.PI))).toBeGreaterThan(0.935)
  })

  /** Hill's estimate from 20 values: their log ratios to the threshold are exponential (Rényi, 1953), with mean 1/2. */
  const drawIndices = (seeds: number, random: Rng): number[] =>
    Array.from({ length: seeds }, () => {
      let logSum = 0
      for (let i = 0; i < 20; i++) logSum -= Math.log(1 - random.uniform()) / 2
      return 20 / logSum
    })

  test.each([5, 10, 40])('of the index of a power law, %i seeds', (seeds) => {
    const simulate = (random: Rng) => estimateTailIndexOverSeeds(drawIndices(seeds, random), 0.95)
    expect(coverage('Hill', seeds, simulate, 2)).toBeGreaterThan(0.935)
  })

  test('the mean of the estimates does not, because it is biased', () => {
    const simulate = (random: Rng) => estimateMean(drawIndices(40, random), 0.95)
    expect(coverage('Hill', 40, simulate, 2)).toBeLessThan(0.85)
  })

  test.each([3, 5, 10])('of a ratio of two means, %i seeds', (seeds) => {
    const simulate = (random: Rng) => {
      const peaks = Array.from({ length: seeds }, () => 1 + 0.1 * random.normal())
      const ends = peaks.map((peak) => peak - 0.7 + 0.1 * random.normal())
      return { value: 0.3, ...intervalOfRatio(ends, peaks, 0.95) }
    }
    expect(coverage('ratio', seeds, simulate, 0.3)).toBeGreaterThan(0.935)
  })
})
