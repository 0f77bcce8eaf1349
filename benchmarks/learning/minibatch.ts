import { createMinibatch, type Minibatch } from '@goalpost/learning'
import { createStream } from '@goalpost/random'
import type { World } from './workloads.ts'

/** The first observations of as many episodes as the world has slots, and made-up outcomes. */
export function drawMinibatch({ network, simulator, levelOf }: World, samples: number): Minibatch {
  const random = createStream(1).named('minibatch').at(0)
  const minibatch = createMinibatch({ samples, observation: network.reading.length })
  for (let slot = 0; slot < samples; slot++) simulator.reset(slot, levelOf(slot))
  network.reading.write(simulator.observations, samples, minibatch.observations, 0)
  for (const name of ['advantages', 'returns', 'values'] as const)
    minibatch[name].forEach((_, i, all) => (all[i] = random.normal()))
  minibatch.actions.forEach((_, i, all) => (all[i] = random.integer(network.interface.actions)))
  minibatch.logProbabilities.fill(Math.log(1 / network.interface.actions))
  return minibatch
}
