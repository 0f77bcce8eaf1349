import { createEngine } from '@goalpost/engine'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { compileNetwork } from '../acting/compiled-network.ts'
import { initializeParameters, orthogonalMatrix } from './initialize.ts'
import { createNetwork } from './network.ts'
import { defaultConv, defaultMlp } from './network-spec.ts'
import { createObservationCrop } from './observation-crop.ts'

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
  const bound = await compiled.bind(engine.tensor(parameters, { shape: [network.size], type: 'float32' }))
  const output = await bound.run(Float32Array.from({ length: 2 * 147 }, (_, i) => i % 2))
  for (let row = 0; row < 2; row++) {
    for (let action = 0; action < 4; action++) expect(Math.abs(output[row * 5 + action])).toBeLessThan(0.2)
    expect(Math.abs(output[row * 5 + 4])).toBeGreaterThan(0.05)
  }
})

test('cropping keeps the inner cells with all of their channels', () => {
  const network = createNetwork({ ...defaultMlp, crop: 1 }, { observation: [3, 4, 2], actions: 2 })
  const crop = createObservationCrop(network)
  const source = Uint8Array.from({ length: 2 * 24 }, (_, i) => i)
  const target = new Float32Array(1 + 2 * 4)
  crop.copy(source, 2, target, 1)
  // Row 1, columns 1 and 2 of a 3 × 4 observation with two channels.
  expect(Array.from(target)).toEqual([0, 10, 11, 12, 13, 34, 35, 36, 37])
})
