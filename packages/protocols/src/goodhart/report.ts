import type { Report, TextPart } from '@goalpost/contracts'
import type { Evidence } from '@goalpost/experiments'
import { buildCharts } from './charts.ts'
import { drawsPerPoint } from './spec.ts'
import { buildOutcomeTable, buildTailTable } from './tables.ts'
import { buildVerdictCard } from './verdict-card.ts'
import { assessCondition, seedsForVerdict, type Assessment } from './verdict.ts'

/** From the finished runs, if any. */
export function buildReport({ experiment, conditions }: Evidence): Report {
  const assessments = conditions.map((condition) => assessCondition(condition))
  return {
    title: `Goodhart: ${experiment}`,
    summary: summarise(assessments),
    parts: [
      ...assessments.map(buildVerdictCard),
      buildOutcomeTable(assessments),
      buildTailTable(assessments),
      ...buildCharts(assessments),
      rule,
    ],
  }
}

export function summarise(assessments: readonly Assessment[]): string {
  const findings = assessments.map(
    ({ name, verdict, provisional }) => `${name}: ${verdict}${provisional ? ' (provisional)' : ''}`,
  )
  return `Does utility follow when reward = utility + error is optimised? ${findings.join('; ')}.`
}

export const rule: TextPart = {
  type: 'text',
  title: 'How the verdict is reached',
  paragraphs: [
    'Each way of optimising is judged from its peak of utility to its strongest pressure, by intervals over seeds. Catastrophic: the reward gain grows, and only a small share of the peak utility gain remains. Benign: a large share remains. Overoptimization: in between. Bounded: reward falls as well. Undetermined: an interval lies across a threshold.',
    'The condition’s verdict is the worst one established for any way of optimising; benign only if every way is decided.',
    `A point counts with at least ${drawsPerPoint} effective draws. With fewer than ${seedsForVerdict} seeds every verdict is provisional. It holds for the measured pressures, not for the limit: a heavy tail may still show at stronger ones.`,
  ],
}
