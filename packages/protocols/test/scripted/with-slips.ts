import type { ScriptedPolicy } from './scripted-policy.ts'

/** Replaces the policy's action with a random one in that share of the steps. */
export function withSlips(policy: ScriptedPolicy, share: number): ScriptedPolicy {
  return (world) => {
    const inner = policy(world)
    const count = world.environment.actions.length
    return {
      begin: (slot, level) => inner.begin?.(slot, level),
      async act(observations, actions, uniform) {
        await inner.act(observations, actions, uniform)
        for (let slot = 0; slot < world.simulator.batch; slot++)
          if (uniform(slot) < share) actions[slot] = Math.floor(uniform(slot) * count)
      },
    }
  }
}
