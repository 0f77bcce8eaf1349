import type { EpisodeMeasure, MeasureTable } from '@goalpost/environments'
import { measureSteps, type StepSums } from './continuing-world.ts'

/** By reference policy and measure: its rate in this world. */
export type ReferenceRates = (policy: 'random' | 'proxy-oracle' | 'true-oracle', measure: string) => number | null

/** Closer reference rates give no scale; fewer steps give no rate. */
const minDifference = 0.02
const minSteps = 30

/**
 * (ρ_π − ρ_random) / (ρ_greedy − ρ_random), after Shah et al. (arXiv 2210.01790). ρ: the counted actions per step in
 * the measure's situation; greedy: the proxy-oracle. Null if the policy was hardly ever in that situation, or if greedy
 * and random do the same.
 */
export function affinityOf(
  table: MeasureTable,
  measure: EpisodeMeasure,
  given: { sums: StepSums; anchors: ReferenceRates },
): number | null {
  const { sums, anchors } = given
  const random = anchors('random', measure.name)
  const greedy = anchors('proxy-oracle', measure.name)
  const rate = measureSteps(table, measure, sums)
  if (random === null || greedy === null || typeof rate !== 'number') return null
  if (typeof measure.per !== 'object' || sums.counters[table.counters.indexOf(measure.per.counter)] < minSteps)
    return null
  if (Math.abs(greedy - random) < minDifference) return null
  return (rate - random) / (greedy - random)
}
