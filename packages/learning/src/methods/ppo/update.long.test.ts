import { createEngine, detectEngines, readFloats, withRank, type Compiled, type Engine } from '@goalpost/engine'
import { createStream } from '@goalpost/random'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { initializeParameters } from '../../networks/initialize.ts'
import { createNetwork } from '../../networks/network.ts'
import type { NetworkSpec } from '../../networks/network-spec.ts'
import { product } from '../../networks/parameters.ts'
import { createTransformer, nextTokenLoss } from '../../networks/transformer.ts'
import { defaultPpoOptions } from './options.ts'
import { createUpdate, lossGradient, lossInputs, updateSpecs } from './update.ts'

/**
 * Of one update, compared with tfjs:cpu: parameters absolute, metrics relative. Single precision leaves 1e-7 of each
 * operation.
 */
const tolerance = { parameters: 2e-5, metrics: 1e-4 }

// tanh has no kinks that a finite difference could straddle; relu and max pooling are tested by the comparison of
// engines.
const smooth: readonly NetworkSpec[] = [
  { kind: 'mlp', hidden: [7, 6], activation: 'tanh', crop: 0 },
  { kind: 'mlp', hidden: [5], activation: 'tanh', crop: 1 },
  { kind: 'conv', channels: [3, 4], dense: 5, activation: 'tanh', crop: 0 },
  { kind: 'lstm', trunk: { kind: 'mlp', hidden: [5], activation: 'tanh', crop: 0 }, width: 4 },
]
const kinked: readonly NetworkSpec[] = [
  { kind: 'mlp', hidden: [9], activation: 'relu', crop: 0 },
  { kind: 'conv', channels: [3, 4], dense: 5, activation: 'relu', crop: 1 },
  { kind: 'impala', channels: [3, 4], dense: 6, crop: 0 },
  { kind: 'lstm', trunk: { kind: 'conv', channels: [3], dense: 6, activation: 'relu', crop: 0 }, width: 5 },
]

/** What the smaller ones would add costs more than it shows where each kernel is compiled by a software card. */
const enoughForCards: ReadonlySet<NetworkSpec> = new Set([smooth[0]!, ...kinked.slice(1)])

const titled = (specs: readonly NetworkSpec[]) => specs.map((spec) => [JSON.stringify(spec), spec] as const)

const steps = 3
const sequences = 4
const samples = steps * sequences
const options = { ...defaultPpoOptions, entropyCoefficient: 0.1 }
const installed = (await detectEngines()).flatMap(({ name, missing }) => (missing === null ? [name] : []))

function createWorkload(spec: NetworkSpec) {
  const network = createNetwork(spec, { observation: [5, 4, 2], actions: 3 })
  const random = createStream(3).named('batch').at(0)
  const floats = (length: number, draw: () => number) => Float32Array.from({ length }, draw)
  const bytes = (length: number) => Uint8Array.from({ length }, () => random.integer(2))
  const { memory } = network
  const carried: Record<string, Float32Array | Uint8Array> =
    memory === null
      ? {}
      : { state: floats(sequences * memory.width, () => 0.5 * random.normal()), starts: bytes(samples) }
  const batch: Record<string, Float32Array | Int32Array | Uint8Array> & { readonly parameters: Float32Array } = {
    parameters: initializeParameters(network, createStream(4)).map((value) => 1.5 * value + 0.2 * random.normal()),
    observations: bytes(samples * product(network.interface.observation)),
    actions: Int32Array.from({ length: samples }, () => random.integer(3)),
    logProbabilities: floats(samples, () => Math.log(0.2 + 0.3 * random.uniform())),
    advantages: floats(samples, () => random.normal()),
    returns: floats(samples, () => random.normal()),
    values: floats(samples, () => random.normal()),
    ...carried,
  }
  return { network, batch, specs: updateSpecs(network, samples, sequences) }
}

/**
 * Parts of the gradient, also by finite differences, of fourth order: single precision does not allow small steps.
 */
async function compareSome(
  gradient: Float32Array,
  value: (parameters: Float32Array) => Promise<number>,
  parameters: Float32Array,
) {
  const epsilon = 1e-2
  const stride = Math.ceil(parameters.length / 60)
  for (let i = 0; i < parameters.length; i += stride) {
    const at = (delta: number) => value(parameters.map((x, j) => (i === j ? x + delta : x)))
    const [near, far] = [(await at(epsilon)) - (await at(-epsilon)), (await at(2 * epsilon)) - (await at(-2 * epsilon))]
    expect(Math.abs(gradient[i] - (8 * near - far) / (12 * epsilon)), `parameter ${i}`).toBeLessThan(2e-3)
  }
}

const furthest = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  expect(a.length).toBe(b.length)
  return Array.from(a).reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), 0)
}

