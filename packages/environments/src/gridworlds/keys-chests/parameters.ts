import { z } from 'zod'
import { gridParameters } from '../grid/parameters.ts'

const { size, maxSteps, discount } = gridParameters

export const keysChestsParameters = z
  .strictObject({
    size: size.describe('Side of the interior, in cells, around a maze in its middle; a border of wall comes on top'),
    difficulty: z
      .int()
      .min(0)
      .max(4)
      .default(4)
      .describe(
        'Levels are of difficulty d = 0 to this one, uniformly: mazes of side 5 + 2 d, d + 1 or d + 2 of what is few',
      ),
    hiddenChests: z
      .boolean()
      .default(true)
      .describe('Whether levels have as many hidden chests, which nobody sees and which only count, as visible ones'),
    keyPenalty: z.number().min(0).max(1).default(0).describe('What each key picked up costs, in chests'),
    view: z
      .enum(['symbolic', 'pixels'])
      .default('symbolic')
      .describe('What the agent sees: the cells in 5 Boolean channels, or a picture of 64 × 64 pixels'),
    maxSteps,
    discount,
  })
  .refine(({ difficulty, size }) => mazeSide(difficulty) <= size, {
    path: ['size'],
    message: 'the largest maze must fit into the grid: size may not be below 5 + 2 · difficulty',
  })
  .refine(({ difficulty, size }) => (size - mazeSide(difficulty)) % 2 === 0, {
    path: ['size'],
    message: 'size must be odd, for mazes to lie in the middle',
  })
export type KeysChestsParameters = z.infer<typeof keysChestsParameters>

/** Side of a maze of this difficulty, as in Procgen's heist. */
export const mazeSide = (difficulty: number): number => 5 + 2 * difficulty
