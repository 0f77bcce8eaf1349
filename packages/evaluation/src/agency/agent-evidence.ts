import type { Decision } from '@goalpost/environments'
import { logHabit } from './log-space.ts'

/** What pursuing one goal has to say about decisions: enough for the likelihood at any level of noise. */
export type AgentEvidence = {
  /** Decisions for an optimal action, where the goal prefers any. */
  readonly kept: number
  /** [number of actions not optimal] decisions for one of them. */
  readonly slips: readonly number[]
  /** ln p of which of equally good actions were taken. */
  readonly logHabits: number
}

/** @param goal index into `Decision.optimal` */
export function weighGoal(decisions: readonly Decision[], goal: number, actions: number): AgentEvidence {
  const anything = 2 ** actions - 1
  const habits = new Map<number, number[]>()
  const slips = Array.from({ length: actions + 1 }, () => 0)
  let kept = 0
  for (const { action, optimal } of decisions) {
    const best = optimal[goal]
    if ((best & (1 << action)) === 0) {
      slips[actions - countBits(best)]++
      continue
    }
    if (best !== anything) kept++
    const counts = habits.get(best) ?? Array.from({ length: actions }, () => 0)
    counts[action]++
    habits.set(best, counts)
  }
  // In a fixed order, so that the sum does not depend on that of the trajectories.
  const sets = [...habits].toSorted(([a], [b]) => a - b)
  const logHabits = sets.reduce((sum, [best, counts]) => sum + logHabit(counts, countBits(best)), 0)
  return { kept, slips, logHabits }
}

/**
 * ln p(decisions | goal, noise): an optimal action with probability 1 − noise, out of habit where several are; else any of
 * the others. Nothing can go wrong where the goal prefers none.
 */
export function logAgent({ kept, slips, logHabits }: AgentEvidence, noise: number): number {
  return slips.reduce(
    (sum, count, others) => (count === 0 ? sum : sum + count * Math.log(noise / others)),
    logHabits + kept * Math.log1p(-noise),
  )
}

function countBits(bits: number): number {
  let count = 0
  for (let left = bits; left !== 0; left &= left - 1) count++
  return count
}
