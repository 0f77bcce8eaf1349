import type { Rng } from '@goalpost/random'
import { z } from 'zod'

const oddSide = (largest: number) =>
  z
    .int()
    .min(3)
    .max(largest)
    .refine((side) => side % 2 === 1, { error: 'must be odd' })

/** Parameters of levels with a maze inside. */
export const mazeSides = (largest: number, usual: number) => ({
  size: oddSide(largest)
    .default(usual)
    .describe('Side of a level, in cells, odd; smaller mazes lie in its middle, and a border of wall comes on top'),
  minSize: oddSide(largest)
    .default(3)
    .describe('Side of the smallest mazes, odd: sides are drawn uniformly from the odd numbers from this one to size'),
})

type Sides = { readonly size: number; readonly minSize: number }

export const minSizeFits = ({ size, minSize }: Sides): boolean => minSize <= size
export const minSizeIssue = { path: ['minSize'], message: 'minSize may not exceed size' }

/** A uniformly drawn side of a maze. */
export function drawSide({ size, minSize }: Sides, random: Rng): number {
  return minSize + 2 * random.integer((size - minSize) / 2 + 1)
}
