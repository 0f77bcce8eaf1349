import { createEngine, detectEngines } from '@goalpost/engine'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { compileNetwork } from '../acting/compiled-network.ts'
import { initializeParameters, orthogonalMatrix } from './initialize.ts'
import { createNetwork } from './network.ts'
import { defaultConv, defaultImpala, defaultLstm, defaultMlp } from './network-spec.ts'

const corner = { observation: [7, 7, 3], actions: 4 } as const

const installed = (await detectEngines()).flatMap(({ name, missing }) => (missing === null ? [name] : []))

const small = { observation: [15, 15, 3], actions: 4 } as const
const large = { observation: [64, 64, 3], actions: 4 } as const

const dense = (from: number, to: number) => from * to + to
const convolution = (from: number, to: number) => 9 * from * to + to
const stage = (from: number, to: number) => convolution(from, to) + 4 * convolution(to, to)
const lstm = (from: number, width: number) => 4 * (from * width + width * width + width)
/** Four logits and the value. */
const head = (from: number) => dense(from, 5)

// The table of docs/networks.md.
test.each([
  [defaultMlp, small, dense(675, 128) + dense(128, 64) + head(64), 95_109],
  [defaultMlp, large, dense(12_288, 128) + dense(128, 64) + head(64), 1_581_573],
  [{ ...defaultMlp, crop: 1 }, small, dense(507, 128) + dense(128, 64) + head(64), 73_605],
  [defaultConv, small, convolution(3, 16) + convolution(16, 32) + dense(225 * 32, 64) + head(64), 466_277],
  [defaultConv, large, convolution(3, 16) + convolution(16, 32) + dense(4096 * 32, 64) + head(64), 8_394_085],
  // Height and width are halved three times, rounded up: 15 → 8 → 4 → 2 and 64 → 32 → 16 → 8.
  [defaultImpala, small, stage(3, 16) + stage(16, 32) + stage(32, 32) + dense(4 * 32, 256) + head(256), 131_909],
  [defaultImpala, large, stage(3, 16) + stage(16, 32) + stage(32, 32) + dense(64 * 32, 256) + head(256), 623_429],
  [defaultLstm, small, dense(675, 128) + dense(128, 64) + lstm(64, 256) + head(256), 424_773],
  [
    { ...defaultLstm, trunk: defaultImpala },
    large,
    stage(3, 16) + stage(16, 32) + stage(32, 32) + dense(64 * 32, 256) + lstm(256, 256) + head(256),
    1_148_741,
  ],
])('%o on %o has as many parameters as its layers add up to: %i', (spec, made, formula, documented) => {
  const network = createNetwork(spec, made)
  expect(network.size).toBe(formula)
  expect(network.size).toBe(documented)
  expect(new Set(network.parameters.map(({ name }) => name)).size).toBe(network.parameters.length)
})

test('a crop of everything is refused', () => {
  expect(() => createNetwork({ ...defaultMlp, crop: 4 }, corner)).toThrow(RangeError)
})

test.each([
  [9, 4],
  [4, 9],
  [5, 5],
])('an orthogonal %i × %i matrix is orthonormal along its shorter side', (rows, columns) => {
  const matrix = orthogonalMatrix(rows, columns, createStream(1).at(0))
  const vector = (i: number) =>
    rows >= columns
      ? Array.from({ length: rows }, (_, j) => matrix[j * columns + i])
      : Array.from({ length: columns }, (_, j) => matrix[i * columns + j])
  for (let i = 0; i < Math.min(rows, columns); i++)
    for (let k = 0; k <= i; k++) {
      const product = vector(i).reduce((sum, value, j) => sum + value * vector(k)[j], 0)
      expect(product).toBeCloseTo(i === k ? 1 : 0, 10)
    }
})

