import type { CycleLevel } from './level.ts'
import type { CycleParameters } from './parameters.ts'

type Ordered = Pick<CycleLevel, 'cycle'>

/**
 * The order in which the leader goes round. The anti-expert goes backwards: every visit after its first is wrong, so no
 * order is worse.
 */
export function leaderOrder({ cycle }: Ordered, { agents }: Pick<CycleParameters, 'agents'>): readonly number[] {
  return agents.leader === 'anti-expert' ? [cycle[0], ...cycle.slice(1).toReversed()] : cycle
}

/** Writes each sphere's successor in the order, which restarts after the last, from index `start`. */
export function writeSuccessors(order: readonly number[], after: Int32Array, start: number): void {
  for (let i = 0; i < order.length; i++) after[start + order[i]] = order[i + 1 < order.length ? i + 1 : 0]
}

/** By sphere: its successor. */
export function successors(order: readonly number[]): Int32Array {
  const after = new Int32Array(order.length)
  writeSuccessors(order, after, 0)
  return after
}
