import { createEngine, withRank, type EngineName } from '@goalpost/engine'
import { createStream } from '@goalpost/random'
import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { initializeParameters } from './initialize.ts'
import { createNetwork, type Network } from './network.ts'
import { readPlanes } from './reading.ts'

const [height, width, channels] = [4, 5, 3] as const
const batch = 6

/** Random walls; the mouse anywhere, sometimes nowhere; the cheese too, or nowhere at all if hidden. */
function drawObservations(hidden = false): Uint8Array {
  const random = createStream(1).at(0)
  const observations = new Uint8Array(batch * height * width * channels)
  const cellOf = (sample: number, cell: number) => (sample * height * width + cell) * channels
  for (let sample = 0; sample < batch; sample++) {
    for (let cell = 0; cell < height * width; cell++) observations[cellOf(sample, cell)] = random.integer(2)
    if (sample !== 2) observations[cellOf(sample, random.integer(height * width)) + 1] = 1
    if (sample !== 4 && !hidden) observations[cellOf(sample, random.integer(height * width)) + 2] = 1
  }
  return observations
}

test('planes hold the cropped dense channels one after the other, then the positions of the others’ cells, in whole words', () => {
  const reading = readPlanes({ image: [3, 4, 2], crop: 1, dense: [1], oneHot: [0] })
  const source = new Uint8Array(2 * 24)
  source[(1 * 4 + 2) * 2] = 1 // the second inner cell, channel 0
  source[(1 * 4 + 1) * 2 + 1] = 1
  source[24 + 0] = 1 // on the border, which is cut off
  const target = new Uint8Array(1 + 2 * reading.length)
  reading.write(source, 2, target, 1)
  expect(Array.from(target)).toEqual([0, 1, 0, 1, 0, 0, 0, 2, 0])
})

test('positions beyond 255 take their second byte', () => {
  const reading = readPlanes({ image: [20, 20, 1], crop: 0, dense: [], oneHot: [0] })
  const target = new Uint8Array(4)
  const source = new Uint8Array(400)
  reading.write(source, 1, target, 0)
  expect(Array.from(target)).toEqual([400 - 256, 1, 0, 0])
  source[300] = 1
  reading.write(source, 1, target, 0)
  expect(Array.from(target)).toEqual([300 - 256, 1, 0, 0])
})

test.each([0, 1])('crop %i: updated rows equal rewritten ones', (crop) => {
  const planes = { image: [5, 7, 3], crop, dense: [2], oneHot: [0, 1] } as const
  const stride = 5 * 7 * 3
  const reading = readPlanes(planes)
  const read = reading.follow(3)
  const random = createStream(7).at(0)
  // The second one is not aligned to words.
  const buffers = [new Uint8Array(3 * stride), new Uint8Array(3 * stride + 1).subarray(1)]
  for (let step = 0; step < 200; step++) {
    const observations = buffers[step % 2]
    if (step > 1) observations.set(buffers[(step + 1) % 2])
    const sample = random.integer(3)
    const cellOf = (cell: number) => sample * stride + cell * 3
    const channel = random.integer(3)
    if (channel < 2) for (let cell = 0; cell < 35; cell++) observations[cellOf(cell) + channel] = 0
    if (random.integer(5) > 0) observations[cellOf(random.integer(35)) + channel] ^= 1
    const anew = new Uint8Array(3 * reading.length)
    reading.write(observations, 3, anew, 0)
    expect(read(observations)).toEqual(anew)
  }
})

test.each<[EngineName, number, boolean]>([
  ['tfjs:cpu', 0, false],
  ['onnx:cpu', 0, false],
  ['onnx:cpu', 1, false],
  ['onnx:cpu', 1, true],
  ['tfjs:wasm', 1, false],
  ['tfjs:wasm', 0, true],
])(
  '%s, crop %i, a channel blank in every row %s: looking up is multiplying, forward and backward',
  async (name, crop, hidden) => {
    const engine = await createEngine(name)
    const spec = { kind: 'mlp', hidden: [7, 5], activation: 'tanh', crop } as const
    const whole = createNetwork(spec, { observation: [height, width, channels], actions: 3 })
    const planes = createNetwork(spec, { observation: [height, width, channels], actions: 3, oneHot: [1, 2] })
    expect(planes.parameters).toEqual(whole.parameters)
    const parameters = initializeParameters(whole, createStream(2))
    // All biases differ, so that an omitted one would be noticed.
    const shaken = parameters.map((value, i) => value + 0.1 * Math.sin(i))
    const results = await Promise.all(
      [whole, planes].map((network) =>
        outputAndGradient(engine, network, { parameters: shaken, observations: drawObservations(hidden) }),
      ),
    )
    const [expected, actual] = results
    expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 5))
  },
)

test('a blank channel is left out: the same outputs and gradients, and 0 for its weights', async () => {
  const engine = await createEngine('onnx:cpu')
  const spec = { kind: 'mlp', hidden: [7, 5], activation: 'tanh', crop: 0 } as const
  const made = { observation: [height, width, channels], actions: 3, oneHot: [1] } as const
  const observations = drawObservations(true)
  const networks = [createNetwork(spec, made), createNetwork(spec, { ...made, blank: [2] })]
  expect(networks.map(({ reading }) => reading.length)).toEqual([2 * height * width + 4, height * width + 4])
  const [whole, skipping] = await Promise.all(
    networks.map((network) =>
      outputAndGradient(engine, network, { parameters: initializeParameters(network, createStream(2)), observations }),
    ),
  )
  expect(skipping).toHaveLength(whole.length)
  whole.forEach((value, i) => expect(skipping[i]).toBeCloseTo(value, 5))
})

test('cells of a blank channel that are set after all change nothing', () => {
  const planes = { image: [2, 2, 3], crop: 0, dense: [0], oneHot: [1] } as const
  const reading = readPlanes(planes)
  const read = reading.follow(2)
  const observations = new Uint8Array(24)
  const before = read(observations).slice()
  observations[12 + 5] = 1
  expect(read(observations)).toEqual(before)
  observations[12 + 5] = 0
  expect(read(observations)).toEqual(before)
})

async function outputAndGradient(
  engine: Awaited<ReturnType<typeof createEngine>>,
  network: Network,
  { parameters, observations }: { readonly parameters: Float32Array; readonly observations: Uint8Array },
): Promise<number[]> {
  const rows = new Uint8Array(batch * network.reading.length)
  network.reading.write(observations, batch, rows, 0)
  const compiled = await engine.compile(
    (inputs) => {
      const forward = (...arrays: Tensor[]) => network.forward(arrays, inputs['rows'])
      const loss = (...arrays: Tensor[]): Scalar => tf.sum(tf.square(forward(...arrays)))
      const arrays = network.split(withRank(inputs['parameters'], 1))
      const gradient = tf.concat(
        tf
          .grads(loss)(arrays)
          .map((array) => tf.reshape(array, [-1])),
      )
      return { all: tf.concat([tf.reshape(forward(...arrays), [-1]), gradient]) }
    },
    {
      rows: { shape: [batch, network.reading.length], type: 'uint8' },
      parameters: { shape: [network.size], type: 'float32' },
    },
  )
  const { all } = await compiled.run({ rows, parameters })
  return Array.from(await all.data())
}
