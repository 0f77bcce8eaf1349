import { createStream } from '@goalpost/random'
import { gateRule } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { bisect, type Probe } from './bisect.ts'
import type { RuleEvidence } from './evidence.ts'
import { judgeProbe, probeErrorRate } from './judge-probe.ts'

const rule = gateRule.parse({ name: 'r', condition: 'c', kind: 'absolute', measure: 'success', atLeast: 0.8 })

/** Successes of one version. The same units are drawn again and continued when it is tested again. */
function successes(trial: number, version: number, count: number, rate: number): RuleEvidence {
  const random = createStream(11).named(`trial ${trial}`).at(version)
  const units = Array.from({ length: count }, (_, unit) => ({
    unit: String(unit),
    value: random.uniform() < rate ? 1 : 0,
    scale: 1,
  }))
  return { kind: 'measure', measured: { bounds: { low: 0, high: 1, scale: 1 }, units } }
}

test('with the error rates of its probes, a search is right at least as often as stated', () => {
  const [tries, versions, errorRate] = [100, 64, 0.2]
  const perProbe = probeErrorRate(versions, errorRate)
  const answers = Array.from({ length: tries }, (_, trial) => {
    const first = 1 + ((trial * 37) % 63)
    const probes: Probe[] = []
    for (;;) {
      const step = bisect({ good: 0, bad: versions, first: 64, factor: 4, budget: 4_096 }, probes)
      if (step.type === 'found') return { step, first, evaluations: probes.length }
      const { version, units } = step
      const evidence = successes(trial, version, units, version >= first ? 0.7 : 0.9)
      const state = judgeProbe({ rules: [{ rule, direction: 'higher-is-better', evidence }], errorRate: perProbe })
      probes.push({ version, units, state })
    }
  })
  const right = answers.filter(({ step, first }) => step.candidates.length === 1 && step.candidates[0] === first)
  expect(right.length / tries).toBeGreaterThanOrEqual(1 - errorRate)
  const tested = answers.reduce((sum, { evaluations }) => sum + evaluations, 0) / tries
  // Six versions, some of them twice; testing each would take 63.
  expect(tested).toBeLessThan(16)
})

test('a version is bad if it violates one rule, and good only if it keeps all of them', () => {
  const judge = (...rates: readonly number[]) =>
    judgeProbe({
      rules: rates.map((rate, index) => ({
        rule,
        direction: 'higher-is-better',
        evidence: successes(index, 1, 400, rate),
      })),
      errorRate: 0.05,
    })
  expect(judge(1, 1)).toBe('good')
  expect(judge(1, 0.5)).toBe('bad')
  expect(judge(1, 0.8)).toBe('open')
  expect(judge(0.8, 0.5)).toBe('bad')
})

test('the errors of all decided probes sum to the stated rate', () => {
  expect(probeErrorRate(64, 0.06)).toBeCloseTo(0.005, 12)
  expect(probeErrorRate(1, 0.06)).toBe(0.06)
})
