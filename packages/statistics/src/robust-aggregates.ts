import { mean, sorted } from './moments.ts'

/**
 * Aggregates over runs × tasks as in Agarwal et al., "Deep RL at the edge of the statistical precipice" (NeurIPS 2021)
 * and its library rliable. `scores[task][run]` are normalised scores; a level is not a task: an interquartile mean over
 * levels would turn 20 % success into 0.
 */
export type TaskScores = readonly (readonly number[])[]

/** Mean of the middle half of all scores: cuts off a quarter, rounded down, at each end, like scipy's `trim_mean`. */
export function interquartileMean(scores: TaskScores): number {
  const ascending = sorted(scores.flat())
  const cut = Math.floor(ascending.length / 4)
  return mean(ascending.subarray(cut, ascending.length - cut))
}

/** How far scores fall short of `target` on average; higher scores do not compensate for lower ones. */
export function optimalityGap(scores: TaskScores, target = 1): number {
  return target - mean(scores.flat().map((score) => Math.min(score, target)))
}

/** Share of runs with a score above each of `thresholds`: the score distribution, averaged over tasks. */
export function performanceProfile(scores: TaskScores, thresholds: readonly number[]): readonly number[] {
  return thresholds.map((threshold) =>
    mean(scores.map((runs) => runs.filter((score) => score > threshold).length / runs.length)),
  )
}

/** P(X > Y) + P(X = Y) / 2 over all pairs: the Mann–Whitney U over n · m. */
export function probabilityOfImprovement(left: readonly number[], right: readonly number[]): number {
  let wins = 0
  for (const x of left) for (const y of right) wins += x > y ? 1 : x === y ? 0.5 : 0
  return wins / (left.length * right.length)
}

/** The same, averaged over the tasks of both: no task counts more because it has more runs. */
export function averageImprovement(left: TaskScores, right: TaskScores): number {
  return mean(left.map((runs, task) => probabilityOfImprovement(runs, right[task])))
}