test('initial policies are nearly uniform for any observation; biases start at zero', async () => {
  const engine = await createEngine('tfjs:wasm')
  const network = createNetwork(defaultMlp, corner)
  const parameters = initializeParameters(network, createStream(1).named('init'))
  expect(Array.from(parameters.slice(147 * 128, 147 * 128 + 128))).toEqual(Array.from(new Float32Array(128)))
  const compiled = await compileNetwork(engine, network, 2)
  const bound = await compiled.bind(engine.tensor(parameters, { shape: [network.size], type: 'float32' }), null)
  const output = await bound.look(Uint8Array.from({ length: 2 * 147 }, (_, i) => i % 2))
  for (let row = 0; row < 2; row++) {
    for (let action = 0; action < 4; action++) expect(Math.abs(output[row * 5 + action])).toBeLessThan(0.2)
    expect(Math.abs(output[row * 5 + 4])).toBeGreaterThan(0.05)
  }
})

test.each([
  ['mlp', defaultMlp],
  ['conv', { ...defaultConv, channels: [4], dense: 8 }],
  ['impala', { ...defaultImpala, channels: [4], dense: 8 }],
] as const)('bytes reach the layers of %s divided by 255: full ones look like set bits', async (_, spec) => {
  const engine = await createEngine('tfjs:cpu')
  const bits = createNetwork(spec, corner)
  const bytes = createNetwork(spec, { ...corner, element: 'byte' })
  const parameters = engine.tensor(initializeParameters(bits, createStream(1).named('init')), {
    shape: [bits.size],
    type: 'float32',
  })
  const look = async (network: typeof bits, full: number) => {
    const bound = await (await compileNetwork(engine, network, 2)).bind(parameters, null)
    return Array.from(await bound.look(Uint8Array.from({ length: 2 * 147 }, (_value, i) => (i % 3 === 1 ? full : 0))))
  }
  const expected = await look(bits, 1)
  for (const [i, value] of (await look(bytes, 255)).entries()) expect(value).toBeCloseTo(expected[i], 5)
  expect(await look(bytes, 51)).not.toEqual(expected)
})

test('networks for bytes give the same on every engine', { timeout: 60_000 }, async () => {
  const network = createNetwork({ ...defaultConv, channels: [4], dense: 8, crop: 1 }, { ...corner, element: 'byte' })
  const random = createStream(2).at(0)
  const observations = Uint8Array.from({ length: 2 * 147 }, () => random.integer(256))
  const parameters = initializeParameters(network, createStream(1).named('init'))
  const outputs = await Promise.all(
    installed.map(async (name) => {
      const engine = await createEngine(name)
      const compiled = await compileNetwork(engine, network, 2)
      const tensor = engine.tensor(parameters, { shape: [network.size], type: 'float32' })
      const output = Array.from(await (await compiled.bind(tensor, null)).look(observations))
      engine.dispose()
      return output
    }),
  )
  expect(outputs.length).toBeGreaterThan(2)
  for (const output of outputs) for (const [i, value] of output.entries()) expect(value).toBeCloseTo(outputs[0][i], 5)
})

test('cropping keeps the inner cells with all of their channels', async () => {
  const engine = await createEngine('tfjs:cpu')
  const spec = { kind: 'mlp', hidden: [], activation: 'relu', crop: 1 } as const
  const network = createNetwork(spec, { observation: [3, 4, 2], actions: 2 })
  expect(network.input).toEqual([1, 2, 2])
  // Each output is one of the four remaining inputs, or a sum of two.
  const weight = [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0]
  const compiled = await compileNetwork(engine, network, 1)
  const parameters = engine.tensor(Float32Array.of(...weight, 0, 0, 0), { shape: [network.size], type: 'float32' })
  const bound = await compiled.bind(parameters, null)
  const output = await bound.look(Uint8Array.from({ length: 24 }, (_, i) => i))
  // Row 1, columns 1 and 2 of a 3 × 4 observation with two channels: 10, 11, 12, 13.
  expect(Array.from(output)).toEqual([23, 11, 12])
})
