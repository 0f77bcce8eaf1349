import { describe, expect, test } from 'vitest'
import { isContradictory, searchThreshold, type Probe, type ThresholdSearch } from './search-threshold.ts'

const search: ThresholdSearch = {
  between: [0.001, 1],
  scale: 'log',
  integer: false,
  line: 0.5,
  direction: 'rising',
  width: 2,
  budget: 20,
  perRound: 1,
}

/** Five seeds with hardly any noise. */
const probe = (value: number, mean: number): Probe => ({
  value,
  seeds: new Map([-2, -1, 0, 1, 2].map((error, seed) => [seed, mean + error / 1000])),
})

/** Runs a search to its end on a curve. */
function run(curve: (value: number) => number, change: Partial<ThresholdSearch> = {}) {
  const setting = { ...search, ...change }
  const probes: Probe[] = []
  const rounds: (readonly number[])[] = []
  for (;;) {
    const { threshold, step } = searchThreshold(setting, probes)
    if (step.type === 'end') return { threshold, reason: step.reason, rounds, values: probes.length }
    rounds.push(step.values)
    probes.push(...step.values.map((value) => probe(value, curve(value))))
  }
}

const stepAt = (threshold: number) => (value: number) => (value < threshold ? 0.1 : 0.9)

describe('a search for a threshold', () => {
  test('tries both ends and the middle, then the middle of the gap with the threshold, until that is narrow', () => {
    const { threshold, reason, rounds } = run(stepAt(0.02))
    // On a log scale: √(.001 · 1), √(.001 · .0316), …
    expect(rounds).toEqual([[0.001, 0.0316, 1], [0.00562], [0.0133], [0.0205]])
    expect(threshold).toMatchObject({ low: 0.0133, high: 0.0205 })
    expect(reason).toBe('narrow')
  })

  test('finds the threshold wherever it is, and of a falling measure too', () => {
    for (const truth of [0.0015, 0.04, 0.7]) {
      const rising = run(stepAt(truth)).threshold
      const falling = run((value) => 1 - stepAt(truth)(value), { direction: 'falling' }).threshold
      expect(rising.low! < truth && truth <= rising.high!).toBe(true)
      expect(falling).toMatchObject({ low: rising.low, high: rising.high })
    }
  })

  test('tries several values at a time in different gaps', () => {
    const { rounds } = run(stepAt(0.02), { perRound: 3 })
    expect(rounds[0]).toHaveLength(5)
    expect(rounds[1]).toHaveLength(3)
    expect(new Set(rounds.flat()).size).toBe(rounds.flat().length)
  })

  test('ends early where the threshold lies outside the range', () => {
    expect(run(() => 0.1)).toMatchObject({ reason: 'above', values: 3, threshold: { high: null, value: null } })
    expect(run(() => 0.9)).toMatchObject({ reason: 'below', values: 3, threshold: { low: null, value: null } })
  })

  test('never leaves a range that is narrower than values are rounded', () => {
    for (const scale of ['log', 'linear'] as const) {
      const { step } = searchThreshold({ ...search, scale, between: [100.2, 100.4] }, [])
      const values = step.type === 'probe' ? step.values : []
      expect(values.every((value) => 100.2 <= value && value <= 100.4)).toBe(true)
      expect([values[0], values.at(-1)]).toEqual([100.2, 100.4])
    }
  })

  test('ends with the budget, and never tries more', () => {
    expect(run(stepAt(0.02), { budget: 4 })).toMatchObject({ reason: 'budget', values: 4 })
    expect(run(stepAt(0.02), { budget: 4, perRound: 10 })).toMatchObject({ reason: 'budget', values: 4 })
  })

  test('ends if the curve falls from above the line to below it', () => {
    const { reason, threshold } = run((value) => (value < 0.01 ? 0.9 : 0.1))
    expect([reason, isContradictory(threshold)]).toEqual(['not-monotone', true])
    expect(isContradictory({ low: 0.1, high: 0.1 })).toBe(true)
    expect(isContradictory({ low: 0.1, high: 0.2 })).toBe(false)
    expect(isContradictory({ low: 0.1, high: null })).toBe(false)
  })

  test('tries whole numbers only where asked, and ends when none is left between', () => {
    const { rounds, reason, threshold } = run((value) => (value < 6 ? 0.1 : 0.9), {
      between: [1, 16],
      scale: 'linear',
      integer: true,
      width: 0.5,
    })
    expect(rounds.flat().every(Number.isInteger)).toBe(true)
    expect(threshold).toMatchObject({ low: 5, high: 6 })
    expect(reason).toBe('resolution')
  })

  test('measures the width as a difference on a linear scale', () => {
    const { threshold } = run((value) => value / 10, { between: [0, 10], scale: 'linear', width: 0.3 })
    expect(threshold.high! - threshold.low!).toBeLessThanOrEqual(0.3)
    expect(threshold.value).toBeCloseTo(5, 1)
  })

  test('goes on where it is least known: among undecided values, in the widest gap', () => {
    const noisy = (value: number): Probe => ({ value, seeds: new Map([0, 1, 0, 1, 0.5].entries()) })
    const probes = [probe(0.001, 0), noisy(0.0316), noisy(0.178), probe(1, 1)]
    // Gaps in e-folds: 3.5, 1.7, 1.7.
    expect(searchThreshold(search, probes).step).toEqual({ type: 'probe', values: [0.00562] })
  })

  test('depends on the results alone, not on their order', () => {
    const probes = [0.001, 0.0316, 1, 0.00562].map((value) => probe(value, stepAt(0.02)(value)))
    expect(searchThreshold(search, probes.toReversed())).toEqual(searchThreshold(search, probes))
  })
})
