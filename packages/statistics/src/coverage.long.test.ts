import { describe, expect, test } from 'vitest'
import { counts, lognormal, normal, type Population, thirds, twoGroups, uniform } from '../test/populations.ts'
import { simulateCoverage } from '../test/simulate-coverage.ts'
import { drawWorld, resampleMeans, rowMeans, type World } from '../test/worlds.ts'
import type { Interval } from './estimate.ts'
import { improvementInterval } from './improvement-interval.ts'
import { levelInterval } from './level-interval.ts'
import { mean } from './moments.ts'
import { estimateDifference } from './over-seeds-difference.ts'
import { estimateOverSeeds } from './over-seeds.ts'
import { percentileInterval } from './percentile.ts'
import { probabilityOfImprovement } from './robust-aggregates.ts'
import { studentMargin } from './student.ts'
import { wilsonInterval } from './wilson.ts'

/** The least coverage of an interval at 95 %, and tries enough for a standard error of .004 at most. */
const bound = 0.935
const tries = 4000
const confidence = 0.95
const seedCounts = [3, 4, 5, 7, 9, 10, 12, 15, 20, 30, 40]

const draw = (population: Population, count: number, random: Parameters<Population['draw']>[0]): number[] =>
  Array.from({ length: count }, () => population.draw(random))

/** Replicates of values that do not vary with levels. */
const certain = (values: readonly number[]): Float64Array[] => values.map((value) => Float64Array.of(value, value))

const overSeeds = (population: Population, seeds: number, repeat = tries) =>
  simulateCoverage(`${population.name} ${seeds}`, repeat, (random) => {
    const values = draw(population, seeds, random)
    return {
      interval: estimateOverSeeds({ values, replicates: certain(values), confidence }),
      truth: population.mean,
    }
  })

describe('the mean over seeds is covered at .935 or more, from 3 seeds to 40', () => {
  test.each([normal, uniform, lognormal(0.25), counts(20, 0.3), counts(20, 0.9)])('seeds: $name', (population) => {
    for (const seeds of seedCounts)
      expect(overSeeds(population, seeds).coverage, `${seeds} seeds`).toBeGreaterThan(bound)
  })

  // The lowest coverage is .938, too near the bound for 4,000 tries.
  test('seeds: lognormal σ 0.5, skewness 1.75, where plain t covers .914 to .938', () => {
    for (const seeds of seedCounts)
      expect(overSeeds(lognormal(0.5), seeds, 20_000).coverage, `${seeds} seeds`).toBeGreaterThan(bound)
  })

  test('seeds at 0, ½ or 1, from four seeds on; of three, one sample in 13 is all 0 or all 1', () => {
    for (const seeds of seedCounts.slice(1))
      expect(overSeeds(thirds, seeds).coverage, `${seeds} seeds`).toBeGreaterThan(bound)
    expect(overSeeds(thirds, 3).coverage).toBeGreaterThan(0.905)
  })
})

// Figures of docs/statistics.md: the promise does not hold here, and the measured coverage is the documented one.
describe('coverage is as documented where few seeds are too few', () => {
  test.each([
    { population: lognormal(1), seeds: 3, figure: 0.87 },
    { population: lognormal(1), seeds: 5, figure: 0.87 },
    { population: lognormal(1), seeds: 10, figure: 0.89 },
    { population: lognormal(1), seeds: 20, figure: 0.91 },
    { population: twoGroups(0.3), seeds: 3, figure: 0.64 },
    { population: twoGroups(0.3), seeds: 5, figure: 0.83 },
    { population: twoGroups(0.3), seeds: 10, figure: 0.97 },
  ])('$population.name, $seeds seeds: $figure', ({ population, seeds, figure }) => {
    expect(Math.abs(overSeeds(population, seeds).coverage - figure)).toBeLessThan(0.015)
  })
})

test('each further seed narrows the interval as theory predicts, also from 9 to 10', () => {
  const first = 3
  const widths = Array.from({ length: 38 }, (_, i) => overSeeds(normal, i + first).width)
  // E[s] of n normal values by its series in 1/n, which is exact to .004 at n = 3.
  const theory = widths.map((_, i) => studentMargin(1 - 1 / (4 * (i + first - 1)), i + first, confidence))
  for (let i = 1; i < widths.length; i++) {
    const seeds = i + first
    // The skewness term falls faster than t with few seeds.
    const tolerance = seeds <= 6 ? 0.08 : 0.03
    const ratio = widths[i] / widths[i - 1]
    expect(Math.abs(ratio / (theory[i] / theory[i - 1]) - 1), `${seeds} seeds`).toBeLessThan(tolerance)
  }
})

type IntervalOf = (rows: readonly Float64Array[], replicates: readonly Float64Array[]) => Partial<Interval>

