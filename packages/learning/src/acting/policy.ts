import type { Engine } from '@goalpost/engine'
import { createNetwork, product } from '../networks/network.ts'
import { createObservationCrop } from '../networks/observation-crop.ts'
import type { PolicySnapshot } from '../snapshots/policy-snapshot.ts'
import { greedyAction, sampleAction } from './choose-action.ts'
import { compileNetwork } from './compiled-network.ts'

/** Fits `BatchPolicy` of the evaluation. */
export type ActingPolicy = {
  /**
   * observations: [batch × height × width × channels], not cropped; actions: [batch], filled in.
   * `uniform(slot)` gives a number in [0, 1); a greedy policy does not ask for it.
   */
  act(observations: Uint8Array, actions: Uint8Array, uniform: (slot: number) => number): Promise<void>
}

export type Policy = {
  readonly sampled: ActingPolicy
  readonly greedy: ActingPolicy
  /** [batch × (actions + 1)]: logits, then the value. */
  evaluate(observations: Uint8Array): Promise<Float32Array>
  dispose(): void
}

/** A learned policy at a fixed batch. Observations of fewer episodes are padded with zeros. */
export async function createPolicy(engine: Engine, snapshot: PolicySnapshot, batch: number): Promise<Policy> {
  const network = createNetwork(snapshot.network, snapshot.interface)
  const crop = createObservationCrop(network)
  const compiled = await compileNetwork(engine, network, batch)
  const parameters = engine.tensor(snapshot.parameters, { shape: [network.size], type: 'float32' })
  const bound = await compiled.bind(parameters)
  parameters.dispose()
  const inputs = new Float32Array(batch * product(network.input))
  const { actions: count } = network.interface

  async function evaluate(observations: Uint8Array): Promise<Float32Array> {
    inputs.fill(0)
    crop.copy(observations, Math.min(batch, observations.length / crop.from), inputs, 0)
    return bound.run(inputs)
  }

  const acting = (choose: (output: Float32Array, offset: number, uniform: () => number) => number): ActingPolicy => ({
    async act(observations, actions, uniform) {
      const output = await evaluate(observations)
      for (let slot = 0; slot < actions.length; slot++)
        actions[slot] = choose(output, slot * (count + 1), () => uniform(slot))
    },
  })

  return {
    sampled: acting((output, offset, uniform) => sampleAction(output, offset, count, uniform())),
    greedy: acting((output, offset) => greedyAction(output, offset, count)),
    evaluate,
    dispose() {
      bound.dispose()
      compiled.dispose()
    },
  }
}
