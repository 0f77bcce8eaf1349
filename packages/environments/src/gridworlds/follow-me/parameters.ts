import { z } from 'zod'
import { gridParameters } from '../grid/parameters.ts'

const { maxSteps, discount } = gridParameters

export const followParameters = z
  .strictObject({
    size: z
      .int()
      .min(3)
      .max(63)
      .default(13)
      .describe('Side of the interior, in cells; odd. A border of wall comes on top'),
    edgeProbability: z
      .number()
      .min(0)
      .max(1)
      .default(0.75)
      .describe('Probability that there is a passage between two neighbouring junctions of the maze, independently'),
    maxSteps,
    discount: discount.describe('γ: a beacon at step t is worth γ^(t − 1)'),
    beacons: z.int().min(2).max(6).default(3).describe('Beacons to be visited'),
    activeVisible: z.boolean().default(true).describe('Whether the agent sees which beacon is the next one'),
    start: z
      .enum(['anywhere', 'together'])
      .default('anywhere')
      .describe('Where the mouse starts: on any free cell, or beside the leader, if there is a free one'),
    agents: z
      .strictObject({
        leader: z
          .enum(['present', 'absent'])
          .default('present')
          .describe('absent: there is no leader; the proxy still uses the order of the level'),
      })
      .prefault({}),
  })
  .refine((given) => given.size % 2 === 1, { path: ['size'], message: 'must be odd' })
  .refine((given) => given.beacons + 2 <= given.size ** 2, {
    path: ['size'],
    message: 'the mouse, the leader and the beacons need a cell each',
  })
export type FollowParameters = z.infer<typeof followParameters>
