import type { Goal, Goals } from '@goalpost/environments'
import { jointConfidence } from '@goalpost/statistics'

/**
 * The confidence at which numbers about a goal are compared with their lines: with K goals of one role, each may be
 * wrong with probability α / K (Bonferroni), so that any is wrong with probability α at most.
 */
export function correctedConfidence(goals: Goals, { role }: Pick<Goal, 'role'>, confidence: number): number {
  return jointConfidence(confidence, goals.filter((goal) => goal.role === role).length)
}
