/** The part of gifenc that is used here; it has no types of its own. */
declare module 'gifenc' {
  type Colour = readonly [red: number, green: number, blue: number]
  type FrameOptions = { readonly palette: readonly Colour[]; readonly delay: number }
  type Encoder = {
    /** `delay` is in milliseconds. The first frame has the file repeat without end. */
    writeFrame(indices: Uint8Array, width: number, height: number, options: FrameOptions): void
    finish(): void
    bytes(): Uint8Array<ArrayBuffer>
  }

  export function GIFEncoder(): Encoder
  export function quantize(rgba: Uint8ClampedArray, mostColours: number): readonly Colour[]
  /** The index of the nearest colour of each pixel. */
  export function applyPalette(rgba: Uint8ClampedArray, palette: readonly Colour[]): Uint8Array
}
