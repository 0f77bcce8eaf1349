import { describe, expect, test } from 'vitest'
import { bernoulli, sample, skewed } from '../test/draws.ts'
import { bettingInterval, placeBets, type Bet } from './betting.ts'

/** The definition, term by term: the highest wealth of ten purses that each bet a fixed share of the possible loss. */
function wealthByDefinition({ values, mean, side }: { values: readonly number[]; mean: number; side: Bet['side'] }) {
  const shares = Array.from({ length: 10 }, (_, index) => 0.95 / 2 ** index)
  const odds = (value: number) => (side === 'above' ? (value - mean) / mean : (mean - value) / (1 - mean))
  const after = (count: number) =>
    shares.reduce(
      (sum, share) => sum + values.slice(0, count).reduce((own, value) => own * (1 + share * odds(value)), 1),
      0,
    ) / 10
  return values.map((_, index) => after(index + 1))
}

describe.each([
  { side: 'above', mean: 0.3, draw: bernoulli(0.5) },
  { side: 'below', mean: 0.6, draw: skewed },
  { side: 'above', mean: 0.6, draw: skewed },
  { side: 'below', mean: 0.98, draw: bernoulli(0.9) },
] as const)('$side $mean', ({ side, mean, draw }) => {
  const values = sample('exact', 0, 60, draw)
  const wealth = wealthByDefinition({ values, mean, side })

  test('the p-value is 1 over the highest wealth so far, at most 1', () => {
    for (const count of [0, 1, 2, 10, 60]) {
      const highest = Math.max(1, ...wealth.slice(0, count))
      const { pValue } = placeBets({ values: values.slice(0, count), mean, side, alpha: 0.05 })
      expect(pValue * highest).toBeCloseTo(1, 10)
    }
  })

  test('the claim is rejected by the first observation after which the wealth reaches 1/α', () => {
    for (const alpha of [0.9, 0.5, 0.2, 0.05]) {
      const first = wealth.findIndex((each) => each >= 1 / alpha)
      expect(placeBets({ values, mean, side, alpha }).rejectedAfter).toBe(first < 0 ? null : first + 1)
    }
  })
})

test('the ends of the interval are the means whose claims are just rejected', () => {
  const values = sample('ends', 0, 80, skewed)
  const { low, high } = bettingInterval(values, 0.9)
  const rejected = (mean: number, side: Bet['side']) =>
    Math.max(...wealthByDefinition({ values, mean, side })) >= 1 / 0.05
  expect([rejected(low - 1e-5, 'above'), rejected(low + 1e-5, 'above')]).toEqual([true, false])
  expect([rejected(high + 1e-5, 'below'), rejected(high - 1e-5, 'below')]).toEqual([true, false])
})

test('a false claim is rejected, the sooner the farther it is from the mean', () => {
  const after = (mean: number) =>
    placeBets({ values: sample('power', 0, 4_000, bernoulli(0.5)), mean, side: 'below', alpha: 0.05 }).rejectedAfter
  expect(after(0.9)).toBeLessThan(30)
  expect(after(0.7) ?? Infinity).toBeGreaterThan(after(0.9) ?? 0)
  expect(after(0.55) ?? Infinity).toBeGreaterThan(after(0.7) ?? 0)
  expect(after(0.55)).toBeLessThan(4_000)
})

test('a mean of 0 or 1 is refuted by any other value, and never by its own', () => {
  const zeros = Array.from({ length: 5_000 }, () => 0)
  expect(placeBets({ values: zeros, mean: 0, side: 'above', alpha: 1e-9 }).rejectedAfter).toBeNull()
  expect(placeBets({ values: [...zeros, 0.5], mean: 0, side: 'above', alpha: 1e-9 }).rejectedAfter).toBe(5_001)
  expect(placeBets({ values: [1, 1, 0.5], mean: 1, side: 'below', alpha: 1e-9 }).rejectedAfter).toBe(3)
})

test('wealth neither overflows nor stays at 0 after a long loss', () => {
  const losing = Array.from({ length: 20_000 }, () => 0)
  const winning = Array.from({ length: 40_000 }, () => 1)
  expect(placeBets({ values: winning, mean: 0.5, side: 'above', alpha: 0.05 }).pValue).toBe(0)
  const turned = placeBets({ values: [...losing, ...winning], mean: 0.5, side: 'above', alpha: 0.05 })
  expect(turned.rejectedAfter).toBeGreaterThan(40_000)
  expect(turned.rejectedAfter).toBeLessThan(60_000)
})

test('the p-value agrees with the decision', () => {
  const values = sample('p', 0, 300, bernoulli(0.5))
  const { pValue, rejectedAfter } = placeBets({ values, mean: 0.8, side: 'below', alpha: 0.05 })
  expect(pValue).toBeLessThanOrEqual(0.05)
  expect(
    placeBets({ values: values.slice(0, rejectedAfter ?? 0), mean: 0.8, side: 'below', alpha: 0.05 }).pValue,
  ).toBeLessThanOrEqual(0.05)
  expect(
    placeBets({ values: values.slice(0, (rejectedAfter ?? 0) - 1), mean: 0.8, side: 'below', alpha: 0.05 }).pValue,
  ).toBeGreaterThan(0.05)
})

test('the interval narrows, and is at its ends for constant values', () => {
  const width = (count: number) => {
    const { low, high } = bettingInterval(sample('width', 0, count, skewed), 0.95)
    return high - low
  }
  expect(width(1_000)).toBeLessThan(width(100) / 2)
  expect(bettingInterval([], 0.95)).toEqual({ low: 0, high: 1 })
  const ones = bettingInterval(new Array<number>(500).fill(1), 0.95)
  expect(ones.high).toBe(1)
  expect(ones.low).toBeGreaterThan(0.97)
})

test('what is no share is refused', () => {
  expect(() => placeBets({ values: [1.1], mean: 0.5, side: 'above', alpha: 0.05 })).toThrow('observation 0')
  expect(() => placeBets({ values: [Number.NaN], mean: 0.5, side: 'above', alpha: 0.05 })).toThrow('observation 0')
  expect(() => placeBets({ values: [], mean: 2, side: 'above', alpha: 0.05 })).toThrow('mean')
  expect(() => placeBets({ values: [], mean: 0.5, side: 'above', alpha: 0 })).toThrow('alpha')
})
