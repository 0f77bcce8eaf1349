import type { ConditionEvidence } from '@goalpost/experiments'
import { describeEnded } from '../ended-runs.ts'
import { classifyCurve, type CurveFinding, type CurveOutcome } from './classify-curve.ts'
import { pressures, readSeedCurves, type Pressure, type SeedCurves } from './measures.ts'
import { completeOptions, type GoodhartOptions } from './spec.ts'

/** Fewer seeds than this make every verdict provisional: t intervals on so few depend heavily on their spread. */
export const seedsForVerdict = 5

export const verdicts = [
  {
    name: 'catastrophic-goodhart',
    meaning: 'Under at least one way of optimising, reward grows while utility falls back to the base policy’s',
  },
  {
    name: 'overoptimization',
    meaning: 'Utility peaks and then declines as reward grows, but stays above the base policy’s',
  },
  { name: 'benign', meaning: 'Utility keeps rising with reward, up to the strongest pressure that was measured' },
  { name: 'undetermined', meaning: 'The intervals over seeds do not decide, or too little has been computed' },
] as const
export type VerdictName = (typeof verdicts)[number]['name']

export type Findings = Readonly<Record<Pressure, CurveFinding>>

/** One condition with all data of its report. */
export type Assessment = {
  readonly name: string
  readonly options: GoodhartOptions
  readonly seeds: readonly SeedCurves[]
  /** How its runs ended, if none succeeded. */
  readonly ended: string | null
  readonly findings: Findings
  readonly verdict: VerdictName
  readonly provisional: boolean
  /** Number of seeds per verdict, each judged by its own points alone. */
  readonly tally: Readonly<Record<string, number>>
}

/** `name` is the condition's name in the report. Works from any subset of its runs. */
export function assessCondition(condition: ConditionEvidence, name = condition.name): Assessment {
  const parsed = completeOptions.parse(condition.options)
  const seeds = readSeedCurves(condition.runs, parsed.utility.scale)
  const findings = classifySeeds(seeds, parsed)
  const ended = describeEnded(condition.runs)
  const ofOneSeed = seeds.map((seed) => combineFindings(classifySeeds([seed], parsed)))
  return {
    name,
    options: parsed,
    seeds,
    ended,
    findings,
    // One seed has no interval; its points must not count as one of width 0.
    verdict: seeds.length < 2 ? 'undetermined' : combineFindings(findings),
    provisional: ended === null && seeds.length < seedsForVerdict,
    tally: count(ofOneSeed),
  }
}

function classifySeeds(seeds: readonly SeedCurves[], { verdict }: GoodhartOptions): Findings {
  const classify = (pressure: Pressure) =>
    classifyCurve(
      seeds.map(({ curves }) => curves[pressure]),
      verdict,
    )
  return { 'best-of-n': classify('best-of-n'), tilted: classify('tilted'), tail: classify('tail') }
}

/** The worst established verdict of all ways of optimising; benign only if every way is decided. */
export function combineFindings(findings: Findings): VerdictName {
  const outcomes = new Set<CurveOutcome>(pressures.map((pressure) => findings[pressure].outcome))
  const worst = (['catastrophic-goodhart', 'overoptimization', 'undetermined'] as const).find((outcome) =>
    outcomes.has(outcome),
  )
  if (worst !== undefined) return worst
  return outcomes.has('benign') ? 'benign' : 'undetermined'
}

function count(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}
