import type { Simulator } from '../../environment.ts'

/** The arrays that every simulator shows: see `Simulator`. */
export type EpisodeArrays = Pick<
  Simulator<never>,
  'batch' | 'observations' | 'goalRewards' | 'terminated' | 'truncated' | 'steps' | 'counters'
>

type Extent = {
  readonly batch: number
  /** Bytes of one observation. */
  readonly stride: number
  /** Number of counters per episode. */
  readonly counters: number
  readonly goals: number
}

export function createEpisodeArrays({ batch, stride, counters, goals }: Extent): EpisodeArrays {
  const rewards = () => new Float32Array(batch)
  return {
    batch,
    observations: new Uint8Array(batch * stride),
    goalRewards: [rewards(), rewards(), ...Array.from({ length: goals - 2 }, rewards)],
    terminated: new Uint8Array(batch),
    truncated: new Uint8Array(batch),
    steps: new Int32Array(batch),
    counters: new Int32Array(batch * counters),
  }
}

/** The public part of a simulator's episodes. */
export function showArrays(episodes: EpisodeArrays): EpisodeArrays {
  const { batch, observations, goalRewards, terminated, truncated, steps, counters } = episodes
  return { batch, observations, goalRewards, terminated, truncated, steps, counters }
}

/** Clears all goals' rewards of this slot's last step. */
export function clearRewards({ goalRewards }: Pick<EpisodeArrays, 'goalRewards'>, index: number): void {
  for (let goal = 0; goal < goalRewards.length; goal++) goalRewards[goal][index] = 0
}
