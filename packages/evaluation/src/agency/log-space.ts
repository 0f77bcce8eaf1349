import { logGamma } from '@goalpost/statistics'

/** ln Σ exp(x); −∞ of nothing. Exact to rounding however small the terms are. */
export function logSumExp(logs: readonly number[]): number {
  const largest = Math.max(...logs)
  if (largest === -Infinity) return -Infinity
  return largest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - largest), 0))
}

/** ln of the mean: a mixture with equal weights. */
export const logMeanExp = (logs: readonly number[]): number => logSumExp(logs) - Math.log(logs.length)

/** What each part of a mixture with equal weights has to do with what was seen: sums to 1. */
export function posteriorOf(logs: readonly number[]): number[] {
  const largest = Math.max(...logs)
  const weights = logs.map((log) => Math.exp(log - largest))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}

/**
 * ln of the probability of a sequence of choices, counted by choice, when nothing is known of how often each is taken: the
 * mixture over all distributions by Jeffreys' prior, Dirichlet(½, …, ½). Source: Krichevsky & Trofimov (1981).
 * @param options how many choices there are; those that were never taken need no count
 */
export function logHabit(counts: readonly number[], options: number): number {
  const taken = counts.reduce((sum, count) => sum + count, 0)
  const spread = counts.reduce((sum, count) => sum + logGamma(count + 0.5) - logGamma(0.5), 0)
  return spread + logGamma(options / 2) - logGamma(taken + options / 2)
}

/** A habit for each input, learned as it is followed. */
export type Habits = {
  /** Counts the choice. Gives ln of its probability after all that were counted before, by the mixture of `logHabit`. */
  follow(input: string, choice: number): number
  /** ln of the probability of all choices: the same, but for rounding, in whatever order they were counted. */
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
      // In a fixed order, so that the sum does not depend on that of the choices at all.
      [...habits.keys()].toSorted().reduce((sum, input) => sum + logHabit(habits.get(input) ?? [], options), 0),
  }
}
