import type { BatchPolicy } from '@goalpost/evaluation'
import type { Doubt } from '@goalpost/learning'

/** One decision, and how sure the members were. */
export type DoubtfulDecision = Doubt & { readonly action: number }

type Watched = {
  readonly doubt: (slot: number) => Doubt
  /** Each played once. */
  readonly levels: number
}

/** Records action and doubt at every decision of a play, by level. */
export function watchDoubt({ doubt, levels }: Watched) {
  const episodes = Array.from({ length: levels }, (): DoubtfulDecision[] => [])
  let chosen = new Uint8Array(0)
  return {
    watch(policy: BatchPolicy): BatchPolicy {
      return {
        begin: (slot, level) => policy.begin?.(slot, level),
        async act(observations, actions, uniform) {
          await policy.act(observations, actions, uniform)
          chosen = actions.slice()
        },
      }
    },
    onDecision(slot: number, level: number): void {
      episodes[level].push({ ...doubt(slot), action: chosen[slot] })
    },
    /** By level. */
    episodes: (): readonly (readonly DoubtfulDecision[])[] => episodes,
    /** Disagreement at all decisions, in rising order. */
    sorted: () => Float64Array.from(episodes.flat(), ({ disagreement }) => disagreement).sort(),
  }
}
