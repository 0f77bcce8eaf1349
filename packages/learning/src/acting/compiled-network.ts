import type { Engine, EngineTensor, TensorSpec, TensorSpecs } from '@goalpost/engine'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import { product, type Network } from '../networks/network.ts'

/** A network with fixed parameters, ready for any number of observations. Whoever received it disposes it. */
export type BoundNetwork = {
  readonly batch: number
  /** inputs: [batch × input], cropped. Gives [batch × (actions + 1)]: logits, then the value. */
  run(inputs: Float32Array): Promise<Float32Array>
  dispose(): void
}

/** The forward pass at one fixed batch: a row's last bits depend on the batch's size, so it never changes. */
export type CompiledNetwork = {
  readonly batch: number
  /** parameters: flat [P]. Cut into arrays once, not in every pass. */
  bind(parameters: EngineTensor): Promise<BoundNetwork>
  dispose(): void
}

export async function compileNetwork(engine: Engine, network: Network, batch: number): Promise<CompiledNetwork> {
  const names = network.parameters.map(({ name }) => name)
  const arrays: TensorSpecs = Object.fromEntries(network.parameters.map(({ name, shape }) => [name, float32(shape)]))
  const split = await engine.compile(
    ({ parameters }) => {
      const pieces = network.split(parameters as Tensor1D)
      return Object.fromEntries(names.map((name, i) => [name, pieces[i]]))
    },
    { parameters: float32([network.size]) },
  )
  const forward = await engine.compile(
    (inputs) => ({
      output: network.forward(
        names.map((name): Tensor => inputs[name]),
        inputs.observations as Tensor2D,
      ),
    }),
    { ...arrays, observations: float32([batch, product(network.input)]) },
  )
  return {
    batch,
    async bind(parameters) {
      const pieces = await split.run({ parameters })
      return {
        batch,
        async run(observations) {
          const { output } = await forward.run({ ...pieces, observations })
          const values = (await output.data()) as Float32Array
          output.dispose()
          return values
        },
        dispose() {
          for (const piece of Object.values(pieces)) piece.dispose()
        },
      }
    },
    dispose() {
      split.dispose()
      forward.dispose()
    },
  }
}

function float32(shape: readonly number[]): TensorSpec {
  return { shape, type: 'float32' }
}
