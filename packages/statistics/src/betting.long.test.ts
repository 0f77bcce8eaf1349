import type { Rng } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { bernoulli, sample, skewed } from '../test/draws.ts'
import { bettingInterval, placeBets, type Bet } from './betting.ts'

const populations = [
  { name: 'rate .01', mean: 0.01, draw: bernoulli(0.01) },
  { name: 'rate .1', mean: 0.1, draw: bernoulli(0.1) },
  { name: 'rate .5', mean: 0.5, draw: bernoulli(0.5) },
  { name: 'rate .98', mean: 0.98, draw: bernoulli(0.98) },
  { name: 'skewed', mean: 0.4, draw: skewed },
]

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
