import { describe, expect, test } from 'vitest'
import { counts, lognormal, normal, type Population, twoGroups, uniform } from '../test/populations.ts'
import { simulateCoverage } from '../test/simulate-coverage.ts'
import { findGroups } from './groups.ts'

/** How often seeds of a population are taken for two groups, in 4,000 samples: standard error at most .008. */
const rate = (population: Population, seeds: number): number =>
  simulateCoverage(`groups ${population.name} ${seeds}`, 4000, (random) => {
    const groups = findGroups(Array.from({ length: seeds }, () => population.draw(random)))
    return { interval: { low: groups === null ? 1 : 0, high: 0 }, truth: 0 }
  }).coverage

describe('two groups of seeds', () => {
  test.each([normal, uniform, counts(50, 0.9), lognormal(0.5)])(
    'are seen in $name seeds less than 1 time in 25',
    (one) => {
      for (const seeds of [5, 7, 10, 20, 40, 60]) expect(rate(one, seeds), `${seeds} seeds`).toBeLessThan(0.04)
    },
  )

  test('are nearly always found in ten seeds if groups are ten or more deviations apart', () => {
    expect(rate(twoGroups(0.5), 5)).toBeGreaterThan(0.8)
    expect(rate(twoGroups(0.5), 10)).toBeGreaterThan(0.98)
    expect(rate(twoGroups(0.3), 10)).toBeGreaterThan(0.95)
    expect(rate(twoGroups(0.5, 0.1), 10)).toBeGreaterThan(0.85)
    expect(rate(twoGroups(0.5, 0.1), 20)).toBeGreaterThan(0.98)
  })
})
