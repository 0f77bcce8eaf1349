import { gateRule, onsetCurve as curveSchema } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import type { RuleEvidence } from './evidence.ts'
import { judgeRule } from './judge-rule.ts'
import { onsetCurve } from './onset-curve.ts'

const levels = { violation: 0.01, compliance: 0.05 }
const bounds = { low: 0, high: 1, scale: 1 }
/** Values that alternate around a mean. */
const around = (mean: number, count = 400) => ({
  bounds,
  units: Array.from({ length: count }, (_, unit) => ({
    unit: String(unit),
    value: mean + (unit % 2 === 0 ? 0.1 : -0.1),
    scale: 1,
  })),
})

function curve(given: object, values: readonly number[], evidence: (mean: number) => RuleEvidence) {
  const rule = gateRule.parse({ name: 'r', condition: 'c', measure: 'm', ...given })
  if (rule.kind === 'verdict') throw new Error('not a measure')
  const direction = rule.kind === 'baseline' && given === lower ? 'lower-is-better' : 'higher-is-better'
  const versions = values.map((mean, index) => ({
    version: index + 1,
    step: 1_000 * (index + 1),
    judgement: judgeRule({ rule, direction }, evidence(mean), levels),
  }))
  return curveSchema.parse(onsetCurve({ rule, direction, versions: versions.toReversed() }))
}

const measured = (mean: number): RuleEvidence => ({ kind: 'measure', measured: around(mean) })
const pairs = (mean: number): RuleEvidence => ({ kind: 'pairs', measured: around(mean), baseline: around(0.5) })
const lower = { kind: 'baseline', against: { version: 1 }, margin: 0.1 }

test('the curve shows the measure itself, in order, and when the rule was first violated for good', () => {
  const found = curve({ kind: 'absolute', atLeast: 0.6 }, [0.85, 0.8, 0.4, 0.3], measured)
  expect(found).toMatchObject({ line: 0.6, keeps: 'above', scale: 'measure', lastGood: 2, firstBad: 3 })
  expect(found.points.map(({ version, step }) => [version, step])).toEqual([
    [1, 1_000],
    [2, 2_000],
    [3, 3_000],
    [4, 4_000],
  ])
  found.points.forEach(({ value, low, high }, index) => {
    expect(value).toBeCloseTo([0.85, 0.8, 0.4, 0.3][index], 6)
    expect(low).toBeLessThan(value)
    expect(high).toBeGreaterThan(value)
  })
})

test('a long curve shows its newest versions, and keeps its onset', () => {
  const means = Array.from({ length: 310 }, (_, index) => (index < 2 ? 0.8 : 0.3))
  const long = curve({ kind: 'absolute', atLeast: 0.6 }, means, (mean) => ({
    kind: 'measure',
    measured: around(mean, 100),
  }))
  expect(long).toMatchObject({ leftOut: true, lastGood: 2, firstBad: 3 })
  expect(long.points.map(({ version }) => version)).toEqual(Array.from({ length: 300 }, (_, index) => index + 11))
})

test('an upper limit is kept below the line', () => {
  const found = curve({ kind: 'absolute', atMost: 0.6 }, [0.3, 0.8], measured)
  expect(found).toMatchObject({ line: 0.6, keeps: 'below', lastGood: 1, firstBad: 2 })
  const [{ value, low, high }] = found.points
  expect(value).toBeCloseTo(0.3, 6)
  expect(low).toBeLessThan(value)
  expect(high).toBeGreaterThan(value)
})

test('against a baseline it shows the difference, with the margin as line, in the direction of the measure', () => {
  const higher = curve({ ...lower, margin: 0.05 }, [0.5, 0.3], pairs)
  expect(higher).toMatchObject({ line: -0.05, keeps: 'above', scale: 'difference', firstBad: 2 })
  expect(higher.points[1]?.value).toBeCloseTo(-0.2, 6)
  const cost = curve(lower, [0.5, 0.8], pairs)
  expect(cost).toMatchObject({ line: 0.1, keeps: 'below', lastGood: 1, firstBad: 2 })
  expect(cost.points[1]?.value).toBeCloseTo(0.3, 6)
})

test('versions of which nothing was measured are left out', () => {
  const missing: RuleEvidence = { kind: 'missing', reason: 'the file is damaged' }
  expect(curve({ kind: 'absolute', atLeast: 0.6 }, [0.9], () => missing).points).toEqual([])
})
