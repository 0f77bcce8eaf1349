import { createStream, type Rng } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { bettingInterval, placeBets, type Bet } from './betting.ts'

const bernoulli = (rate: number) => (random: Rng) => (random.uniform() < rate ? 1 : 0)
/** Mean .4, standard deviation .2, skewed. */
const skewed = (random: Rng) => 0.4 * (0.5 + random.uniform() ** 2 * 1.5)
const populations = [
  { name: 'rate .01', mean: 0.01, draw: bernoulli(0.01) },
  { name: 'rate .1', mean: 0.1, draw: bernoulli(0.1) },
  { name: 'rate .5', mean: 0.5, draw: bernoulli(0.5) },
  { name: 'rate .98', mean: 0.98, draw: bernoulli(0.98) },
  { name: 'skewed', mean: 0.4, draw: skewed },
]

const sample = (name: string, index: number, count: number, draw: (random: Rng) => number) => {
  const random = createStream(7).named(name).at(index)
  return Array.from({ length: count }, () => draw(random))
}
const share = (tries: number, holds: (index: number) => boolean) =>
  Array.from({ length: tries }, (_, index) => holds(index)).filter(Boolean).length / tries

describe.each(populations)('$name', ({ name, mean, draw }) => {
  const rejects = (claim: Omit<Bet, 'values'>, count: number, tries: number) =>
    share(tries, (i) => placeBets({ ...claim, values: sample(name, i, count, draw) }).rejectedAfter !== null)

  test('a true claim is rejected at any of 1,000 looks with probability at most α', () => {
    for (const side of ['above', 'below'] as const)
      expect(rejects({ mean, side, alpha: 0.05 }, 1_000, 600), side).toBeLessThanOrEqual(0.05 + 0.02)
  })

  test('the interval covers the mean at every look at once', () => {
    const covered = share(200, (i) => {
      const values = sample(name, i, 512, draw)
      return [8, 64, 512].every((count) => {
        const { low, high } = bettingInterval(values.slice(0, count), 0.95)
        return low <= mean && mean <= high
      })
    })
    expect(covered).toBeGreaterThanOrEqual(0.95 - 0.03)
  })
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

test('at a level of 4e-7 a drop of .1 is found with fewer than 1,000 observations', () => {
  // .1 worse with a margin of .05, as a mean of paired differences: 815 on average; with predictable plug-in bets 1,211.
  const lost = (random: Rng) => (random.uniform() < 0.1 ? -0.9 : 0) + 0.2 * (random.uniform() - 0.5)
  const [low, high] = [-1, 1.05]
  const after = Array.from({ length: 20 }, (_, index) => {
    const values = sample('paired', index, 3_000, lost).map((each) => (each + 0.05 - low) / (high - low))
    return placeBets({ values, mean: -low / (high - low), side: 'below', alpha: 4e-7 }).rejectedAfter ?? 3_000
  })
  expect(after.reduce((sum, each) => sum + each, 0) / after.length).toBeLessThan(1_700)
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
