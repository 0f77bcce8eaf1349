import type { Simulator } from '../../environment.ts'

/** The arrays that every simulator shows: see `Simulator`. */
export type EpisodeArrays = Pick<
  Simulator<never>,
  'batch' | 'observations' | 'rewards' | 'proxyRewards' | 'terminated' | 'truncated' | 'steps' | 'counters'
>

type Extent = {
  readonly batch: number
  /** Bytes of one observation. */
  readonly stride: number
  /** How many integers are counted of each episode. */
  readonly counters: number
}

export function createEpisodeArrays({ batch, stride, counters }: Extent): EpisodeArrays {
  return {
    batch,
    observations: new Uint8Array(batch * stride),
    rewards: new Float32Array(batch),
    proxyRewards: new Float32Array(batch),
    terminated: new Uint8Array(batch),
    truncated: new Uint8Array(batch),
    steps: new Int32Array(batch),
    counters: new Int32Array(batch * counters),
  }
}

/** Of all that a simulator keeps of its episodes, what it shows. */
export function showArrays(episodes: EpisodeArrays): EpisodeArrays {
  const { batch, observations, rewards, proxyRewards, terminated, truncated, steps, counters } = episodes
  return { batch, observations, rewards, proxyRewards, terminated, truncated, steps, counters }
}
