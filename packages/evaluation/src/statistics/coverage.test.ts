import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import type { Interval } from './estimate.ts'
import { mean } from './moments.ts'
import { estimateOverSeeds } from './over-seeds.ts'
import { createResampler } from './resampled-weights.ts'
import { bootstrapStratified } from './stratified-bootstrap.ts'
import { studentInterval } from './student.ts'
import { wilsonInterval } from './wilson.ts'

const covers = (interval: Interval | null, truth: number): number =>
  interval !== null && interval.low <= truth && truth <= interval.high ? 1 : 0

/** Share of simulations in which an interval contains the truth. */
function coverage(simulations: number, simulate: (simulation: number) => number): number {
  return mean(Array.from({ length: simulations }, (_, simulation) => simulate(simulation)))
}

// Two standard errors at 2,000 simulations: .010 at 95 %, .020 at 74 %, .017 at 83 %.
test.each([
  [3, 0.74, 0.02],
  [5, 0.83, 0.017],
])('with %i seeds t intervals cover 95 %% and percentile bootstrap intervals only %f', (seeds, expected, tolerance) => {
  const stream = createStream(20_22).named(`coverage ${seeds}`)
  const draw = (simulation: number): number[] => {
    const random = stream.at(simulation)
    return Array.from({ length: seeds }, () => random.normal())
  }
  const student = coverage(2000, (simulation) => covers(studentInterval(draw(simulation), 0.95), 0))
  const percentile = coverage(2000, (simulation) => {
    const settings = { confidence: 0.95, resamples: 400, random: stream.named('bootstrap').at(simulation) }
    return covers(
      bootstrapStratified([draw(simulation)], ([values]) => mean(values), settings),
      0,
    )
  })
  expect(Math.abs(student - 0.95)).toBeLessThan(0.011)
  expect(Math.abs(percentile - expected)).toBeLessThan(tolerance)
})

type World = {
  readonly seeds: number
  readonly levels: number
  /** Deviations of what belongs to a seed, to a level, and to an episode. */
  readonly seedDeviation: number
  readonly levelDeviation: number
  readonly noise: number
}

/** [seeds][levels] values around 0, with fresh seeds and fresh levels: the truth is 0. */
function simulateWorld({ seeds, levels, seedDeviation, levelDeviation, noise }: World, simulation: number): number[][] {
  const random = createStream(7).named('world').at(simulation)
  const levelEffects = Array.from({ length: levels }, () => levelDeviation * random.normal())
  return Array.from({ length: seeds }, () => {
    const seedEffect = seedDeviation * random.normal()
    return levelEffects.map((effect) => seedEffect + effect + noise * random.normal())
  })
}

function estimateWorld(world: number[][], simulation: number): Interval {
  const levels = world[0].length
  const resampler = createResampler(new Uint8Array(levels).fill(1))
  const stream = createStream(8).named('bootstrap').named(String(simulation))
  const replicates = world.map(() => new Float64Array(200))
  for (let b = 0; b < 200; b++) {
    const { cells, counts } = resampler.draw(stream.at(b)).weights(1)
    world.forEach((values, seed) => {
      replicates[seed][b] = counts.reduce((sum, count, i) => sum + count * values[cells[i]], 0) / levels
    })
  }
  const values = world.map(mean)
  const { low, high } = estimateOverSeeds({ values, replicates, confidence: 0.95, random: stream.named('seeds').at(0) })
  return { low: low!, high: high! }
}

test('three seeds on twenty levels: the interval covers new seeds and new levels, plain t over seeds does not', () => {
  const world: World = { seeds: 3, levels: 20, seedDeviation: 0.02, levelDeviation: 0.4, noise: 0.1 }
  const ours = coverage(400, (simulation) => covers(estimateWorld(simulateWorld(world, simulation), simulation), 0))
  const plain = coverage(400, (simulation) =>
    covers(studentInterval(simulateWorld(world, simulation).map(mean), 0.95), 0),
  )
  expect(ours).toBeGreaterThan(0.93)
  expect(plain).toBeLessThan(0.8)
})

test.each([5, 12])('%i seeds that differ: the interval does not take levels for seeds, a pooled rate does', (seeds) => {
  const world: World = { seeds, levels: 60, seedDeviation: 0.5, levelDeviation: 0.1, noise: 1 }
  const ours = coverage(300, (simulation) => covers(estimateWorld(simulateWorld(world, simulation), simulation), 0))
  const pooled = coverage(300, (simulation) => {
    const episodes = simulateWorld(world, simulation).flat()
    return covers(wilsonInterval(episodes.filter((value) => value > 0).length, episodes.length, 0.95), 0.5)
  })
  // Percentiles over 12 seeds are known to fall a little short of 95 %.
  expect(ours).toBeGreaterThan(seeds < 10 ? 0.93 : 0.88)
  expect(pooled).toBeLessThan(0.5)
})
