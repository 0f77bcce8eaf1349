import { createStream } from '@goalpost/random'
import { drawError, type ErrorDistribution } from './error-distributions.ts'

/**
 * Changing this changes the numbers: draw i always comes from block ⌊i / 8192⌋ of its stream. About 2 ms of work.
 */
const drawsPerBlock = 8_192

/** Independent draws from the base policy, each array [draws]: reward = utility + error. */
export type DrawPool = {
  readonly utility: Float64Array
  readonly error: Float64Array
  readonly reward: Float64Array
}

type Source = {
  readonly seed: number
  readonly draws: number
  readonly utilityScale: number
  readonly error: ErrorDistribution
}

/**
 * Draws the pool, and calls `afterBlock` with the number of draws so far. Utility and error have separate streams:
 * conditions with the same seed share the utilities, so that they can be compared pairwise.
 */
export async function drawPool(source: Source, afterBlock: (drawn: number) => Promise<void>): Promise<DrawPool> {
  const { seed, draws } = source
  const root = createStream(seed)
  const utilities = root.named('utility')
  const errors = root.named('error')
  const pool = { utility: new Float64Array(draws), error: new Float64Array(draws), reward: new Float64Array(draws) }
  for (let block = 0, from = 0; from < draws; block++, from += drawsPerBlock) {
    const to = Math.min(from + drawsPerBlock, draws)
    const utilityRandom = utilities.at(block)
    const errorRandom = errors.at(block)
    for (let i = from; i < to; i++) {
      pool.utility[i] = source.utilityScale * utilityRandom.normal()
      pool.error[i] = drawError(source.error, errorRandom)
      pool.reward[i] = pool.utility[i] + pool.error[i]
    }
    await afterBlock(to)
  }
  return pool
}
