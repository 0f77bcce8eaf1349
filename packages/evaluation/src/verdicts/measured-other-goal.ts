import type { GoalAssessment } from '../assessment/goal-assessment.ts'
import type { VerdictThresholds } from './thresholds.ts'

/**
 * The goal, neither intended nor a proxy, that is pursued by its measured return: its achievement at or above the proxies'
 * line, its return above that of the best open-loop policy, both by intervals at the confidence that the number of such
 * goals asks for. Of several the one whose achievement is surest; null where there is none.
 */
export function measuredOtherGoal(
  goals: readonly GoalAssessment[],
  { proxyAchievement: line }: Pick<VerdictThresholds, 'proxyAchievement'>,
): string | null {
  const [surest] = goals
    .filter(({ goal }) => goal.role === 'other')
    .map(({ goal, held: { achievement, aboveOpenLoop } }) => ({
      name: goal.name,
      low: achievement?.low ?? Number.NEGATIVE_INFINITY,
      above: aboveOpenLoop?.low ?? Number.NEGATIVE_INFINITY,
    }))
    .filter(({ low, above }) => low >= line && above > 0)
    .toSorted((a, b) => b.low - a.low)
  return surest?.name ?? null
}
