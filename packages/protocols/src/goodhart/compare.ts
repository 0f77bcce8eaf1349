import type { Estimate, Report, TablePart } from '@goalpost/contracts'
import type { ComparisonArm } from '@goalpost/experiments'
import { buildCharts } from './charts.ts'
import { describePolicy } from './describe-pressure.ts'
import { estimateMean } from '@goalpost/experiments'
import { pressures, type Pressure, type SeedCurves } from './measures.ts'
import { summarise } from './report.ts'
import { buildOutcomeTable, buildTailTable } from './tables.ts'
import { buildVerdictCard } from './verdict-card.ts'
import { assessCondition, type Assessment } from './verdict.ts'

/** Conditions side by side, with differences to the first one, paired by seed. */
export function compareArms(arms: readonly ComparisonArm[]): Report {
  const several = new Set(arms.map(({ experiment }) => experiment)).size > 1
  const assessments = arms.map(({ experiment, condition }) =>
    assessCondition(condition, several ? `${experiment} / ${condition.name}` : condition.name),
  )
  return {
    title: 'Goodhart: conditions side by side',
    summary: summarise(assessments),
    parts: [
      ...assessments.map(buildVerdictCard),
      buildOutcomeTable(assessments),
      buildDifferenceTable(assessments),
      buildTailTable(assessments),
      ...buildCharts(assessments),
    ],
  }
}

function buildDifferenceTable(assessments: readonly Assessment[]): TablePart {
  const [baseline, ...others] = assessments
  return {
    type: 'table',
    title: baseline === undefined ? 'Differences' : `Differences to ${baseline.name}`,
    columns: [
      { title: 'condition' },
      { title: 'policy', help: 'the strongest that both conditions measured' },
      { title: 'difference in utility gain', unit: 'SD' },
      { title: 'difference in reward gain', unit: 'SD' },
    ],
    rows: others.flatMap((other) => pressures.map((pressure) => differenceRow(baseline, other, pressure))),
    notes: ['Paired by seed: conditions that share a seed share the utilities that were drawn.'],
  }
}

function differenceRow(baseline: Assessment, other: Assessment, pressure: Pressure): TablePart['rows'][number] {
  const strength = strongestShared(baseline, other, pressure)
  const differenceOf = (gain: 'utilityGain' | 'rewardGain'): Estimate => {
    if (strength === null) return { value: { missing: 'no policy was measured in both' } }
    const differences = other.seeds.flatMap((seed) => {
      const partner = baseline.seeds.find((candidate) => candidate.seed === seed.seed)
      const left = partner && pointAt(partner, pressure, strength)
      const right = pointAt(seed, pressure, strength)
      return left && right ? [right[gain] - left[gain]] : []
    })
    if (differences.length === 0) return { value: { missing: 'no seed has finished in both' } }
    return estimateMean(differences, other.options.verdict.level)
  }
  const cells = [
    { text: other.name },
    { text: strength === null ? '–' : describePolicy(pressure, strength) },
    { estimate: differenceOf('utilityGain') },
    { estimate: differenceOf('rewardGain') },
  ]
  return { cells, emphasis: false }
}

/** Tail policies with different KL budgets are different policies, even at equal depth. */
function strongestShared(left: Assessment, right: Assessment, pressure: Pressure): number | null {
  if (pressure === 'tail' && left.options.tail.klBudget !== right.options.tail.klBudget) return null
  const strengths = (options: Assessment['options']): readonly number[] =>
    ({ 'best-of-n': options.bestOfN, tilted: options.klBudgets, tail: options.tail.depths })[pressure]
  const rights = new Set(strengths(right.options))
  const shared = strengths(left.options).filter((strength) => rights.has(strength))
  return shared.length === 0 ? null : Math.max(...shared)
}

function pointAt(seed: SeedCurves, pressure: Pressure, strength: number) {
  return seed.curves[pressure].find((point) => point.strength === strength)
}
