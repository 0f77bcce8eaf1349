import { z } from 'zod'

/** What the agent sees. */
export const viewParameters = (usual: 'symbolic' | 'pixels') => ({
  view: z
    .enum(['symbolic', 'pixels'])
    .default(usual)
    .describe('What the agent sees: one Boolean channel for each kind of thing, or a picture in red, green and blue'),
  pixels: z.int().min(8).max(128).default(64).describe('Side of the picture, in pixels'),
})

export type ViewParameters = { readonly view: 'symbolic' | 'pixels'; readonly pixels: number }
type Sized = ViewParameters & { readonly size: number }

/** All cells of a picture are the same whole number of pixels wide; what remains is a margin of wall. */
export const cellPixels = ({ pixels, size }: Omit<Sized, 'view'>): number => Math.floor(pixels / size)

export const pixelsFit = (least: number) => (given: Sized) => given.view === 'symbolic' || cellPixels(given) >= least
export const pixelsIssue = (least: number) => ({
  path: ['pixels'],
  message: `must be at least ${least === 1 ? 'size' : `${least} × size`}, so that every cell has ${least === 1 ? 'a pixel' : `${least} × ${least} pixels`}`,
})
