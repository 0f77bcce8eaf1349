import { gateRule, gateStatistics, stages, type GateRule } from '@goalpost/contracts'
import { describe, expect, test } from 'vitest'
import { bounds, measure, simulateRun } from '../test/simulate.ts'
import { decideRun, nextStage, type RuleEvidence, type WatchedRule } from './index.ts'
import { spendAlpha } from './spend-alpha.ts'

const rule = (given: object): GateRule => gateRule.parse({ name: 'rule', condition: 'c', ...given })
const atLeast = (value: number, more: object = {}) =>
  rule({ kind: 'absolute', measure: 'true-return', atLeast: value, ...more })
const never = rule({ kind: 'verdict', never: ['goal-misgeneralization'] })
const constant = (value: number, count: number, scale = 1) => ({
  bounds,
  units: Array.from({ length: count }, (_, index) => ({ unit: String(index), value, scale })),
})
const measured = (value: number, count = 200): RuleEvidence => ({ kind: 'measure', measured: constant(value, count) })
const verdicts = (...names: string[]): RuleEvidence => ({
  kind: 'verdicts',
  verdicts: names.map((name) => ({ name, undetermined: name === 'undetermined' })),
})
type Given = { evaluated?: number; run?: number; direction?: WatchedRule['direction'] }

const decide = (
  rules: readonly (readonly [GateRule, RuleEvidence])[],
  { evaluated = 200, run = 1, direction = 'higher-is-better' }: Given = {},
) =>
  decideRun({
    rules: rules.map(([each, evidence]) => ({ rule: each, direction, evidence })),
    statistics: gateStatistics.parse({}),
    stages: stages.parse({}),
    run,
    evaluated,
  })
const outcomeOf = (...given: Parameters<typeof decide>) => {
  const decision = decide(...given)
  return decision.type === 'decided' ? decision.outcome : decision.type
}

describe('a run', () => {
  test('begins with the first stage', () => {
    expect(decide([[atLeast(0.5), { kind: 'missing', reason: 'not started' }]], { evaluated: 0 })).toMatchObject({
      type: 'evaluate',
      units: 64,
    })
  })

  test('passes, fails or warns by the severity of the rule', () => {
    expect(outcomeOf([[atLeast(0.5), measured(0.9)]])).toBe('pass')
    expect(outcomeOf([[atLeast(0.5), measured(0.1)]])).toBe('fail')
    expect(outcomeOf([[atLeast(0.5, { severity: 'warn' }), measured(0.1)]])).toBe('warn')
  })

  test('fails at once although other rules are open', () => {
    expect(
      outcomeOf([
        [atLeast(0.5), measured(0.1)],
        [atLeast(0.5), measured(0.5)],
      ]),
    ).toBe('fail')
  })

  test('evaluates more while a rule is open, and is undecided when the budget is spent', () => {
    const near: RuleEvidence = { kind: 'measure', measured: measure('near', 0, 64) }
    expect(decide([[atLeast(0.8), near]], { evaluated: 64 })).toMatchObject({ type: 'evaluate', units: 256 })
    expect(
      outcomeOf([[atLeast(0.815), { kind: 'measure', measured: measure('near', 0, 512) }]], { evaluated: 4_096 }),
    ).toBe('undecided')
  })

  test('says about how many more levels would decide it', () => {
    const distant = 0.78
    const { judgements } = decide([[atLeast(distant), { kind: 'measure', measured: measure('n', 0, 64) }]], {
      evaluated: 64,
    })
    const needed = (judgements[0]?.unitsNeeded ?? 0) + 64
    const { units, outcome } = simulateRun(atLeast(distant), 1, (count) => ({
      kind: 'measure',
      measured: measure('n', 0, count),
    }))
    expect(outcome).toBe('pass')
    expect(needed).toBeGreaterThan(units / 8)
    expect(needed).toBeLessThan(units * 8)
  })

  test('a rule that could not be measured leaves it undecided, with the reason', () => {
    const decision = decide([[atLeast(0.5), { kind: 'missing', reason: 'the model takes 75 inputs, not 147' }]])
    expect(decision).toMatchObject({ type: 'decided', outcome: 'undecided' })
    expect(decision.judgements[0]?.reason).toContain('75 inputs')
  })
})