async function read(compiled: Compiled, inputs: Parameters<Compiled['run']>[0]) {
  const outputs = await compiled.run(inputs)
  const values: Record<string, Float32Array> = {}
  for (const [name, output] of Object.entries(outputs)) {
    values[name] = await readFloats(output)
    output.dispose()
  }
  return values
}

describe.each(titled(smooth))('%s', (_title, spec) => {
  test('the gradient of network and loss together agrees with finite differences', async () => {
    const { network, batch, specs } = createWorkload(spec)
    const engine = await createEngine('tfjs:wasm')
    const inputs = Object.fromEntries(Object.keys(batch).map((name) => [name, specs[name]]))
    const gradient = await engine.compile((given) => lossGradient(network, lossInputs(given), options), inputs)
    const at = async (parameters: Float32Array) => (await read(gradient, { ...batch, parameters })).parts[0]
    await compareSome((await read(gradient, batch)).gradient, at, batch.parameters)
  })
})

describe.each(titled([...smooth, ...kinked]))('%s', (_title, spec) => {
  const { network, batch, specs } = createWorkload(spec)
  let expected: Record<string, Float32Array>

  async function update(engine: Engine) {
    const compiled = await engine.compile(createUpdate(network, options), specs)
    const values = await read(compiled, {
      ...batch,
      firstMoment: new Float32Array(network.size),
      secondMoment: new Float32Array(network.size).fill(1e-3),
      learningRate: Float32Array.of(0.01),
      firstCorrection: Float32Array.of(10),
      secondCorrection: Float32Array.of(1000),
    })
    compiled.dispose()
    return values
  }

  beforeAll(async () => {
    expected = await update(await createEngine('tfjs:cpu'))
  })

  const compared = installed.filter((name) => name !== 'onnx:webgpu' || enoughForCards.has(spec))
  test.each(compared)('one update on %s equals that of tfjs:cpu, within single precision', async (name) => {
    const actual = await update(await createEngine(name))
    expect(furthest(actual.parameters, batch.parameters)).toBeGreaterThan(1e-3)
    for (const state of ['parameters', 'firstMoment', 'secondMoment'])
      expect(furthest(actual[state], expected[state])).toBeLessThan(tolerance.parameters)
    for (const [i, value] of actual.metrics.entries())
      expect(Math.abs(value - expected.metrics[i])).toBeLessThan(
        tolerance.metrics * Math.max(1, Math.abs(expected.metrics[i])),
      )
  })
})

describe('transformer', () => {
  const transformer = createTransformer({ vocabulary: 5, context: 4, width: 6, heads: 2, layers: 2 })
  const random = createStream(5).at(0)
  const tokens = Int32Array.from({ length: 12 }, () => random.integer(5))
  const batch = {
    parameters: initializeParameters(transformer, createStream(6)).map((value) => value + 0.1 * random.normal()),
    tokens,
    targets: Int32Array.from({ length: 12 }, (_, i) => tokens[(i + 1) % 12]),
    mask: Float32Array.from({ length: 12 }, (_, i) => (i % 4 === 3 ? 0 : 1)),
  }

  async function gradientOn(engine: Engine) {
    const compiled = await engine.compile(
      ({ parameters, tokens, targets, mask }) => {
        const loss = (...arrays: Tensor[]) => nextTokenLoss(transformer.forward(arrays, tokens), targets, mask)
        const { value, grads } = tf.valueAndGrads(loss)(transformer.split(withRank(parameters, 1)))
        return { loss: value, gradient: tf.concat(grads.map((array) => tf.reshape(array, [-1]))) }
      },
      {
        parameters: { shape: [transformer.size], type: 'float32' },
        tokens: { shape: [3, 4], type: 'int32' },
        targets: { shape: [3, 4], type: 'int32' },
        mask: { shape: [3, 4], type: 'float32' },
      },
    )
    return (parameters: Float32Array) => read(compiled, { ...batch, parameters })
  }

  test('the gradient of its loss agrees with finite differences', async () => {
    const at = await gradientOn(await createEngine('tfjs:wasm'))
    const { gradient } = await at(batch.parameters)
    await compareSome(gradient, async (parameters) => (await at(parameters)).loss[0], batch.parameters)
  })

  test.each(installed)('loss and gradient on %s equal those of tfjs:cpu, within single precision', async (name) => {
    const expected = await (await gradientOn(await createEngine('tfjs:cpu')))(batch.parameters)
    const actual = await (await gradientOn(await createEngine(name)))(batch.parameters)
    expect(furthest(actual.loss, expected.loss)).toBeLessThan(tolerance.metrics)
    expect(furthest(actual.gradient, expected.gradient)).toBeLessThan(tolerance.parameters)
  })
})
