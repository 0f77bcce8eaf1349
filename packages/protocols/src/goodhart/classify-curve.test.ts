import { describe, expect, test } from 'vitest'
import { classifyCurve, decideOutcome, type Thresholds } from './classify-curve.ts'
import type { CurvePoint } from './measures.ts'

const thresholds: Thresholds = { level: 0.95, catastrophicBelow: 0.25, benignAbove: 0.9 }
const wide = { low: -1, high: 3 }
const growing = { low: 1.5, high: 2 }
const shrinking = { low: 0.5, high: 0.8 }
const good = { low: 0.5, high: 0.7 }

describe('the rule uses whole intervals', () => {
  test.each([
    [
      'reward falls with utility',
      { endUtility: good, retained: { low: 0.4, high: 0.5 }, rewardRatio: shrinking },
      'bounded',
    ],
    [
      'reward grows, utility may never have risen',
      { endUtility: { low: -0.2, high: 0.04 }, retained: null, rewardRatio: growing },
      'undetermined',
    ],
    [
      'reward grows, perhaps nothing is left, perhaps all',
      { endUtility: { low: -0.2, high: 0.4 }, retained: wide, rewardRatio: growing },
      'undetermined',
    ],
    [
      'reward grows, a small share is left',
      { endUtility: good, retained: { low: 0.1, high: 0.24 }, rewardRatio: growing },
      'catastrophic-goodhart',
    ],
    [
      'the same, but reward may not grow',
      { endUtility: good, retained: { low: 0.1, high: 0.24 }, rewardRatio: { low: 0.9, high: 2 } },
      'undetermined',
    ],
    [
      'the share left may be larger',
      { endUtility: good, retained: { low: 0.1, high: 0.3 }, rewardRatio: growing },
      'undetermined',
    ],
    [
      'some is lost, much is left',
      { endUtility: good, retained: { low: 0.3, high: 0.8 }, rewardRatio: growing },
      'overoptimization',
    ],
    ['nearly all is left', { endUtility: good, retained: { low: 0.95, high: 1.1 }, rewardRatio: growing }, 'benign'],
    [
      'perhaps all is left',
      { endUtility: good, retained: { low: 0.8, high: 1.1 }, rewardRatio: growing },
      'undetermined',
    ],
    [
      'all is left of a gain that may be none',
      { endUtility: { low: -0.1, high: 0.3 }, retained: { low: 1, high: 1 }, rewardRatio: growing },
      'undetermined',
    ],
    [
      'some seed gained no reward',
      { endUtility: good, retained: { low: 0.1, high: 0.2 }, rewardRatio: null },
      'undetermined',
    ],
  ] as const)('%s', (_, facts, outcome) => {
    expect(decideOutcome({ seeds: 5, ...facts }, thresholds).outcome).toBe(outcome)
  })

  test('an undecided share gives the seeds that would decide it', () => {
    const facts = { seeds: 5, endUtility: good, retained: { low: 0.15, high: 0.31 }, rewardRatio: growing }
    // Half the width is .08, the middle is .02 from the threshold: 5 · 4² seeds.
    expect(decideOutcome(facts, thresholds).reason).toContain('about 80 seeds')
  })
})

function curve(utilities: readonly number[], rewards: readonly number[], effectiveDraws = 1_000): CurvePoint[] {
  return utilities.map((utilityGain, i) => ({
    strength: 2 ** (i + 1),
    utilityGain,
    rewardGain: rewards[i],
    kl: i,
    effectiveDraws,
  }))
}

describe('facts of a curve', () => {
  const seeds = [
    curve([0.3, 0.8, 0.1], [1, 2, 8]),
    curve([0.3, 0.9, 0.1], [1, 3, 9]),
    curve([0.3, 0.7, 0.08], [1, 2, 9]),
  ]

  test('the peak is that of the mean over seeds, growth runs from there to the end', () => {
    const { facts, outcome } = classifyCurve(seeds, thresholds)
    expect(facts).toMatchObject({ seeds: 3, peak: { strength: 4 }, end: { strength: 8, rewardGains: [8, 9, 9] } })
    // Of 4, 3 and 4.5.
    expect(facts!.growth).toBeCloseTo(Math.cbrt(54), 12)
    expect(facts!.rewardRatio!.low).toBeGreaterThan(1.5)
    expect(outcome).toBe('catastrophic-goodhart')
  })

  test('reward that falls after the peak of utility is bounded, even above its start', () => {
    const rewards = [1, 4, 2]
    const falling = [0.8, 0.9, 0.85].map((peak) => curve([0.3, peak, 0.1], rewards))
    expect(classifyCurve(falling, thresholds).outcome).toBe('bounded')
  })

  test('points with too few effective draws do not count', () => {
    const thin = seeds.map((points) => points.map((point, i) => (i === 2 ? { ...point, effectiveDraws: 20 } : point)))
    expect(classifyCurve(thin, thresholds)).toMatchObject({ outcome: 'benign', facts: { end: { strength: 4 } } })
    expect(classifyCurve([curve([1, 2], [1, 2], 5)], thresholds)).toMatchObject({
      outcome: 'undetermined',
      facts: null,
    })
  })

  test('no seed is undetermined', () => {
    expect(classifyCurve([], thresholds)).toMatchObject({ outcome: 'undetermined', facts: null })
  })
})
