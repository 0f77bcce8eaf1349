/**
 * A policy that sees only the clock: in step t of its episode it draws from distribution t modulo the cycle's
 * length. A constant distribution is a cycle of one; a fixed sequence of actions has one-hot steps. Plain data.
 */
export type OpenLoopPolicy = {
  /** [steps of the cycle][actions] probabilities, each row with the sum 1. */
  readonly cycle: readonly (readonly number[])[]
}

/** The best open-loop policies found for one world, one per objective. */
export type OpenLoopWinners = {
  /** By progress towards either goal: the mean of max(J / J*, P / P*) over levels that offer both. */
  readonly capability: OpenLoopPolicy
  /** By its mean true return over solvable levels. */
  readonly goal: OpenLoopPolicy
  /** By its mean proxy return over solvable levels */
  readonly proxy: OpenLoopPolicy
  /** For each further goal, by name: by its mean return over solvable levels. */
  readonly further: Readonly<Record<string, OpenLoopPolicy>>
}
