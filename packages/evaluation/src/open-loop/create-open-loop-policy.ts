import type { Simulator } from '@goalpost/environments'
import type { BatchPolicy } from '../episodes/batch-policy.ts'
import type { OpenLoopPolicy } from './open-loop-policy.ts'

/**
 * An open-loop policy as a batch policy: the phase is the slot's step in its episode, and observations are not read. A
 * step with one action of probability 1 draws no number.
 */
export function createOpenLoopPolicy(
  { cycle }: OpenLoopPolicy,
  { batch, steps }: Pick<Simulator<never>, 'batch' | 'steps'>,
): BatchPolicy {
  const cumulative = cycle.map(accumulate)
  const certain = cycle.map((distribution) => distribution.indexOf(1))
  return {
    act(_observations, actions, uniform) {
      for (let slot = 0; slot < batch; slot++) {
        const phase = steps[slot] % cycle.length
        actions[slot] = certain[phase] >= 0 ? certain[phase] : pick(cumulative[phase], uniform(slot))
      }
    },
  }
}

function accumulate(distribution: readonly number[]): Float64Array {
  const sums = new Float64Array(distribution.length)
  let sum = 0
  for (const [action, probability] of distribution.entries()) sums[action] = sum += probability
  // Rounding may leave a gap below 1: numbers in it give the last possible action.
  const last = distribution.findLastIndex((probability) => probability > 0)
  return sums.fill(1, last)
}

function pick(cumulative: Float64Array, drawn: number): number {
  let action = 0
  while (drawn >= cumulative[action]) action++
  return action
}
