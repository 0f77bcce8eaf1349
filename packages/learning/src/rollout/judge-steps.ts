import type { ReferencePolicy } from '@goalpost/environments'
import type { Stream } from '@goalpost/random'

/** A supervisor of single steps. */
export type StepJudge = {
  /** A step is right if this policy would have done the same. */
  readonly policy: ReferencePolicy
  /** What a wrong step costs. */
  readonly weight: number
  /** Whether the world's own rewards are learned from, too. */
  readonly outcome: boolean
}

export type Judging = StepJudge & {
  /** Item (step counter, slot) of this stream is the judge's chance. */
  readonly uniform: Stream
}

/**
 * [batch] the reward of the chosen actions in the current states, by the judge alone: 0 if right, −`weight` if wrong, like
 * the logarithm of a product of step scores. A reward for right steps would be earned again and again by going back and
 * forth, and rewards of both signs would add up to the same for every way. 0 also where the judge stands still, an action
 * that agents do not have.
 */
export function judgeActions(
  { policy, weight, uniform }: Judging,
  chosen: Uint8Array,
  { counter, actionCount }: { readonly counter: number; readonly actionCount: number },
): Float32Array {
  const right = new Uint8Array(chosen.length)
  policy.act(right, (slot) => uniform.uniform(counter, slot))
  return Float32Array.from(chosen, (action, slot) => {
    const said = right[slot] < actionCount
    return said && action !== right[slot] ? -weight : 0
  })
}
