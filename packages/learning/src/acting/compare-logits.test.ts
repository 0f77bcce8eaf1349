import { describe, expect, it } from 'vitest'
import { findDifference } from './compare-logits.ts'

const float32 = 2 ** -23

/** Compares rows in the same places. */
function compare(first: readonly number[][], other: readonly number[][], step = float32) {
  const rows = first.map((_, row) => ({ first: row, other: row }))
  const flat = (values: readonly number[][]) => Float32Array.from(values.flat())
  return findDifference({ first: flat(first), other: flat(other), actions: first[0].length, rows, step })
}

describe('findDifference', () => {
  it('finds a difference of one action, with its distances from the best one', () => {
    expect(compare([[1, 3, 0]], [[2, 3, 0]])).toEqual({ action: 0, first: 2, other: 1 })
  })

  it.each([-50, -1e4, -1e9, -3e38, Number.NEGATIVE_INFINITY])('finds it beside an action masked with %d', (mask) => {
    expect(compare([[1, 3, mask]], [[1.1, 3, mask]])).toMatchObject({ action: 0 })
    expect(compare([[1, 3, mask]], [[1, 3, 0]])).toMatchObject({ action: 2 })
    expect(compare([[1, 3, mask]], [[1, 3, mask]])).toBeNull()
  })

  it('finds it in a row where every other row has much larger logits in common', () => {
    const common = [1e6, 1e6 + 1, 1e6]
    expect(compare([common, [1, 3, 0]], [common, [1.1, 3, 0]])).toMatchObject({ action: 0 })
  })

  it('finds small differences of small logits, which decide the greedy action too', () => {
    expect(compare([[1e-5, 3e-5]], [[3e-5, 1e-5]])).not.toBeNull()
  })

  it('ignores what no choice depends on: a number added to a row, masks of any size, rounding', () => {
    expect(compare([[1, 3, 0]], [[11, 13, 10]])).toBeNull()
    expect(compare([[1, 3, -1e8]], [[1, 3, Number.NEGATIVE_INFINITY]])).toBeNull()
    expect(compare([[1, 3, 0]], [[1.0005, 3, 0]])).toBeNull()
    expect(compare([[1e4, 1e4]], [[1e4, 1e4 + 0.002]])).toBeNull()
  })

  it('allows a few steps of the numbers that a model computes with', () => {
    const bfloat16 = 2 ** -7
    expect(compare([[1, 3, 0]], [[1.02, 3, 0]])).not.toBeNull()
    expect(compare([[1, 3, 0]], [[1.02, 3, 0]], bfloat16)).toBeNull()
    expect(compare([[1, 3, 0]], [[1.5, 3, 0]], bfloat16)).not.toBeNull()
  })
})
