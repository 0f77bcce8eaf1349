import type { Rng } from '@goalpost/random'
import {
  averageImprovement,
  averageImprovementInterval,
  bootstrapStratified,
  type Interval,
  type TaskScores,
} from '../src/index.ts'
import { counts, normal, type Population, twoGroups } from './populations.ts'
import { simulateCoverage } from './simulate-coverage.ts'

export type Draw = (random: Rng) => number

export const drawTasks = (draws: readonly Draw[], runs: number, random: Rng): number[][] =>
  draws.map((draw) => Array.from({ length: runs }, () => draw(random)))

const sizesOf = (left: TaskScores, right: TaskScores) =>
  left.map((runs, task) => ({ left: runs.length, right: right[task].length }))

export const scoreInterval = (left: TaskScores, right: TaskScores, at = 0.95) =>
  averageImprovementInterval(averageImprovement(left, right), sizesOf(left, right), at)

export function bootstrapInterval(left: TaskScores, right: TaskScores, random: Rng) {
  const statistic = (both: TaskScores) => averageImprovement(both.slice(0, left.length), both.slice(left.length))
  return bootstrapStratified([...left, ...right], statistic, { confidence: 0.95, resamples: 200, random })
}

export const shifted =
  (population: Population, by: number, spread = 1): Draw =>
  (random) =>
    by + spread * population.draw(random)

export const sameTasks = (draw: Draw, tasks: number): Draw[] => Array.from({ length: tasks }, () => draw)

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
export const improvementCases: readonly { name: string; left: Draw; right: Draw; truth: number }[] = [
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

type Candidates = { readonly tasks: number; readonly runs: number; readonly tries: number }
type IntervalOf = (left: TaskScores, right: TaskScores, random: Rng) => Interval | null

/** How often one of four methods that are all like a fifth one is shown to be better than it. */
export function falseAlarms(
  name: string,
  draw: Draw,
  { tasks, runs, tries }: Candidates,
  intervalOf: IntervalOf,
): number {
  const none = simulateCoverage(`alarm ${name} ${tasks} ${runs}`, tries, (random) => {
    const drawMethod = () => drawTasks(sameTasks(draw, tasks), runs, random)
    const own = drawMethod()
    const lows = Array.from({ length: 4 }, () => intervalOf(drawMethod(), own, random)?.low ?? 0)
    return { interval: { low: Math.max(...lows), high: 1 }, truth: 0.5 }
  })
  return 1 - none.coverage
}
