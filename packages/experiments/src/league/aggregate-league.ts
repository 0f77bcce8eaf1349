import type { Estimate } from '@goalpost/contracts'
import { createStream } from '@goalpost/random'
import {
  averageImprovement,
  averageImprovementInterval,
  bootstrapStratified,
  interquartileMean,
  jointConfidence,
  performanceProfile,
  type TaskScores,
} from '@goalpost/statistics'
import type { League } from './gather-league.ts'

const confidence = 0.95
const resamples = 2_000
/** The levels of the score at which profiles are read. */
export const profilePlaces = Array.from({ length: 21 }, (_, index) => index / 20)

/** Scores of one method at one value, by experiment: the tasks of the aggregates. */
export function scoresOf({ cells, experiments }: League, method: string, value: number): TaskScores {
  return experiments.map((experiment) => {
    const cell = cells.find((one) => one.experiment === experiment && one.method === method && one.value === value)
    return [...(cell?.scores.values() ?? [])]
  })
}

export type MethodAggregate = {
  readonly method: string
  readonly middle: Estimate
  /** How likely a run is better than one of the first method; null for that one. */
  readonly improvement: Estimate | null
}

/**
 * Every method at one value, over all experiments and seeds. Means are bootstrapped: runs are resampled within each
 * experiment. The intervals of all improvements hold together.
 */
export function aggregateAt(league: League, value: number): MethodAggregate[] {
  const [baseline = ''] = league.methods
  const reference = scoresOf(league, baseline, value)
  const others = league.methods.length - 1
  return league.methods.map((method) => {
    const scores = scoresOf(league, method, value)
    return {
      method,
      middle: estimate(scores, interquartileMean, `${method} ${value}`),
      improvement: method === baseline ? null : estimateImprovement(scores, reference, others),
    }
  })
}

/**
 * P(a run of the left is better than one of the right), averaged over tasks, with its score interval. It is one of
 * `comparisons` intervals that hold together.
 */
export function estimateImprovement(left: TaskScores, right: TaskScores, comparisons: number): Estimate {
  const value = averageImprovement(left, right)
  const count = [...left, ...right].reduce((sum, runs) => sum + runs.length, 0)
  const level = jointConfidence(confidence, comparisons)
  const sizes = left.map((runs, task) => ({ left: runs.length, right: right[task]?.length ?? 0 }))
  const interval = averageImprovementInterval(value, sizes, level)
  return interval === null ? { value, count } : { value, ...interval, level, count }
}

/**
 * How many runs of each method in each of `tasks` show a difference if every run is better than every one of the other
 * method, as one of `comparisons`.
 */
export function leastRuns(tasks: number, comparisons: number): number {
  const level = jointConfidence(confidence, comparisons)
  for (let runs = 2; ; runs++) {
    const sizes = Array.from({ length: tasks }, () => ({ left: runs, right: runs }))
    if ((averageImprovementInterval(1, sizes, level)?.low ?? 0) > 0.5) return runs
  }
}

export type Profile = {
  readonly method: string
  readonly points: readonly { readonly x: number; readonly y: Estimate }[]
}

/** The share of runs with a score above each place. */
export function profilesAt(league: League, value: number): Profile[] {
  return league.methods.map((method) => {
    const scores = scoresOf(league, method, value)
    const points = profilePlaces.map((x) => ({
      x,
      y: estimate(scores, (sample) => performanceProfile(sample, [x])[0] ?? 0, `profile ${method} ${value} ${x}`),
    }))
    return { method, points }
  })
}

function estimate(scores: TaskScores, statistic: (scores: TaskScores) => number, name: string): Estimate {
  const count = scores.reduce((sum, runs) => sum + runs.length, 0)
  const random = createStream(0).named('league').named(name).at(0)
  const interval = bootstrapStratified(scores, statistic, { confidence, resamples, random })
  const value = statistic(scores)
  return interval === null ? { value, count } : { value, ...interval, level: confidence, count }
}
