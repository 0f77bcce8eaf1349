import type { ActingPolicy } from '@goalpost/learning'
import { maxKeptLevels, type Decisions } from '../../worlds/episodes/kept-episodes.ts'

type Watched = {
  readonly actions: number
  readonly policy: Pick<ActingPolicy, 'distribution' | 'value'>
  readonly episodesPerLevel: number
  /** Levels from the first on whose first episodes may be kept. */
  readonly levels: number
}

/** Four digits are more than a chart shows. */
const rounded = (value: number) => Math.round(value * 10_000) / 10_000

/** Records what a policy thought of each step in the first episode on the first levels, without changing it. */
export function watchDecisions({ actions, policy, episodesPerLevel, levels }: Watched) {
  const seen = new Map<number, { probabilities: number[][]; values: number[] }>()
  const probabilities = new Float64Array(actions)
  const last = Math.min(levels, maxKeptLevels)
  return {
    onDecision(slot: number, cell: number): void {
      if (cell % episodesPerLevel !== 0 || cell / episodesPerLevel >= last) return
      const level = cell / episodesPerLevel
      const known = seen.get(level) ?? { probabilities: [], values: [] }
      seen.set(level, known)
      policy.distribution(slot, probabilities)
      known.probabilities.push(Array.from(probabilities, rounded))
      if (policy.value !== undefined) known.values.push(rounded(policy.value(slot)))
    },
    /** Of the first `steps` steps on a level; without values if the policy has no critic. */
    on(level: number, steps: number): Decisions {
      const { probabilities: all, values } = seen.get(level) ?? { probabilities: [], values: [] }
      const kept = { probabilities: all.slice(0, steps) }
      return values.length === 0 ? kept : { ...kept, values: values.slice(0, steps) }
    },
  }
}
