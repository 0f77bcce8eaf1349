import { z } from 'zod'
import { gridParameters } from '../grid/parameters.ts'

const threshold = z.number().min(-1).max(1)

export const lavaParameters = z
  .strictObject({
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
    levelLaw: z
      .enum(['jaxgmg', 'lava-first'])
      .default('jaxgmg')
      .describe(
        'jaxgmg: mouse and cheese first, then lava on what is left of the floor. ' +
          'lava-first: as in version 1 of this world, mouse and cheese where no lava is, and less lava',
      ),
  })
  .refine(({ levelLaw, lavaScale }) => levelLaw !== 'jaxgmg' || lavaScale > 1, {
    path: ['lavaScale'],
    message: 'must be above 1: every cell would be a point of the lattice, where the noise is 0',
  })
export type LavaParameters = z.infer<typeof lavaParameters>
