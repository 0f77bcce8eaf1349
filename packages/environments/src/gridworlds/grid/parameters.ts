import { z } from 'zod'

/** Parameters that every gridworld has; defaults are those of the minimax-regret paper (arXiv 2507.03068). */
export const gridParameters = {
  size: z.int().min(2).max(64).default(13).describe('Side of the interior, in cells; a border of wall comes on top'),
  wallProbability: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.25)
    .describe('Probability that a cell is a wall, independently'),
  maxSteps: z.int().min(1).max(100_000).default(128).describe('Steps after which an episode is truncated'),
  discount: z.number().gt(0).max(1).default(0.999).describe('γ: the goal at step t is worth γ^(t − 1)'),
}

/**
 * An option of jaxgmg, where it is .9; we know of no figures published with it. Like the other later variants it has no
 * default: worlds that do not name it keep their hashes.
 */
export const timePenalty = z
  .number()
  .min(0)
  .max(1)
  .optional()
  .describe(
    'Share of a reward that is lost by the step limit, linearly (0, where left out): at step t it counts 1 − timePenalty · (t − 1) / maxSteps',
  )
