import {
  readFloats,
  withRank,
  type Bound,
  type Compiled,
  type Engine,
  type EngineTensor,
  type TensorSpec,
  type TensorSpecs,
} from '@goalpost/engine'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Network } from '../networks/network.ts'
import type { EpisodeMemory } from './episode-memory.ts'

/** A network with fixed parameters, ready for any number of observations. The caller disposes it. */
export type BoundNetwork = {
  readonly batch: number
  /**
   * observations: [batch × length], written by the network's `reading`. Gives [batch × (actions + 1)]: logits, then the
   * value; advances a memory by one step.
   */
  step(observations: Uint8Array): Promise<Float32Array>
  /** The same without advancing a memory. */
  look(observations: Uint8Array): Promise<Float32Array>
  dispose(): void
}

/** The forward pass at one fixed batch: a row's last bits depend on the batch's size, so it never changes. */
export type CompiledNetwork = {
  readonly batch: number
  /**
   * parameters: flat [P]. Values that depend only on them are computed once, not in every pass. `memory` is read and
   * advanced, and stays the caller's; null for networks without one.
   */
  bind(parameters: EngineTensor, memory: EpisodeMemory | null): Promise<BoundNetwork>
  dispose(): void
}

export async function compileNetwork(engine: Engine, network: Network, batch: number): Promise<CompiledNetwork> {
  const forward = await compileForward(engine, network, batch)
  return {
    batch,
    async bind(parameters, memory) {
      const bound = await forward.bind({ parameters })
      const { step, look } = memory === null ? forgetful(bound) : remembering(bound, memory)
      return { batch, step, look, dispose: bound.dispose }
    },
    dispose: forward.dispose,
  }
}

function compileForward(engine: Engine, network: Network, batch: number): Promise<Compiled> {
  const { memory } = network
  const specs: TensorSpecs = {
    parameters: float32([network.size]),
    observations: { shape: [batch, network.reading.length], type: 'uint8' },
  }
  const arraysOf = (inputs: Readonly<Record<string, Tensor>>) => network.split(withRank(inputs.parameters, 1))
  if (memory === null)
    return engine.compile((inputs) => ({ output: network.forward(arraysOf(inputs), inputs.observations) }), specs)
  return engine.compile(
    (inputs) =>
      memory.unroll(arraysOf(inputs), inputs.observations, {
        state: withRank(inputs.state, 2),
        starts: withRank(inputs.starts, 1),
      }),
    { ...specs, state: float32([batch, memory.width]), starts: { shape: [batch], type: 'uint8' } },
  )
}

type Passes = Pick<BoundNetwork, 'step' | 'look'>

function forgetful(forward: Bound): Passes {
  const look: BoundNetwork['look'] = async (observations) => takeValues((await forward.run({ observations })).output)
  return { step: look, look }
}

function remembering(forward: Bound, memory: EpisodeMemory): Passes {
  const run = (observations: Uint8Array) => forward.run({ observations, state: memory.state(), starts: memory.starts })
  return {
    async step(observations) {
      const { output, state } = await run(observations)
      memory.advance(state)
      return takeValues(output)
    },
    async look(observations) {
      const { output, state } = await run(observations)
      state.dispose()
      return takeValues(output)
    },
  }
}

async function takeValues(output: EngineTensor): Promise<Float32Array> {
  const values = await readFloats(output)
  output.dispose()
  return values
}

function float32(shape: readonly number[]): TensorSpec {
  return { shape, type: 'float32' }
}
