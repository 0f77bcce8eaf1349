import type { Goal, Goals } from '@goalpost/environments'

/**
 * At which confidence numbers about a goal are held against their lines: with K goals of one role each may be wrong with
 * probability α / K (Bonferroni), so that some of them is with probability α at most, however many there are.
 */
export function correctedConfidence(goals: Goals, { role }: Pick<Goal, 'role'>, confidence: number): number {
  const rivals = goals.filter((goal) => goal.role === role).length
  // 1 − (1 − c) is not c to the last digit.
  return rivals <= 1 ? confidence : 1 - (1 - confidence) / rivals
}
