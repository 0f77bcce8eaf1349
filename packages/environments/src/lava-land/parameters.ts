import { z } from 'zod'
import { gridParameters } from '../gridworld/parameters.ts'

const threshold = z.number().min(-1).max(1)

export const lavaParameters = z.strictObject({
  ...gridParameters,
  lavaThreshold: threshold
    .default(-1)
    .describe('Lava lies where the noise is below this, in training levels; −1: nowhere'),
  shiftedLavaThreshold: threshold.default(-0.25).describe('The same, in shifted levels'),
  lavaScale: z
    .number()
    .min(1)
    .max(64)
    .default(4)
    .describe('Side of a cell of the noise lattice, in cells of the world'),
})
export type LavaParameters = z.infer<typeof lavaParameters>
