import type { BatchPolicy } from '@goalpost/evaluation'
import type { ActingPolicy, Doubt } from '@goalpost/learning'

/** Whether help is asked for; `uniform` is fresh chance. */
export type Asks = (doubt: Doubt, uniform: () => number) => boolean

export type AskingPolicy = BatchPolicy & {
  /** Whether the oracle took the last action in that slot. */
  wasHelped(slot: number): boolean
}

type Parts = {
  readonly policy: ActingPolicy
  /** Told everything that the policy sees, so that memories stay with the episode. */
  readonly members: readonly ActingPolicy[]
  readonly doubt: (slot: number) => Doubt
  readonly asks: Asks
  readonly oracle: BatchPolicy
}

/** An ensemble whose action the oracle replaces where it asks for help. */
export function createAskingPolicy({ policy, members, doubt, asks, oracle }: Parts): AskingPolicy {
  let helped = new Uint8Array(0)
  return {
    begin(slot, level) {
      oracle.begin?.(slot, level)
      for (const one of [policy, ...members]) one.begin(slot)
    },
    async act(observations, actions, uniform) {
      await policy.act(observations, actions, uniform)
      const scratch = new Uint8Array(actions.length)
      for (const member of members) await member.act(observations, scratch, () => 0)
      helped = Uint8Array.from(actions, (_, slot) => (asks(doubt(slot), () => uniform(slot)) ? 1 : 0))
      if (!helped.includes(1)) return
      const right = new Uint8Array(actions.length)
      await oracle.act(observations, right, uniform)
      for (let slot = 0; slot < actions.length; slot++) if (helped[slot] === 1) actions[slot] = right[slot]
    },
    wasHelped: (slot) => helped[slot] === 1,
  }
}
