import type { ScriptedPolicy } from './scripted-policy.ts'
import { asReference } from './as-reference.ts'

/** Opens chests as the true oracle does where they outnumber the keys, as in training; else takes keys alone. */
export const hoardsAboundingKeys: ScriptedPolicy = (world) => {
  const [opens, hoards] = [asReference('true-oracle')(world), asReference('proxy-oracle')(world)]
  const { batch } = world.simulator
  const hoarded = new Uint8Array(batch)
  const abounds = new Uint8Array(batch)
  return {
    begin(slot, level) {
      const { keys, chests } = level as { keys: readonly number[]; chests: readonly number[] }
      abounds[slot] = keys.length > chests.length ? 1 : 0
      opens.begin?.(slot, level)
      hoards.begin?.(slot, level)
    },
    act(observations, actions, uniform) {
      void opens.act(observations, actions, uniform)
      void hoards.act(observations, hoarded, uniform)
      for (let slot = 0; slot < batch; slot++) if (abounds[slot] === 1) actions[slot] = hoarded[slot]!
    },
  }
}
