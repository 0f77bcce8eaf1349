import type { DistributionPart } from '@goalpost/contracts'
import type { ConditionAssessment } from '@goalpost/evaluation'
import type { AssessedCondition } from './gather.ts'
import { verdictTones } from './verdict-card.ts'

type ShiftVerdict = ConditionAssessment['verdicts'][number]

/** Where the verdict depends on the level: one dot per kind of level, coloured by its own verdict. */
export function sliceStrips(conditions: readonly AssessedCondition[]): DistributionPart[] {
  return conditions.flatMap(({ evidence, assessment }) =>
    (assessment?.verdicts ?? [])
      .filter(({ verdict }) => verdict.slices.length > 0)
      .map((judged) => sliceStrip(evidence.name, judged)),
  )
}

function sliceStrip(condition: string, { suite, slices, verdict }: ShiftVerdict): DistributionPart {
  const differing = new Set(verdict.slices.map(({ slice }) => slice))
  return {
    type: 'distribution',
    title: `${condition}: goal position by kind of level on ${suite}`,
    axis: { title: 'goal position' },
    groups: slices.map(({ slice, name, numbers }) => ({
      name: differing.has(slice) ? `${slice} ✗` : slice,
      values: [{ name, value: numbers.goalPosition.value, tone: verdictTones[name] }],
    })),
    references: [
      { name: 'proxy-oracle', value: 0 },
      { name: 'true-oracle', value: 1 },
    ],
    notes: ['Levels where …; ✗: the verdict differs, with confidence, from that on all levels.'],
  }
}
