import type { GateOutcome, GateStatistics, RuleJudgement, Stages } from '@goalpost/contracts'
import type { RuleEvidence } from './evidence.ts'
import { judgeRule, type WatchedRule } from './judge-rule.ts'
import { spendAlpha } from './spend-alpha.ts'

export type GateEvidence = {
  readonly rules: readonly (WatchedRule & { readonly evidence: RuleEvidence })[]
  readonly statistics: GateStatistics
  readonly stages: Stages
  /** The position of this run in the life of the gate, from 1. */
  readonly run: number
  /** Units (levels) that were evaluated so far. */
  readonly evaluated: number
}

export type RunDecision =
  | {
      readonly type: 'evaluate'
      /** Units in all after the next stage. */
      readonly units: number
      readonly judgements: readonly RuleJudgement[]
    }
  | { readonly type: 'decided'; readonly outcome: GateOutcome; readonly judgements: readonly RuleJudgement[] }

/** Ends the run once every rule is decided, a rule of severity `fail` is violated, or the budget is spent. */
export function decideRun({ rules, statistics, stages, run, evaluated }: GateEvidence): RunDecision {
  const measured = rules.filter(({ rule }) => rule.kind !== 'verdict').length
  const levels = {
    violation: spendAlpha({ falseAlarms: statistics.falseAlarms, run, rules: measured }),
    // A pass needs every rule to hold: a violated rule passes with this probability at most, whatever the others do (an
    // intersection–union test: Berger 1982), so nothing is divided.
    compliance: statistics.falsePasses,
  }
  const judgements = rules.map(({ evidence, ...watched }) => judgeRule(watched, evidence, levels))
  const states = rules.map(({ rule }, index) => ({
    severity: rule.severity,
    state: judgements[index]?.state ?? 'open',
  }))
  const violated = (severity: 'fail' | 'warn') =>
    states.some((each) => each.severity === severity && each.state === 'violated')
  const decided = (outcome: GateOutcome): RunDecision => ({ type: 'decided', outcome, judgements })
  if (violated('fail')) return decided('fail')
  const open = judgements.filter(({ state }) => state === 'open')
  if (open.length === 0) return decided(violated('warn') ? 'warn' : 'pass')
  // More units help only rules that were measured.
  const helped = open.some(({ unitsNeeded }) => unitsNeeded !== null)
  const units = nextStage(stages, evaluated)
  if (units === null || (evaluated > 0 && !helped)) return decided(violated('warn') ? 'warn' : 'undecided')
  return { type: 'evaluate', units, judgements }
}

/** Units in all after the next stage; null if the budget is spent. */
export function nextStage({ first, factor, budget }: Stages, evaluated: number): number | null {
  if (evaluated >= budget) return null
  return Math.min(budget, Math.max(first, Math.ceil(evaluated * factor)))
}

/** The units of each stage, up to the one after which there are `evaluated` in all. */
export function stageSizes(stages: Stages, evaluated: number): number[] {
  const sizes: number[] = []
  for (let total = 0; total < evaluated;) {
    const next = nextStage(stages, total)
    if (next === null) break
    sizes.push(next - total)
    total = next
  }
  return sizes
}
