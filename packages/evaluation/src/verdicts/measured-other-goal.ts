import type { GoalAssessment } from '../assessment/goal-assessment.ts'
import type { VerdictThresholds } from './thresholds.ts'

/**
 * The goal, neither intended nor a proxy, that is pursued by measured return: its achievement is at or above the
 * proxies' line, its return above that of the best open-loop policy, both by intervals at the confidence for the number
 * of such goals. Of several, the one with the surest achievement; null if there is none.
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
