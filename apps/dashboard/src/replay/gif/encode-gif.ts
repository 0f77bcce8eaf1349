import { applyPalette, GIFEncoder, quantize } from 'gifenc'

export type GifFrame = {
  /** [width × height × 4] red, green, blue, opacity. Read before the next frame is asked for. */
  readonly rgba: Uint8ClampedArray
  readonly milliseconds: number
}

type Extent = { readonly width: number; readonly height: number }

const mostColours = 256

/**
 * An animation without end, as a GIF file. Each frame has its own palette of at most 256 colours. Only one frame is kept
 * at a time, and the page can react between two.
 */
export async function encodeGif(
  frames: AsyncIterable<GifFrame>,
  { width, height }: Extent,
): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = GIFEncoder()
  for await (const { rgba, milliseconds } of frames) {
    const palette = quantize(rgba, mostColours)
    encoder.writeFrame(applyPalette(rgba, palette), width, height, { palette, delay: milliseconds })
    await new Promise((resolve) => setTimeout(resolve))
  }
  encoder.finish()
  return encoder.bytes()
}