describe('new seeds and new levels are covered together', () => {
  const worlds: readonly (readonly [string, World])[] = [
    ['levels differ more than seeds', { seed: 0.02, level: 0.4, both: 0.1 }],
    ['both differ', { seed: 0.1, level: 0.4, both: 0.2 }],
    ['seeds differ more than levels', { seed: 0.3, level: 0.1, both: 0.5 }],
  ]
  const cover = (world: World, seeds: number, levels: number, intervalOf: IntervalOf) =>
    simulateCoverage(`world ${JSON.stringify(world)} ${seeds} ${levels}`, tries, (random) => {
      const rows = drawWorld(world, { seeds, levels }, random)
      return { interval: intervalOf(rows, resampleMeans(rows, 50, random)), truth: 0 }
    }).coverage
  const ours = (rows: readonly Float64Array[], replicates: readonly Float64Array[]) =>
    estimateOverSeeds({ values: rowMeans(rows), replicates, levels: rows[0].length, confidence })
  const withoutLevels = (rows: readonly Float64Array[]) =>
    estimateOverSeeds({ values: rowMeans(rows), replicates: certain(rowMeans(rows)), confidence })
  const pooled = (rows: readonly Float64Array[]) => {
    const above = rows.map((row) => row.filter((value) => value > 0).length)
    const { low, high } = wilsonInterval(mean(above) * rows.length, rows.length * rows[0].length, confidence)
    return { low: low - 0.5, high: high - 0.5 }
  }

  test.each(worlds)('%s', (_, world) => {
    for (const [seeds, levels] of [
      [3, 10],
      [5, 20],
      [10, 20],
      [5, 60],
    ] as const)
      expect(cover(world, seeds, levels, ours), `${seeds} seeds on ${levels} levels`).toBeGreaterThan(bound)
  })

  test('seeds alone do not cover both on twenty levels', () =>
    expect(cover(worlds[0][1], 3, 20, withoutLevels)).toBeLessThan(0.8))

  test('a rate pooled over seeds does not cover both', () =>
    expect(cover({ seed: 0.5, level: 0.1, both: 1 }, 5, 60, pooled)).toBeLessThan(0.5))
})

const armSizes = [
  [3, 3],
  [5, 5],
  [10, 10],
  [40, 40],
  [3, 10],
  [5, 20],
] as const

test.each([
  { left: normal, right: normal },
  { left: lognormal(0.5), right: lognormal(0.5) },
  { left: lognormal(0.5), right: normal },
  { left: counts(20, 0.9), right: counts(20, 0.3) },
])('a difference of two conditions is covered: $left.name − $right.name', ({ left, right }) => {
  for (const [m, n] of armSizes) {
    const { coverage } = simulateCoverage(`${left.name} − ${right.name} ${m} ${n}`, tries, (random) => {
      const [values, others] = [draw(left, m, random), draw(right, n, random)]
      const arms = [values, others].map((arm) => ({ values: arm, replicates: certain(arm) }))
      return { interval: estimateDifference(arms[0], arms[1], { confidence }), truth: left.mean - right.mean }
    })
    expect(coverage, `${m} and ${n} seeds`).toBeGreaterThan(bound)
  }
})

// Φ(apart / √2)
test.each([
  [0, 0.5],
  [1, 0.7602499],
  [2, 0.9213504],
])('the chance to be larger is covered: normal seeds apart by %i deviations', (apart, truth) => {
  for (const [m, n] of armSizes) {
    const { coverage } = simulateCoverage(`larger ${apart} ${m} ${n}`, tries, (random) => {
      const left = draw(normal, m, random).map((value) => value + apart)
      const chance = probabilityOfImprovement(left, draw(normal, n, random))
      return { interval: improvementInterval(chance, { left: m, right: n }, confidence), truth }
    })
    expect(coverage, `${m} and ${n} seeds`).toBeGreaterThan(bound)
  }
})

describe("one seed's own interval covers other levels", () => {
  const cover = (population: Population, levels: number, intervalOf: typeof levelInterval, repeat = tries) =>
    simulateCoverage(`${population.name} ${levels} levels`, repeat, (random) => {
      const values = Float64Array.from({ length: levels }, () => population.draw(random))
      const [replicates] = resampleMeans([values], 500, random)
      return {
        interval: intervalOf({ value: mean(values), replicates, levels }, confidence),
        truth: population.mean,
      }
    }).coverage

  test.each([
    { population: normal, levels: 10 },
    { population: normal, levels: 20 },
    { population: uniform, levels: 20 },
    { population: counts(1, 0.5), levels: 20 },
    { population: counts(1, 0.9), levels: 50 },
  ])('$population.name, $levels levels', ({ population, levels }) =>
    expect(cover(population, levels, levelInterval)).toBeGreaterThan(bound),
  )

  test('percentiles alone do not, on ten levels', () =>
    expect(cover(normal, 10, ({ replicates }) => percentileInterval(replicates, confidence))).toBeLessThan(0.91))

  test('a rate near 1 on few levels is not covered', () =>
    expect(cover(counts(1, 0.98), 50, levelInterval, 1000)).toBeLessThan(0.7))
})

test("Wilson's interval covers rates from .02 to .98 on average, and none of them below .92", () => {
  for (const trials of [20, 50, 200]) {
    const coverages = Array.from({ length: 25 }, (_, i) => wilsonCoverage(trials, 0.02 * (i + 1)))
    expect(mean(coverages), `${trials} trials`).toBeGreaterThan(0.945)
    expect(Math.min(...coverages), `${trials} trials`).toBeGreaterThan(0.92)
  }
})

/** Exact: the binomial probabilities of the counts whose interval contains the rate. */
function wilsonCoverage(trials: number, rate: number): number {
  let probability = (1 - rate) ** trials
  let covered = 0
  for (let successes = 0; successes <= trials; successes++) {
    const { low, high } = wilsonInterval(successes, trials, confidence)
    if (low <= rate && rate <= high) covered += probability
    probability *= ((trials - successes) / (successes + 1)) * (rate / (1 - rate))
  }
  return covered
}
