import { z } from 'zod'
import { mazeSides, minSizeFits, minSizeIssue } from '../maze/sides.ts'
import { pixelsFit, pixelsIssue, viewParameters } from '../pixels/view-parameters.ts'

/** Pixels along a cell that tell a line from a gem. */
const shapePixels = 3

export const colourShapeParameters = z
  .strictObject({
    ...mazeSides(25, 9),
    ...viewParameters('pixels'),
    swapChannels: z
      .boolean()
      .default(false)
      .describe('Whether red and green are swapped in objects: the line beside a gem is then green instead of red'),
    maxSteps: z
      .int()
      .min(1)
      .max(100_000)
      .default(128)
      .describe('Steps after which an episode is truncated. Procgen: 500'),
    discount: z.number().gt(0).max(1).default(0.99).describe('γ: an object at step t is worth γ^(t − 1)'),
  })
  .refine(minSizeFits, minSizeIssue)
  .refine(pixelsFit(shapePixels), pixelsIssue(shapePixels))
export type ColourShapeParameters = z.infer<typeof colourShapeParameters>
