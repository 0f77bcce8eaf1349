import { createEngine, type EngineName } from '@goalpost/engine'
import { createStream } from '@goalpost/random'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { initializeParameters } from '../networks/initialize.ts'
import { createNetwork, type Network } from '../networks/network.ts'
import type { NetworkSpec } from '../networks/network-spec.ts'
import { defaultPpoOptions } from './options.ts'
import { ppoLoss } from './loss.ts'
import { createUpdate, lossGradient, updateSpecs } from './update.ts'

// tanh has no kinks that a finite difference could straddle.
const specs: readonly NetworkSpec[] = [
  { kind: 'mlp', hidden: [7, 6], activation: 'tanh', crop: 0 },
  { kind: 'conv', channels: [3, 4], dense: 5, activation: 'tanh', crop: 0 },
]
const samples = 6
const options = { ...defaultPpoOptions, entropyCoefficient: 0.1 }

function createBatch(network: Network) {
  const random = createStream(3).named('batch').at(0)
  const floats = (length: number, draw: () => number) => Float32Array.from({ length }, draw)
  return {
    parameters: initializeParameters(network, createStream(4)).map((value) => 1.5 * value + 0.2 * random.normal()),
    observations: floats(samples * network.input.reduce((a, b) => a * b), () => random.integer(2)),
    actions: Int32Array.from({ length: samples }, () => random.integer(3)),
    logProbabilities: floats(samples, () => Math.log(0.2 + 0.3 * random.uniform())),
    advantages: floats(samples, () => random.normal()),
    returns: floats(samples, () => random.normal()),
    values: floats(samples, () => random.normal()),
  }
}

describe.each(specs)('$kind', (spec) => {
  const network = createNetwork(spec, { observation: [4, 3, 2], actions: 3 })
  const batch = createBatch(network)
  const shapes = updateSpecs(network, samples)

  const bind = (parameters: Float32Array) => {
    const arrays = { ...batch, parameters }
    return Object.fromEntries(
      Object.entries(arrays).map(([name, values]) => [
        name,
        tf.tensor(values, [...shapes[name].shape], shapes[name].type),
      ]),
    ) as unknown as Parameters<typeof lossGradient>[1]
  }
  const lossAt = (parameters: Float32Array) =>
    tf.tidy(() => {
      const inputs = bind(parameters)
      return ppoLoss(
        network.forward(network.split(inputs.parameters), inputs.observations),
        inputs,
        options,
      ).loss.dataSync()[0]
    })

  test('the gradient of network and loss together agrees with finite differences', async () => {
    await createEngine('tfjs:wasm')
    const { gradient } = lossGradient(network, bind(batch.parameters), options)
    const analytic = gradient.dataSync()
    const epsilon = 1e-2
    for (let i = 0; i < network.size; i++) {
      const at = (delta: number) => {
        const moved = batch.parameters.slice()
        moved[i] += delta
        return lossAt(moved)
      }
      const numeric = (8 * (at(epsilon) - at(-epsilon)) - (at(2 * epsilon) - at(-2 * epsilon))) / (12 * epsilon)
      expect(Math.abs(analytic[i] - numeric), `parameter ${i}`).toBeLessThan(2e-3)
    }
  })

  test('an update is the same on every backend, within single precision', async () => {
    const results = []
    for (const name of ['tfjs:wasm', 'tfjs:cpu'] satisfies EngineName[]) {
      const engine = await createEngine(name)
      const compiled = await engine.compile(createUpdate(network, options), shapes)
      const scalar = (value: number) => Float32Array.of(value)
      const { parameters, metrics } = await compiled.run({
        ...batch,
        firstMoment: new Float32Array(network.size),
        secondMoment: new Float32Array(network.size).fill(1e-3),
        learningRate: scalar(0.01),
        firstCorrection: scalar(10),
        secondCorrection: scalar(1000),
      })
      results.push({ parameters: await parameters.data(), metrics: await metrics.data() })
    }
    const [wasm, cpu] = results
    wasm.parameters.forEach((value, i) => expect(value).toBeCloseTo(cpu.parameters[i], 5))
    wasm.metrics.forEach((value, i) => expect(value).toBeCloseTo(cpu.metrics[i], 4))
  })
})
