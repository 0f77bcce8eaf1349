import type { ScriptedPolicy } from './scripted-policy.ts'

/** In that share of the steps a random action in place of the policy's own. */
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
