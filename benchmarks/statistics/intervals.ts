/**
 * Coverage of the other 95 % intervals in reports: levels beside seeds, differences, chances to be
 * larger, one seed's own, rates, and groups of seeds. `coverage.ts` has the mean over seeds.
 *
 *     node benchmarks/statistics/intervals.ts [tries per cell, default 4000]
 */
import type { Rng } from '@goalpost/random'
import {
  estimateDifference,
  estimateOverSeeds,
  findGroups,
  improvementInterval,
  levelInterval,
  mean,
  probabilityOfImprovement,
  wilsonInterval,
} from '@goalpost/statistics'
import {
  counts,
  lognormal,
  normal,
  twoGroups,
  uniform,
  type Population,
} from '../../packages/statistics/test/populations.ts'
import { simulateCoverage } from '../../packages/statistics/test/simulate-coverage.ts'
import { drawWorld, resampleMeans, rowMeans, type World } from '../../packages/statistics/test/worlds.ts'

const tries = Number(process.argv[2] ?? 4000)
const confidence = 0.95
const resamples = 200
const draw = ({ draw: one }: Population, count: number, random: Rng): number[] =>
  Array.from({ length: count }, () => one(random))
const sharp = (values: readonly number[]): Float64Array[] => values.map((value) => Float64Array.of(value, value))
const print = (text: string): void => void process.stdout.write(`${text}\n`)
const row = (name: string, cells: readonly (readonly [string, number])[]): void =>
  print(`  ${name.padEnd(34)}${cells.map(([label, value]) => `${label} ${value.toFixed(3)}`.padStart(14)).join('')}`)

print(`${tries} tries a cell, standard error ${Math.sqrt((0.95 * 0.05) / tries).toFixed(4)}`)

print('mean over seeds, on the same levels')
const worlds: Readonly<Record<string, World>> = {
  'seeds alike, levels differ': { seed: 0.02, level: 0.4, both: 0.1 },
  'both differ': { seed: 0.1, level: 0.4, both: 0.2 },
  'seeds differ': { seed: 0.3, level: 0.1, both: 0.5 },
}
for (const levels of [10, 20, 50, 200])
  for (const [name, world] of Object.entries(worlds))
    row(
      `${levels} levels, ${name}`,
      [3, 5, 10, 40].map((seeds) => {
        const measured = simulateCoverage(`${name} ${seeds} ${levels}`, tries / (levels > 50 ? 4 : 1), (random) => {
          const rows = drawWorld(world, { seeds, levels }, random)
          const replicates = resampleMeans(rows, 100, random)
          return { interval: estimateOverSeeds({ values: rowMeans(rows), replicates, levels, confidence }), truth: 0 }
        })
        return [String(seeds), measured.coverage]
      }),
    )

print('difference of two conditions, seeds of their own')
const pairs = [
  [normal, normal],
  [lognormal(0.5), lognormal(0.5)],
  [lognormal(0.5), normal],
  [counts(20, 0.9), counts(20, 0.3)],
] as const
const arms = [
  [3, 3],
  [5, 5],
  [10, 10],
  [40, 40],
  [3, 10],
  [10, 3],
  [5, 20],
] as const
for (const [first, second] of pairs)
  row(
    `${first.name} − ${second.name}`,
    arms.map(([m, n]) => {
      const measured = simulateCoverage(`difference ${first.name} ${second.name} ${m} ${n}`, tries, (random) => {
        const [left, right] = [draw(first, m, random), draw(second, n, random)]
        const sides = [left, right].map((values) => ({ values, replicates: sharp(values) })) as [never, never]
        return { interval: estimateDifference(...sides, { confidence }), truth: first.mean - second.mean }
      })
      return [`${m}/${n}`, measured.coverage]
    }),
  )

print('chance that a seed of one condition has the larger value: normal, means apart by so many deviations')
for (const [apart, truth] of [
  [0, 0.5],
  [1, 0.7602499],
  [2, 0.9213504],
] as const)
  row(
    `apart by ${apart}`,
    arms.map(([m, n]) => {
      const measured = simulateCoverage(`larger ${apart} ${m} ${n}`, tries, (random) => {
        const left = draw(normal, m, random).map((value) => value + apart)
        const right = draw(normal, n, random)
        const chance = probabilityOfImprovement(left, right)
        return { interval: improvementInterval(chance, { left: m, right: n }, confidence), truth }
      })
      return [`${m}/${n}`, measured.coverage]
    }),
  )

print('one seed on resampled levels')
const levelCounts = [10, 20, 50, 200] as const
for (const population of [normal, uniform, lognormal(0.5), counts(1, 0.5), counts(1, 0.9), counts(1, 0.98)])
  row(
    population.name,
    levelCounts.map((levels) => {
      const measured = simulateCoverage(`slice ${population.name} ${levels}`, tries, (random) => {
        const values = Float64Array.from({ length: levels }, () => population.draw(random))
        const [replicates] = resampleMeans([values], resamples, random)
        return {
          interval: levelInterval({ value: mean(values), replicates, levels }, confidence),
          truth: population.mean,
        }
      })
      return [String(levels), measured.coverage]
    }),
  )

print('one seed between its anchors: (policy − random) ÷ (oracle − random), all on the same levels')
row(
  'achievement',
  levelCounts.map((levels) => {
    const measured = simulateCoverage(`achievement ${levels}`, tries, (random) => {
      const hard = Float64Array.from({ length: levels }, () => 0.15 * random.normal())
      const play = (reached: number, noise: number) => hard.map((effect) => reached + effect + noise * random.normal())
      const rows = [play(0.6, 0.3), play(0.3, 0.3), play(0.9, 0.05)]
      const scaled = ([policy = 0, start = 0, end = 1]: readonly number[]) => (policy - start) / (end - start)
      const resampled = resampleMeans(rows, resamples, random)
      const replicates = Float64Array.from({ length: resamples }, (_, b) =>
        scaled(resampled.map((means) => means[b] ?? 0)),
      )
      return { interval: levelInterval({ value: scaled(rowMeans(rows)), replicates, levels }, confidence), truth: 0.5 }
    })
    return [String(levels), measured.coverage]
  }),
)

print('Wilson: mean over rates, and least')
row(
  'rates .02 … .5',
  [20, 50, 200].flatMap((trials) => {
    const rates = Array.from({ length: 25 }, (_, i) => 0.02 * (i + 1))
    const coverages = rates.map((rate) => wilsonCoverage(trials, rate))
    return [
      [`${trials}`, mean(coverages)],
      ['least', Math.min(...coverages)],
    ] as [string, number][]
  }),
)

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

print('two groups of seeds: how often they are found (false alarms above)')
const sizes = [5, 7, 10, 20, 40]
for (const population of [normal, uniform, lognormal(0.5), lognormal(1), counts(50, 0.9)])
  row(
    `false: ${population.name}`,
    sizes.map((seeds) => [String(seeds), found(population, seeds)]),
  )
for (const population of [0.5, 0.3, 0.2].flatMap((share) => [
  twoGroups(share),
  twoGroups(share, 0.1),
  twoGroups(share, 0.2),
]))
  row(
    population.name,
    sizes.map((seeds) => [String(seeds), found(population, seeds)]),
  )

function found(population: Population, seeds: number): number {
  return simulateCoverage(`groups ${population.name} ${seeds}`, tries, (random) => ({
    interval: { low: findGroups(draw(population, seeds, random)) === null ? 1 : 0, high: 0 },
    truth: 0,
  })).coverage
}
