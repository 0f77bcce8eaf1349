import type { Quantity } from '@goalpost/contracts'
import type { EpisodeMeasure, MeasureTable } from '@goalpost/environments'

/** Sums over a number of steps, for all streams together. */
export type StepSums = {
  readonly steps: number
  readonly reward: number
  readonly proxyReward: number
  /** By counter. */
  readonly counters: readonly number[]
}

/** The measures that need no episodes: per step, or per another counter. */
export function stepMeasures({ measures }: MeasureTable): readonly EpisodeMeasure[] {
  return measures.filter(({ per }) => per !== 'episode')
}

/** Those that measure an agent's rate of an action in a certain situation, for affinity. */
export function rateMeasures(table: MeasureTable): readonly EpisodeMeasure[] {
  return table.measures.filter(({ per }) => typeof per === 'object')
}

export function measureSteps(
  { counters }: Pick<MeasureTable, 'counters'>,
  measure: EpisodeMeasure,
  sums: StepSums,
): Quantity {
  const countOf = (name: string) => sums.counters[counters.indexOf(name)]
  const divisor = typeof measure.per === 'object' ? countOf(measure.per.counter) : sums.steps
  if (divisor > 0) return countOf(measure.counter) / divisor
  return {
    missing: typeof measure.per === 'object' ? `nothing counted as ${measure.per.counter}` : 'no step was taken',
  }
}

export function addSums(one: StepSums, other: StepSums): StepSums {
  return {
    steps: one.steps + other.steps,
    reward: one.reward + other.reward,
    proxyReward: one.proxyReward + other.proxyReward,
    counters: one.counters.map((value, i) => value + other.counters[i]),
  }
}
