import type { Rng, Stream } from '@goalpost/random'
import { product, type ParameterLayout, type ParameterSpec } from './parameters.ts'

/**
 * Orthogonal initialisation (Saxe et al., 2013, arXiv 1312.6120): weights have orthonormal columns (or rows, if there
 * are more columns than rows) times a gain of √2 in hidden layers, .01 for the logits and 1 for the value; biases are
 * 0, unless a network specifies others. Parameter number i draws from item i of the stream. Returns the flat vector
 * [P].
 */
export function initializeParameters({ parameters, size }: ParameterLayout, stream: Stream): Float32Array {
  const flat = new Float32Array(size)
  let offset = 0
  parameters.forEach((parameter, i) => {
    const length = product(parameter.shape)
    fillParameter(flat.subarray(offset, offset + length), parameter, stream.at(i))
    offset += length
  })
  return flat
}

function fillParameter(target: Float32Array, { shape, initial }: ParameterSpec, random: Rng): void {
  if (initial.kind === 'normal') {
    for (let i = 0; i < target.length; i++) target[i] = initial.deviation * random.normal()
    return
  }
  const columns = shape.at(-1) ?? 1
  const rows = target.length / columns
  let first = 0
  for (const group of initial.groups) {
    const values =
      'gain' in group
        ? orthogonalMatrix(rows, group.columns, random).map((value) => group.gain * value)
        : new Float64Array(rows * group.columns).fill(group.value)
    for (let row = 0; row < rows; row++)
      target.set(values.subarray(row * group.columns, (row + 1) * group.columns), row * columns + first)
    first += group.columns
  }
}

/** A random matrix [rows × columns], row-major, whose shorter side is orthonormal. */
export function orthogonalMatrix(rows: number, columns: number, random: Rng): Float64Array {
  const length = Math.max(rows, columns)
  const count = Math.min(rows, columns)
  const vectors = Array.from({ length: count }, () => Float64Array.from({ length }, () => random.normal()))
  vectors.forEach((vector, i) => orthonormalize(vector, vectors.slice(0, i)))
  const matrix = new Float64Array(rows * columns)
  vectors.forEach((vector, i) => {
    for (let j = 0; j < length; j++) matrix[rows >= columns ? j * columns + i : i * columns + j] = vector[j]
  })
  return matrix
}

/** Modified Gram–Schmidt; Gaussian vectors are independent enough for one pass. */
function orthonormalize(vector: Float64Array, earlier: readonly Float64Array[]): void {
  for (const other of earlier) {
    const overlap = dot(vector, other)
    for (let j = 0; j < vector.length; j++) vector[j] -= overlap * other[j]
  }
  const norm = Math.sqrt(dot(vector, vector))
  for (let j = 0; j < vector.length; j++) vector[j] /= norm
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}
