import { expect, test } from 'vitest'
import { createKeyedUniform } from './keyed-uniform.ts'

const uniform = createKeyedUniform('monsters')

test('a number depends on seed, counter and lane alone, not on earlier draws', () => {
  const first = uniform(7, 3, 2)
  for (let i = 0; i < 100; i++) uniform(i, i, i)
  expect(uniform(7, 3, 2)).toBe(first)
  expect(createKeyedUniform('monsters')(7, 3, 2)).toBe(first)
})

test('another role, seed, counter or lane gives another number', () => {
  const numbers = [uniform(1, 1, 1), uniform(2, 1, 1), uniform(1, 2, 1), uniform(1, 1, 2)]
  expect(new Set([...numbers, createKeyedUniform('leader')(1, 1, 1)]).size).toBe(5)
})

test('numbers are uniform in [0, 1) along each of the three', () => {
  const count = 20_000
  for (const draw of [
    (i: number) => uniform(i, 5, 0),
    (i: number) => uniform(5, i, 0),
    (i: number) => uniform(5, 0, i),
  ]) {
    const cells = new Float64Array(10)
    for (let i = 0; i < count; i++) cells[Math.floor(draw(i) * 10)]++
    // χ² with 9 degrees of freedom: above 27.9 once in a thousand.
    const chiSquare = cells.reduce((sum, cell) => sum + (cell - count / 10) ** 2 / (count / 10), 0)
    expect(chiSquare).toBeLessThan(27.9)
  }
})
