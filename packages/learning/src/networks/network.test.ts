import { createEngine } from '@goalpost/engine'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { compileNetwork } from '../acting/compiled-network.ts'
import { initializeParameters, orthogonalMatrix } from './initialize.ts'
import { createNetwork } from './network.ts'
import { defaultConv, defaultMlp } from './network-spec.ts'

const corner = { observation: [7, 7, 3], actions: 4 } as const

test('networks have as many parameters as their layers add up to', () => {
  const mlp = 147 * 128 + 128 + 128 * 64 + 64 + 64 * 5 + 5
  expect(createNetwork(defaultMlp, corner).size).toBe(mlp)
  expect(createNetwork({ ...defaultMlp, crop: 1 }, corner).size).toBe(mlp - 72 * 128)
  const conv = 9 * 3 * 16 + 16 + 9 * 16 * 32 + 32 + 49 * 32 * 64 + 64 + 64 * 5 + 5
  expect(createNetwork(defaultConv, corner).size).toBe(conv)
})

test('a crop that leaves nothing is refused', () => {
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

test('initial policies are nearly uniform, whatever they see; biases start at zero', async () => {
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

test('cropping keeps the inner cells with all of their channels', async () => {
  const engine = await createEngine('tfjs:cpu')
  const spec = { kind: 'mlp', hidden: [], activation: 'relu', crop: 1 } as const
  const network = createNetwork(spec, { observation: [3, 4, 2], actions: 2 })
  expect(network.input).toEqual([1, 2, 2])
  // Each output is one of the four inputs that are left, or a sum of two.
  const weight = [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0]
  const compiled = await compileNetwork(engine, network, 1)
  const parameters = engine.tensor(Float32Array.of(...weight, 0, 0, 0), { shape: [network.size], type: 'float32' })
  const bound = await compiled.bind(parameters, null)
  const output = await bound.look(Uint8Array.from({ length: 24 }, (_, i) => i))
  // Row 1, columns 1 and 2 of a 3 × 4 observation with two channels: 10, 11, 12, 13.
  expect(Array.from(output)).toEqual([23, 11, 12])
})
