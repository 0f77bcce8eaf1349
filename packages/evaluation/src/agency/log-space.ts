import { logGamma } from '@goalpost/statistics'

/** ln Σ exp(x); −∞ of nothing. Exact to rounding however small the terms are. */
export function logSumExp(logs: readonly number[]): number {
  const largest = Math.max(...logs)
  if (largest === -Infinity) return -Infinity
  return largest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - largest), 0))
}

/** ln of the mean: a mixture with equal weights. */
export const logMeanExp = (logs: readonly number[]): number => logSumExp(logs) - Math.log(logs.length)

/** The posterior weight of each part of a mixture with equal weights: sums to 1. */
export function posteriorOf(logs: readonly number[]): number[] {
  const largest = Math.max(...logs)
  const weights = logs.map((log) => Math.exp(log - largest))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}

/**
 * ln of the probability of a sequence of choices, counted by choice, if their frequencies are unknown: the mixture over
 * all distributions by Jeffreys' prior, Dirichlet(½, …, ½). Source: Krichevsky & Trofimov (1981).
 * @param options how many choices there are; those never taken need no count
 */
export function logHabit(counts: readonly number[], options: number): number {
  const taken = counts.reduce((sum, count) => sum + count, 0)
  const spread = counts.reduce((sum, count) => sum + logGamma(count + 0.5) - logGamma(0.5), 0)
  return spread + logGamma(options / 2) - logGamma(taken + options / 2)
}

/** A habit for each input, learned online. */
export type Habits = {
  /** Counts the choice. Returns ln of its probability given all earlier ones, by the mixture of `logHabit`. */
  follow(input: string, choice: number): number
  /** ln of the probability of all choices: the same for any order of counting, except for rounding. */
  logProbability(): number
}

export function createHabits(options: number): Habits {
  const habits = new Map<string, number[]>()
  return {
    follow(input, choice) {
      const counts = habits.get(input) ?? Array.from({ length: options }, () => 0)
      const taken = counts.reduce((sum, count) => sum + count, 0)
      habits.set(input, counts)
      return Math.log((counts[choice]++ + 0.5) / (taken + options / 2))
    },
    logProbability: () =>
      // In a fixed order, so that the sum does not depend on the order of the choices.
      [...habits.keys()].toSorted().reduce((sum, input) => sum + logHabit(habits.get(input) ?? [], options), 0),
  }
}
