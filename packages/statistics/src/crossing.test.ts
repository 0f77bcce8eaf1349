import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { findCrossing, poolAdjacentViolators } from './crossing.ts'

const curve = (...ys: readonly number[]) => ys.map((y, x) => ({ x, y }))

test('a curve meets a height between the points around it, by linear interpolation', () => {
  expect(findCrossing(curve(0, 0.25, 0.75, 1), 0.5)).toBe(1.5)
  expect(findCrossing(curve(0, 0.2, 0.7), 0.3)).toBeCloseTo(1.2, 12)
})

test('points that fall again are pooled first', () => {
  // Pooled to 0, .4, .4, 1.
  expect(findCrossing(curve(0, 0.6, 0.2, 1), 0.5)).toBeCloseTo(2 + 0.1 / 0.6, 12)
})

test('a curve that lies on the height meets it in the middle', () => {
  expect(findCrossing(curve(0, 0.5, 0.5, 0.5, 1), 0.5)).toBe(2)
  expect(findCrossing(curve(0.5, 0.75), 0.5)).toBe(0)
})

test('a curve that is above or below everywhere meets it outside', () => {
  expect(findCrossing(curve(0.6, 0.7), 0.5)).toBe('before')
  expect(findCrossing(curve(0.1, 0.4), 0.5)).toBe('after')
  expect(() => findCrossing([], 0.5)).toThrow('without points')
})

test('no other non-decreasing sequence is nearer, and the mean is kept', () => {
  const random = createStream(6).at(0)
  const grid = [0, 0.25, 0.5, 0.75, 1]
  const distance = (one: readonly number[], other: readonly number[]) =>
    one.reduce((sum, value, i) => sum + (value - other[i]!) ** 2, 0)
  for (let trial = 0; trial < 20; trial++) {
    const values = Array.from({ length: 4 }, () => random.uniform())
    const fitted = poolAdjacentViolators(values)
    expect(fitted).toEqual(fitted.toSorted((a, b) => a - b))
    expect(fitted.reduce((a, b) => a + b)).toBeCloseTo(
      values.reduce((a, b) => a + b),
      12,
    )
    for (const a of grid)
      for (const b of grid)
        for (const c of grid)
          for (const d of grid)
            if (a <= b && b <= c && c <= d)
              expect(distance(fitted, values)).toBeLessThanOrEqual(distance([a, b, c, d], values) + 1e-12)
  }
})
