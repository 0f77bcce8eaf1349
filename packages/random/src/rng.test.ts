import { describe, expect, test } from 'vitest'
import { createRng } from './rng.ts'

const take = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw)
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('words', () => {
  test('are those of the reference implementation of xoshiro128** for the state 1, 2, 3, 4', () => {
    const expected = [
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]
    expect(take(10, createRng(1, 2, 3, 4).word)).toEqual(expected)
  })

  test('also come from an all-zero state, which the recurrence alone could never leave', () => {
    expect(new Set(take(100, createRng(0, 0, 0, 0).word)).size).toBeGreaterThan(90)
  })
})

describe('uniform numbers', () => {
  test('lie in [0, 1) with mean 1/2, variance 1/12 and no correlation with the next', () => {
    const { uniform } = createRng(5, 6, 7, 8)
    const values = take(200_000, uniform)
    expect(Math.min(...values.slice(0, 50_000))).toBeGreaterThanOrEqual(0)
    expect(Math.max(...values.slice(0, 50_000))).toBeLessThan(1)
    expect(Math.abs(mean(values) - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / values.length))
    expect(mean(values.map((value) => (value - 0.5) ** 2))).toBeCloseTo(1 / 12, 3)
    const products = values.slice(1).map((value, i) => (value - 0.5) * (values[i] - 0.5))
    expect(Math.abs(mean(products))).toBeLessThan(4 / 12 / Math.sqrt(products.length))
  })
})

describe('integers', () => {
  test('fill 0 … bound − 1 evenly', () => {
    const { integer } = createRng(9, 10, 11, 12)
    const counts = new Float64Array(7)
    for (let i = 0; i < 70_000; i++) counts[integer(7)]++
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)
    // 99.9 % quantile of chi-square with 6 degrees of freedom.
    expect(chiSquare).toBeLessThan(22.46)
  })

  test('have no modulo bias: a bound of 3 · 2^30 gives the lowest third no more often than the others', () => {
    const { integer } = createRng(13, 14, 15, 16)
    const lowest = mean(take(20_000, () => (integer(3 * 2 ** 30) < 2 ** 30 ? 1 : 0)))
    // Taking the remainder of a word would give 1/2.
    expect(Math.abs(lowest - 1 / 3)).toBeLessThan(0.015)
  })

  test.each([0, -1, 1.5, 2 ** 32 + 1, Number.NaN])('refuse the bound %s', (bound) => {
    expect(() => createRng(1, 2, 3, 4).integer(bound)).toThrow(/bound must be an integer from 1 to 2\^32/)
  })
})

describe('normal numbers', () => {
  test('have mean 0, variance 1, kurtosis 3 and 4.55 % beyond two standard deviations', () => {
    const values = take(200_000, createRng(17, 18, 19, 20).normal)
    expect(Math.abs(mean(values))).toBeLessThan(0.01)
    expect(Math.abs(mean(values.map((x) => x ** 2)) - 1)).toBeLessThan(0.015)
    expect(Math.abs(mean(values.map((x) => x ** 4)) - 3)).toBeLessThan(0.1)
    expect(Math.abs(mean(values.map((x) => (Math.abs(x) > 2 ? 1 : 0))) - 0.0455)).toBeLessThan(0.002)
  })
})

describe('bits', () => {
  test.each([0, 0.25, 0.9, 1])('of probability %d equal a comparison of the same number of words with it', (p) => {
    const [bitwise, wordwise] = [createRng(21, 22, 23, 24), createRng(21, 22, 23, 24)]
    const bits = new Uint8Array(1_000).fill(7)
    bitwise.fillBits(bits, p)
    expect([...bits]).toEqual(take(1_000, () => (wordwise.word() < p * 2 ** 32 ? 1 : 0)))
    expect(bitwise.word()).toBe(wordwise.word())
  })
})
