import { numberOf } from '../../test/number-of.ts'
import { expect, test } from 'vitest'
import { createStream } from '@goalpost/random'
import { drawError, type ErrorDistribution } from './error-distributions.ts'
import { estimateTailIndex } from './hill-estimate.ts'

function drawAscending(error: ErrorDistribution): Float64Array {
  const random = createStream(21).at(0)
  return Float64Array.from({ length: 200_000 }, () => drawError(error, random)).toSorted()
}

test('a hand-computed case: the two largest of 1, 2, 4, 8 over 2', () => {
  expect(estimateTailIndex(Float64Array.of(1, 2, 4, 8), 2)).toBeCloseTo(2 / (3 * Math.log(2)), 12)
})

test.each([1.2, 2, 5])('finds the index %d of a Pareto distribution, within four of its standard errors', (index) => {
  const ascending = drawAscending({ distribution: 'pareto', index, scale: 3 })
  for (const count of [200, 2_000, 150_000])
    expect(Math.abs(numberOf(estimateTailIndex(ascending, count)) / index - 1)).toBeLessThan(4 / Math.sqrt(count))
})

test('keeps growing towards the tip of a light tail', () => {
  const ascending = drawAscending({ distribution: 'normal', scale: 1 })
  const [wide, narrow, tip] = [20_000, 2_000, 200].map((count) => numberOf(estimateTailIndex(ascending, count)))
  expect(narrow).toBeGreaterThan(1.5 * wide)
  expect(tip).toBeGreaterThan(1.2 * narrow)
})

test('is missing, with the reason, if logarithms do not exist or all values are equal', () => {
  expect(estimateTailIndex(Float64Array.of(-1, 0, 1, 2), 2)).toEqual({
    missing: expect.stringContaining('zero or below'),
  })
  expect(estimateTailIndex(Float64Array.of(1, 2, 2, 2), 2)).toEqual({ missing: expect.stringContaining('equal') })
  expect(() => estimateTailIndex(Float64Array.of(1, 2), 2)).toThrow(RangeError)
})
