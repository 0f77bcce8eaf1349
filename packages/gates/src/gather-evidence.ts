import type { GateRule, MeasuredUnits, ResolvedBaseline, VerdictRule } from '@goalpost/contracts'
import type { ObservedVerdict, RuleEvidence } from './evidence.ts'

type Missing = { readonly missing: string }

/** The results of one stage. */
export type MeasuredStage = {
  /** What a version's evaluation measured. */
  measure(version: number, of: { readonly condition: string; readonly measure: string }): MeasuredUnits | Missing
  /** Of the tested version. */
  readonly verdicts: readonly (ObservedVerdict & { readonly condition: string })[]
}

export type MeasuredRun = {
  /** The tested version. */
  readonly version: number
  readonly baselines: readonly ResolvedBaseline[]
  /** In order, all with different units. */
  readonly stages: readonly MeasuredStage[]
}

/** The evidence of all stages for one rule. */
export function gatherEvidence(rule: GateRule, run: MeasuredRun): RuleEvidence {
  if (rule.kind === 'verdict') return { kind: 'verdicts', verdicts: verdictsOf(rule, run) }
  const measured = measureStages(run, run.version, rule)
  if ('missing' in measured) return { kind: 'missing', reason: measured.missing }
  if (rule.kind === 'absolute') return { kind: 'measure', measured }
  const version = run.baselines.find((baseline) => baseline.rule === rule.name)?.version ?? null
  if (version === null) return { kind: 'missing', reason: 'there was no baseline when the run started' }
  if (version === run.version) return { kind: 'missing', reason: `version ${version} is the baseline itself` }
  const baseline = measureStages(run, version, rule)
  if ('missing' in baseline)
    return { kind: 'missing', reason: `of the baseline, version ${version}: ${baseline.missing}` }
  return { kind: 'pairs', measured, baseline }
}

/** The latest stage first. A condition may have several verdicts, e.g. one for each shift: the worst counts. */
function verdictsOf({ condition, never }: VerdictRule, { stages }: MeasuredRun): ObservedVerdict[] {
  return stages.toReversed().flatMap(({ verdicts }) => {
    const own = verdicts.filter((verdict) => verdict.condition === condition)
    const worst = own.find(({ name }) => never.includes(name)) ?? own.find(({ undetermined }) => undetermined) ?? own[0]
    return worst === undefined ? [] : [{ name: worst.name, undetermined: worst.undetermined }]
  })
}

function measureStages(
  { stages }: MeasuredRun,
  version: number,
  of: { readonly condition: string; readonly measure: string },
): MeasuredUnits | Missing {
  const parts = stages.map((stage) => stage.measure(version, of))
  const missing = parts.find((part) => 'missing' in part)
  if (missing !== undefined) return missing
  const measured = parts.flatMap((part) => ('missing' in part ? [] : [part]))
  const bounds = measured.map((part) => part.bounds)
  return {
    bounds: {
      low: Math.min(...bounds.map(({ low }) => low)),
      high: Math.max(...bounds.map(({ high }) => high)),
      scale: Math.max(...bounds.map(({ scale }) => scale)),
    },
    units: measured.flatMap(({ units }) => units),
  }
}
