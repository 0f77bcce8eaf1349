import type { Engine } from '@goalpost/engine'
import { createNetwork } from '../networks/network.ts'
import { product } from '../networks/parameters.ts'
import type { PolicySnapshot } from '../snapshots/policy-snapshot.ts'
import { actingRules, type ActingRule } from './choose-action.ts'
import { compileNetwork, type BoundNetwork } from './compiled-network.ts'
import { createEpisodeMemory, type EpisodeMemory } from './episode-memory.ts'

/** Compatible with `BatchPolicy` of the evaluation. */
export type ActingPolicy = {
  /**
   * observations: [batch × height × width × channels], not cropped; actions: [batch], filled in.
   * `uniform(slot)` gives a number in [0, 1); a greedy policy does not use it.
   */
  act(observations: Uint8Array, actions: Uint8Array, uniform: (slot: number) => number): Promise<void>
  /** Writes the distribution [actions] that the last action in that slot was chosen from. */
  distribution(slot: number, into: Float64Array): void
  /** The critic's value of the last observation in that slot; absent in policies without a critic. */
  readonly value?: (slot: number) => number
  /** An episode begins in that slot: clears a recurrent network's memory there. */
  begin(slot: number): void
}

export type Policy = {
  readonly sampled: ActingPolicy
  readonly greedy: ActingPolicy
  /** [batch × (actions + 1)]: logits, then the value; as the first observations of episodes. */
  evaluate(observations: Uint8Array): Promise<Float32Array>
  dispose(): void
}

/** A learned policy at a fixed batch. Observations of fewer episodes are padded with zeros. */
export async function createPolicy(engine: Engine, snapshot: PolicySnapshot, batch: number): Promise<Policy> {
  const network = createNetwork(snapshot.network, snapshot.interface)
  const compiled = await compileNetwork(engine, network, batch)
  const parameters = engine.tensor(snapshot.parameters, { shape: [network.size], type: 'float32' })
  const { actions: count, observation } = network.interface
  const inputs = new Uint8Array(batch * network.reading.length)
  const follow = network.reading.follow(batch)

  function read(observations: Uint8Array): Uint8Array {
    if (observations.length === batch * product(observation)) return follow(observations)
    inputs.fill(0)
    network.reading.write(observations, observations.length / product(observation), inputs, 0)
    return inputs
  }

  async function open(): Promise<Opened> {
    const memory = network.memory === null ? null : createEpisodeMemory(engine, network.memory.width, batch)
    return { bound: await compiled.bind(parameters, memory), memory }
  }

  /** Each way of acting plays its own episodes and has its own memory. */
  const acting = ({ bound, memory }: Opened, { choose, describe }: ActingRule): ActingPolicy => {
    let output: Float32Array = new Float32Array(batch * (count + 1))
    return {
      async act(observations, actions, uniform) {
        output = await bound.step(read(observations))
        for (let slot = 0; slot < actions.length; slot++)
          actions[slot] = choose(output, slot * (count + 1), () => uniform(slot))
      },
      distribution: (slot, into) => describe(output, slot * (count + 1), into),
      value: (slot) => output[slot * (count + 1) + count],
      begin: (slot) => memory?.begin(slot),
    }
  }

  const rules = actingRules(count)
  const first = await open()
  const opened = network.memory === null ? [first, first, first] : [first, await open(), await open()]
  parameters.dispose()
  return {
    sampled: acting(opened[0], rules.sampled),
    greedy: acting(opened[1], rules.greedy),
    // The third is never stepped, so its memory stays empty.
    evaluate: (observations) => opened[2].bound.look(read(observations)),
    dispose() {
      for (const { bound, memory } of new Set(opened)) {
        bound.dispose()
        memory?.dispose()
      }
      compiled.dispose()
    },
  }
}

type Opened = { readonly bound: BoundNetwork; readonly memory: EpisodeMemory | null }
