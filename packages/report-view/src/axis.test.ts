import { expect, test } from 'vitest'
import { createAxis } from './axis.ts'

test('a linear axis ends at marks and covers every value', () => {
  const { low, high, ticks, place } = createAxis([0.13, 0.97], 'linear')
  expect([low, high]).toEqual([0, 1])
  expect(ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
  expect(place(0.5)).toBeCloseTo(0.5)
})

test('a single value is placed in the middle', () => {
  expect(createAxis([3], 'linear').place(3)).toBeCloseTo(0.5)
  expect(createAxis([3], 'log').place(3)).toBeCloseTo(0.5)
})

test('a logarithmic axis marks powers of ten, or other round numbers if it has fewer than two', () => {
  expect(createAxis([1, 1_000, 0], 'log').ticks).toEqual([1, 10, 100, 1_000])
  expect(createAxis([2, 5], 'log').ticks).toEqual([2, 5])
  expect(createAxis([0.199825, 2.91912], 'log').ticks).toEqual([0.2, 0.5, 1, 2])
  expect(createAxis([1.12122, 1.66738], 'log').ticks).toEqual([1.2, 1.3, 1.4, 1.5, 1.6])
})

test('marks of many powers are thinned out', () => {
  expect(createAxis([1e-12, 1e12], 'log').ticks.length).toBeLessThanOrEqual(7)
})

test('an axis without values is still an axis', () => {
  for (const scale of ['linear', 'log'] as const) expect(createAxis([], scale).ticks.length).toBeGreaterThan(1)
})
