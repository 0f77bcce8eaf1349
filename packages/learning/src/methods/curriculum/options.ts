import type { Prioritization } from './replay-probabilities.ts'

/** Options of curricula that replay levels; defaults of arXiv 2507.03068. */
export type ReplayOptions = Prioritization & {
  readonly bufferSize: number
  /** p: the probability that a batch is replayed rather than generated. */
  readonly replayProbability: number
}

export const defaultReplayOptions: ReplayOptions = {
  bufferSize: 4096,
  replayProbability: 0.33,
  temperature: 0.1,
  staleness: 0.1,
}
