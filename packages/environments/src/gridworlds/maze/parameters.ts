import { z } from 'zod'
import { pixelsFit, pixelsIssue, viewParameters } from '../pixels/view-parameters.ts'
import { mazeSides, minSizeFits, minSizeIssue } from './sides.ts'

export const mazeParameters = z
  .strictObject({
    ...mazeSides(25, 25),
    cornerSize: z
      .int()
      .min(1)
      .max(25)
      .default(1)
      .describe('k: in training the cheese lies in the k × k cells at the top right of the maze'),
    ...viewParameters('symbolic'),
    maxSteps: z.int().min(1).max(100_000).default(500).describe('Steps after which an episode is truncated'),
    discount: z.number().gt(0).max(1).default(0.999).describe('γ: the cheese at step t is worth γ^(t − 1)'),
  })
  .refine(minSizeFits, minSizeIssue)
  .refine(pixelsFit(1), pixelsIssue(1))
export type MazeParameters = z.infer<typeof mazeParameters>
