import type { AbsoluteRule, BaselineRule, OnsetCurve, OnsetPoint, RuleJudgement } from '@goalpost/contracts'
import type { Direction } from './excess.ts'
import { findOnset } from './onset.ts'

type Measured = {
  readonly rule: AbsoluteRule | BaselineRule
  readonly direction: Direction
  /** Versions that nothing could be measured of are left out of the curve. */
  readonly versions: readonly {
    readonly version: number
    readonly step: number | null
    readonly judgement: RuleJudgement
  }[]
}

/** A curve shows no more versions. */
const shownPoints = 300

/** The curve of a rule's measure, or of its difference from the baseline, in the measure's own direction. */
export function onsetCurve({ rule, direction, versions }: Measured): OnsetCurve {
  const { line, keeps } = lineOf(rule, direction)
  const points = versions.flatMap(({ version, step, judgement }): OnsetPoint[] => {
    const { difference, units, state } = judgement
    if (difference === null) return []
    return [{ version, step, ...alongside(difference, line, keeps), units, state }]
  })
  const ordered = points.toSorted((a, b) => a.version - b.version)
  const scale = rule.kind === 'absolute' ? 'measure' : 'difference'
  return {
    rule: rule.name,
    measure: rule.measure,
    scale,
    line,
    keeps,
    points: ordered.slice(-shownPoints),
    leftOut: ordered.length > shownPoints,
    ...findOnset(ordered),
  }
}

function lineOf(rule: Measured['rule'], direction: Direction): Pick<OnsetCurve, 'line' | 'keeps'> {
  if (rule.kind === 'baseline')
    return direction === 'higher-is-better'
      ? { line: rule.margin === 0 ? 0 : -rule.margin, keeps: 'above' }
      : { line: rule.margin, keeps: 'below' }
  if (rule.atLeast !== undefined) return { line: rule.atLeast, keeps: 'above' }
  return { line: rule.atMost ?? 0, keeps: 'below' }
}

/** A judgement's difference counts towards the good side; the curve shows the measure itself. */
function alongside(
  { value, low, high }: NonNullable<RuleJudgement['difference']>,
  line: number,
  keeps: OnsetCurve['keeps'],
): Pick<OnsetPoint, 'value' | 'low' | 'high'> {
  return keeps === 'above'
    ? { value: line + value, low: line + low, high: line + high }
    : { value: line - value, low: line - high, high: line - low }
}
