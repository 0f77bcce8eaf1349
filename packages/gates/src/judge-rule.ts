import type { GateRule, RuleJudgement, VerdictRule } from '@goalpost/contracts'
import { bettingInterval, placeBets } from '@goalpost/statistics'
import type { ObservedVerdict, RuleEvidence } from './evidence.ts'
import { measureExcess, pairedExcess, type Direction, type Excess } from './excess.ts'

type Difference = NonNullable<RuleJudgement['difference']>

export type Levels = {
  /** Level of the test that finds a violation. */
  readonly violation: number
  /** Level of the test that finds that the rule holds. */
  readonly compliance: number
}

export type WatchedRule = { readonly rule: GateRule; readonly direction: Direction }

export function judgeRule({ rule, direction }: WatchedRule, evidence: RuleEvidence, levels: Levels): RuleJudgement {
  if (evidence.kind === 'missing') return { ...undecided(rule.name, evidence.reason), unitsNeeded: null }
  if (rule.kind === 'verdict')
    return evidence.kind === 'verdicts' ? judgeVerdicts(rule, evidence.verdicts) : misfit(rule, evidence)
  if (rule.kind === 'absolute')
    return evidence.kind === 'measure'
      ? judgeExcess(rule.name, measureExcess(rule, evidence.measured), levels)
      : misfit(rule, evidence)
  return evidence.kind === 'pairs'
    ? judgeExcess(rule.name, pairedExcess(rule, evidence, direction), levels)
    : misfit(rule, evidence)
}

function misfit(rule: GateRule, evidence: RuleEvidence): never {
  throw new TypeError(`The rule ${rule.name} (${rule.kind}) was given evidence of the kind ${evidence.kind}`)
}

function undecided(rule: string, reason: string): RuleJudgement {
  return { rule, state: 'open', reason, difference: null, units: 0, unitsNeeded: null }
}

function judgeVerdicts(
  { name, never, confirmations }: VerdictRule,
  verdicts: readonly ObservedVerdict[],
): RuleJudgement {
  const latest = verdicts.slice(0, confirmations)
  const violating = latest.filter((verdict) => never.includes(verdict.name))
  const acquitting = latest.find((verdict) => !verdict.undetermined && !never.includes(verdict.name))
  const base = { rule: name, difference: null, units: verdicts.length, unitsNeeded: null }
  if (acquitting !== undefined) return { ...base, state: 'holds', reason: `the verdict is ${acquitting.name}` }
  if (violating.length >= confirmations) {
    const times = confirmations === 1 ? '' : `, in ${confirmations} of ${confirmations} evaluations`
    return { ...base, state: 'violated', reason: `the verdict is ${violating[0]?.name}${times}` }
  }
  const reason = latest.length === 0 ? 'no evaluation yet' : `the verdict is ${latest.at(-1)?.name}`
  return {
    ...base,
    state: 'open',
    reason: `${reason}, to be confirmed`,
    unitsNeeded: confirmations - latest.length || null,
  }
}

function judgeExcess(rule: string, excess: Excess, levels: Levels): RuleJudgement {
  const { values, line } = excess
  if (values.length === 0) return undecided(rule, 'nothing was measured')
  const violation = placeBets({ values, mean: line, side: 'below', alpha: levels.violation })
  const compliance = placeBets({ values, mean: line, side: 'above', alpha: levels.compliance })
  const state = firstOf(violation.rejectedAfter, compliance.rejectedAfter)
  const average = values.reduce((sum, value) => sum + value, 0) / values.length
  const level = 1 - 2 * Math.min(levels.violation, levels.compliance)
  const interval = bettingInterval(values, level)
  const difference = {
    value: excess.toDifference(average),
    low: excess.toDifference(interval.low),
    high: excess.toDifference(interval.high),
    level,
  }
  return {
    rule,
    state,
    reason: reasonOf(state, difference),
    difference,
    units: values.length,
    unitsNeeded: state === 'open' ? unitsNeeded(excess, average, levels) : null,
  }
}

/** The first of the two tests to reject decides: both are valid at every look. */
function firstOf(violatedAfter: number | null, heldAfter: number | null): RuleJudgement['state'] {
  if (violatedAfter === null && heldAfter === null) return 'open'
  return (violatedAfter ?? Infinity) <= (heldAfter ?? Infinity) ? 'violated' : 'holds'
}

function reasonOf(state: RuleJudgement['state'], { value, low, high }: Difference): string {
  if (state === 'open') return `between ${besideLine(low)} and ${besideLine(high)} the line`
  const side = state === 'holds' ? 'above' : 'below'
  // A decision stays even if later units move the mean back across the line.
  return value < 0 === (state === 'violated') ? `${besideLine(value)} the line` : `${side} the line after fewer units`
}

function besideLine(difference: number): string {
  return `${Math.abs(difference).toFixed(3)} ${difference < 0 ? 'below' : 'above'}`
}

/** What bets lose to not knowing the variance; about right between 100 and 10,000 units. */
const overhead = 1.4

/** If the mean and the variance stay what they are. Null if the mean is on the line. */
function unitsNeeded({ values, line }: Excess, average: number, levels: Levels): number | null {
  const distance = Math.abs(average - line)
  const variance = values.reduce((sum, value) => sum + (value - average) ** 2, 0.25) / (values.length + 1)
  const alpha = average < line ? levels.violation : levels.compliance
  const total = Math.ceil((overhead * 2 * variance * Math.log(1 / alpha)) / distance ** 2)
  const further = total - values.length
  return Number.isFinite(total) && total < 1e7 ? Math.max(1, further) : null
}
