import { setting, type RolloutBuffer, type World } from './rollout.ts'

/** The number of slots whose first episodes are replayed, as far as the rollout contains them. */
const replayed = 8

/**
 * Checks the first rollout of a collector: episodes played one at a time, by the actions in the
 * buffer, must show the observations, rewards and ends in the buffer, byte for byte.
 * @throws Error if they do not.
 */
export function checkFirstRollout({ environment, parameters, levelOf }: World, buffer: RolloutBuffer): void {
  const { batch, rolloutSteps } = setting
  const simulator = environment.createSimulator(parameters, 1)
  const { length } = simulator.observations
  const action = new Uint8Array(1)
  for (let slot = 0; slot < replayed; slot++) {
    simulator.reset(0, levelOf(slot), slot)
    for (let t = 0; t < rolloutSteps; t++) {
      const at = t * batch + slot
      const seen = buffer.observations.subarray(at * length, (at + 1) * length)
      action[0] = buffer.actions[t][slot]
      const asSeen = Buffer.compare(seen, simulator.observations) === 0
      simulator.step(action)
      const asPaid =
        simulator.goalRewards[0][0] === buffer.rewards[at] && simulator.goalRewards[1][0] === buffer.proxyRewards[at]
      if (!asSeen || !asPaid) throw new Error(`${environment.name}: step ${t} of slot ${slot} is not what was played`)
      if (simulator.terminated[0] !== buffer.terminated[at] || simulator.truncated[0] !== buffer.truncated[at])
        throw new Error(`${environment.name}: the episode in slot ${slot} does not end where it did`)
      if ((simulator.terminated[0] | simulator.truncated[0]) !== 0) break
    }
  }
}

/** By name, of one step: cells set in each channel of the observation, and outcomes. */
export function meansOf({ environment, parameters }: World, buffer: RolloutBuffer): Record<string, number> {
  const { channels } = environment.observation(parameters)
  const { observations, rewards, proxyRewards, terminated, truncated } = buffer
  const sums = new Float64Array(channels.length)
  for (let at = 0, channel = 0; at < observations.length; at++) {
    sums[channel] += observations[at]
    if (++channel === sums.length) channel = 0
  }
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / rewards.length
  return {
    ...Object.fromEntries(channels.map((_, channel) => [`channel ${channel}`, sums[channel] / rewards.length])),
    reward: mean(rewards),
    'proxy reward': mean(proxyRewards),
    terminated: mean(terminated),
    truncated: mean(truncated),
  }
}
