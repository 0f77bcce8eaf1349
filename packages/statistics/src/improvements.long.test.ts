import type { Rng } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { counts, normal, type Population, twoGroups } from '../test/populations.ts'
import { simulateCoverage } from '../test/simulate-coverage.ts'
import { averageImprovementInterval } from './improvement-interval.ts'
import { jointConfidence } from './joint-confidence.ts'
import { averageImprovement, type TaskScores } from './robust-aggregates.ts'
import { bootstrapStratified } from './stratified-bootstrap.ts'

/** The standard error of a coverage of .95 is .0049, so an interval that covers .95 is below .935 once in a thousand times. */
const tries = 2000
const bound = 0.935
const confidence = 0.95

type Draw = (random: Rng) => number

const drawTasks = (draws: readonly Draw[], runs: number, random: Rng): number[][] =>
  draws.map((draw) => Array.from({ length: runs }, () => draw(random)))

const sizesOf = (left: TaskScores, right: TaskScores) =>
  left.map((runs, task) => ({ left: runs.length, right: right[task].length }))

const score = (left: TaskScores, right: TaskScores, at = confidence) =>
  averageImprovementInterval(averageImprovement(left, right), sizesOf(left, right), at)

function bootstrap(left: TaskScores, right: TaskScores, random: Rng) {
  const statistic = (both: TaskScores) => averageImprovement(both.slice(0, left.length), both.slice(left.length))
  return bootstrapStratified([...left, ...right], statistic, { confidence, resamples: 200, random })
}

const shifted =
  (population: Population, by: number, spread = 1): Draw =>
  (random) =>
    by + spread * population.draw(random)

const same = (draw: Draw, tasks: number): Draw[] => Array.from({ length: tasks }, () => draw)

/** Noise decides between two of one group: p (1 − q) + (p q + (1 − p) (1 − q)) / 2 for shares p and q. */
const groupsTruth = (p: number, q: number) => p * (1 - q) + (p * q + (1 - p) * (1 - q)) / 2

const binomial = (k: number, n: number, p: number): number =>
  k === 0 ? (1 - p) ** n : (binomial(k - 1, n, p) * ((n - k + 1) / k) * p) / (1 - p)

/** P(X > Y) + P(X = Y) / 2 of binomial counts. */
function countsTruth(n: number, p: number, q: number): number {
  let truth = 0
  for (let x = 0; x <= n; x++)
    for (let y = 0; y <= n; y++) truth += binomial(x, n, p) * binomial(y, n, q) * (x > y ? 1 : x === y ? 0.5 : 0)
  return truth
}

// Φ(apart / √2) for normal values.
const cases: readonly { name: string; left: Draw; right: Draw; truth: number }[] = [
  { name: 'normal, equal', left: shifted(normal, 0), right: shifted(normal, 0), truth: 0.5 },
  { name: 'normal, one deviation apart', left: shifted(normal, 1), right: shifted(normal, 0), truth: 0.7602499 },
  { name: 'normal, two deviations apart', left: shifted(normal, 2), right: shifted(normal, 0), truth: 0.9213504 },
  { name: 'one side varies four times as much', left: shifted(normal, 0, 4), right: shifted(normal, 0), truth: 0.5 },
  {
    name: 'two groups, 70 % and 30 %',
    left: shifted(twoGroups(0.7), 0),
    right: shifted(twoGroups(0.3), 0),
    truth: groupsTruth(0.7, 0.3),
  },
  {
    name: 'rates of .98 and .9, with ties',
    left: shifted(counts(20, 0.98), 0),
    right: shifted(counts(20, 0.9), 0),
    truth: countsTruth(20, 0.98, 0.9),
  },
]

describe('the average chance to be better is covered at .935 or more', () => {
  test.each(cases)('$name', ({ name, left, right, truth }) => {
    for (const tasks of [1, 3, 6])
      for (const runs of [3, 5, 10]) {
        const { coverage } = simulateCoverage(`better ${name} ${tasks} ${runs}`, tries, (random) => ({
          interval: score(drawTasks(same(left, tasks), runs, random), drawTasks(same(right, tasks), runs, random)),
          truth,
        }))
        expect(coverage, `${runs} runs in each of ${tasks} tasks`).toBeGreaterThan(bound)
      }
  })

  test('tasks that differ: worse in one, better in two', () => {
    // Φ(−1 / √2) and Φ(2 / √2), twice.
    const truth = (0.2397501 + 2 * 0.9213504) / 3
    const left = [-1, 2, 2].map((by) => shifted(normal, by))
    for (const runs of [3, 5, 10]) {
      const { coverage } = simulateCoverage(`better mixed ${runs}`, tries, (random) => ({
        interval: score(drawTasks(left, runs, random), drawTasks(same(shifted(normal, 0), 3), runs, random)),
        truth,
      }))
      expect(coverage, `${runs} runs`).toBeGreaterThan(bound)
    }
  })

  test('the bootstrap does not, with five runs in one task', () => {
    const { left, right, truth } = cases[1]
    const { coverage } = simulateCoverage('better by bootstrap', tries, (random) => ({
      interval: bootstrap(drawTasks([left], 5, random), drawTasks([right], 5, random), random),
      truth,
    }))
    expect(coverage).toBeLessThan(0.91)
  })
})

/** How often one of four methods that are all like a fifth one is shown to be better than it. */
function falseAlarms(
  name: string,
  draw: Draw,
  { tasks, runs, at }: { tasks: number; runs: number; at: number },
): number {
  const none = simulateCoverage(`alarm ${name} ${tasks} ${runs}`, tries, (random) => {
    const own = drawTasks(same(draw, tasks), runs, random)
    const lows = Array.from({ length: 4 }, () => score(drawTasks(same(draw, tasks), runs, random), own, at)?.low ?? 0)
    return { interval: { low: Math.max(...lows), high: 1 }, truth: 0.5 }
  })
  return 1 - none.coverage
}

// One side of 95 %: .025, and three standard errors of .0035.
test.each([
  { name: 'normal', draw: shifted(normal, 0) },
  { name: 'two groups', draw: shifted(twoGroups(0.5), 0) },
])('of four methods no better than a fifth, one is rarely shown to be better: $name', ({ name, draw }) => {
  for (const tasks of [1, 3])
    for (const runs of [5, 10]) {
      const alarms = falseAlarms(name, draw, { tasks, runs, at: jointConfidence(confidence, 4) })
      expect(alarms, `${runs} runs in each of ${tasks} tasks`).toBeLessThan(0.025 + 3 * 0.0035)
    }
})

test('without the correction one is shown to be better twice as often as it may be', () =>
  expect(falseAlarms('normal', shifted(normal, 0), { tasks: 1, runs: 10, at: confidence })).toBeGreaterThan(0.045))
