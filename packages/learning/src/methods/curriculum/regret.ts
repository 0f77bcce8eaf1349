import type { LevelOutcome } from './level-outcomes.ts'

/** A level's score from its latest rollout, `best`, the best return of any episode on it, and its optimum. */
type Estimate = (outcome: LevelOutcome, best: number, optimum: () => number | null) => number

/** Estimates of regret, as in arXiv 2507.03068 unless said otherwise. */
export const regretEstimates = {
  /** The best return so far − the mean return now. A level never solved has 0, like one that is mastered. */
  'max-latest': ({ meanReturn }, best) => best - meanReturn,
  /** The exact optimum − the mean return now. */
  'oracle-latest'({ meanReturn }, _, optimum) {
    const most = optimum()
    if (most === null) throw new RangeError('oracle-latest needs a solver')
    return most - meanReturn
  },
  /** The best return so far − the mean value (Jiang et al., 2021, arXiv 2110.02439). */
  'max-mc': ({ meanValue }, best) => best - meanValue,
  /** The mean of the positive advantages (Jiang et al., 2021, arXiv 2110.02439). */
  'positive-value-loss': ({ positiveValueLoss }) => positiveValueLoss,
} as const satisfies Readonly<Record<string, Estimate>>
export type RegretEstimate = keyof typeof regretEstimates

/** `minimal-return` is no estimate of regret: the control that replays the levels with the smallest return. */
export type LevelScore = RegretEstimate | 'minimal-return'

/** 0 if no episode has ended. */
export function scoreLevel(
  name: LevelScore,
  outcome: LevelOutcome,
  best: number,
  optimum: () => number | null,
): number {
  if (outcome.episodes === 0) return 0
  if (name === 'minimal-return') return -outcome.meanReturn
  const estimate: Estimate = regretEstimates[name]
  return estimate(outcome, best, optimum)
}