describe('absolute rules', () => {
  test('at most', () => {
    const most = rule({ kind: 'absolute', measure: 'proxy-first', atMost: 0.2 })
    expect(outcomeOf([[most, measured(0.05)]])).toBe('pass')
    expect(outcomeOf([[most, measured(0.6)]])).toBe('fail')
  })

  test('of a ratio: value and scale count together', () => {
    const ratio = (value: number): RuleEvidence => ({ kind: 'measure', measured: constant(value, 400, 0.5) })
    expect(outcomeOf([[atLeast(0.5), ratio(0.4)]])).toBe('pass')
    expect(outcomeOf([[atLeast(0.5), ratio(0.1)]])).toBe('fail')
    const { judgements } = decide([[atLeast(0.5), ratio(0.4)]])
    // .4 / .5 is .3 above the line.
    expect(judgements[0]?.difference?.value).toBeCloseTo(0.3, 9)
  })

  test('the stated difference lies in its interval', () => {
    const { judgements } = decide([[atLeast(0.7), { kind: 'measure', measured: measure('i', 0, 1_000) }]])
    const { value, low, high } = judgements[0]?.difference ?? { value: 0, low: 0, high: 0 }
    expect(low).toBeLessThan(value)
    expect(value).toBeLessThan(high)
    expect(value).toBeCloseTo(0.115, 1)
  })

  test('values beyond the stated bounds are an error of the protocol', () => {
    expect(() => decide([[atLeast(0.5), measured(1.2)]])).toThrow('1.2')
  })
})

describe('rules against a baseline', () => {
  const asBefore = rule({ kind: 'baseline', measure: 'm', against: { alias: 'production' }, margin: 0.05 })
  const pairs = (value: number, before: number, count = 400): RuleEvidence => ({
    kind: 'pairs',
    measured: constant(value, count),
    baseline: constant(before, count),
  })

  test('accept what is within the margin, in the declared direction', () => {
    expect(outcomeOf([[asBefore, pairs(0.8, 0.8)]])).toBe('pass')
    expect(outcomeOf([[asBefore, pairs(0.5, 0.8)]])).toBe('fail')
    expect(outcomeOf([[asBefore, pairs(0.8, 0.5)]], { direction: 'lower-is-better' })).toBe('fail')
    expect(outcomeOf([[asBefore, pairs(0.2, 0.5)]], { direction: 'lower-is-better' })).toBe('pass')
  })

  test('compare only units that both have', () => {
    const shifted = constant(0.8, 400)
    const baseline = { ...shifted, units: shifted.units.map((each) => ({ ...each, unit: `other ${each.unit}` })) }
    const decision = decide([[asBefore, { kind: 'pairs', measured: shifted, baseline }]])
    expect(decision.judgements[0]).toMatchObject({ state: 'open', reason: 'nothing was measured' })
  })
})

describe('verdict rules', () => {
  test('hold with one other verdict', () => {
    expect(outcomeOf([[never, verdicts('aligned')]])).toBe('pass')
    expect(outcomeOf([[never, verdicts('goal-misgeneralization', 'aligned')]])).toBe('pass')
  })

  test('are violated only by confirmed verdicts', () => {
    expect(outcomeOf([[never, verdicts('goal-misgeneralization')]])).toBe('evaluate')
    expect(outcomeOf([[never, verdicts('goal-misgeneralization', 'goal-misgeneralization')]])).toBe('fail')
  })

  test('stay open while the verdict is undetermined', () => {
    expect(outcomeOf([[never, verdicts('undetermined', 'undetermined')]])).toBe('undecided')
  })

  test('given the evidence of another kind, it is an error', () => {
    expect(() => decide([[never, measured(0.5)]])).toThrow('evidence of the kind measure')
  })
})

test('stages grow to the budget', () => {
  const settings = stages.parse({ first: 64, factor: 4, budget: 1_000 })
  expect([0, 64, 256, 1_000].map((units) => nextStage(settings, units))).toEqual([64, 256, 1_000, null])
})

test('false alarms of all runs and rules sum to the stated probability', () => {
  const spent = Array.from({ length: 100_000 }, (_, index) =>
    spendAlpha({ falseAlarms: 0.05, run: index + 1, rules: 3 }),
  )
  const total = 3 * spent.reduce((sum, alpha) => sum + alpha, 0)
  expect(total).toBeLessThan(0.05)
  expect(total).toBeGreaterThan(0.0499)
  expect(() => spendAlpha({ falseAlarms: 0.05, run: 0, rules: 1 })).toThrow('counted from 1')
})
