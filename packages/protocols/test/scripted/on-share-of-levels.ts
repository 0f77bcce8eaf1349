import { createHash } from 'node:crypto'
import { stay } from '@goalpost/environments'
import type { ScriptedPolicy } from './scripted-policy.ts'

/** Acts on that share of the levels, whichever suite they are in, and stands still on the others. */
export function onShareOfLevels(policy: ScriptedPolicy, share: number): ScriptedPolicy {
  return (world) => {
    const inner = policy(world)
    const still = new Uint8Array(world.simulator.batch)
    return {
      begin(slot, level) {
        const text = JSON.stringify(world.environment.levelToJson(level))
        const word = createHash('sha256').update(text).digest().readUInt32LE()
        still[slot] = word / 2 ** 32 < share ? 0 : 1
        inner.begin?.(slot, level)
      },
      async act(observations, actions, uniform) {
        await inner.act(observations, actions, uniform)
        for (const [slot, stands] of still.entries()) if (stands === 1) actions[slot] = stay
      },
    }
  }
}
