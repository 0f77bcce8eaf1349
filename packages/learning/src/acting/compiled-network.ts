import type { Engine, EngineTensor } from '@goalpost/engine'
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import { product, type Network } from '../networks/network.ts'

/** The forward pass at one fixed batch: a row's last bits depend on the batch's size, so it never changes. */
export type CompiledNetwork = {
  readonly batch: number
  /** inputs: [batch × input], cropped; parameters: flat [P]. Gives [batch × (actions + 1)]: logits, then the value. */
  run(parameters: EngineTensor, inputs: Float32Array): Promise<Float32Array>
  dispose(): void
}

export async function compileNetwork(engine: Engine, network: Network, batch: number): Promise<CompiledNetwork> {
  const compiled = await engine.compile(
    ({ parameters, observations }) => ({
      output: network.forward(network.split(parameters as Tensor1D), observations as Tensor2D),
    }),
    {
      parameters: { shape: [network.size], type: 'float32' },
      observations: { shape: [batch, product(network.input)], type: 'float32' },
    },
  )
  return {
    batch,
    async run(parameters, observations) {
      const { output } = await compiled.run({ parameters, observations })
      const values = (await output.data()) as Float32Array
      output.dispose()
      return values
    },
    dispose: () => compiled.dispose(),
  }
}
