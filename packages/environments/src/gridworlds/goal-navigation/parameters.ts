import { z } from 'zod'
import { gridParameters } from '../grid/parameters.ts'

const { maxSteps, discount } = gridParameters

export const goalNavigationParameters = z
  .strictObject({
    size: z
      .int()
      .min(8)
      .max(62)
      .default(11)
      .describe(
        'Side of the interior, in cells: 3 k + 2 for 3 × 3 rooms of k × k cells; a border of wall comes on top',
      ),
    rho: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .describe(
        'ρ: with this probability the stripes are in the target’s room in training, else in any of the 9 rooms',
      ),
    targetAt: z
      .enum(['centre', 'anywhere'])
      .default('centre')
      .describe('Where in its room the target is: in the centre, or in a uniformly drawn cell'),
    view: z
      .enum(['symbolic', 'pixels'])
      .default('symbolic')
      .describe('What the agent sees: the cells in 11 Boolean channels, or a picture of 64 × 64 pixels'),
    maxSteps,
    discount,
  })
  .refine(({ size }) => size % 3 === 2, { path: ['size'], message: 'size must be 3 k + 2, for rooms of k × k cells' })
export type GoalNavigationParameters = z.infer<typeof goalNavigationParameters>
