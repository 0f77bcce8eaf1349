import { compressLzw } from './compress-lzw.ts'
import { choosePalette } from './choose-palette.ts'

export type GifFrame = {
  /** [width × height × 4] red, green, blue, opacity. */
  readonly rgba: Uint8ClampedArray
  readonly milliseconds: number
}

type Extent = { readonly width: number; readonly height: number }

/** Bytes of a block of compressed data, at most. */
const blockBytes = 255

function asciiOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function word(value: number): [low: number, high: number] {
  return [value & 255, (value >> 8) & 255]
}

/** An animation without end, as a GIF file. All frames share one palette of at most 256 colours. */
export function encodeGif(frames: readonly GifFrame[], { width, height }: Extent): Uint8Array<ArrayBuffer> {
  const palette = choosePalette(frames.map(({ rgba }) => rgba))
  const bits = Math.max(2, Math.ceil(Math.log2(Math.max(2, palette.colours.length))))
  const table = Array.from({ length: 1 << bits }, (_, index) => palette.colours[index] ?? [0, 0, 0]).flat()
  const parts = [
    ...asciiOf('GIF89a'),
    ...word(width),
    ...word(height),
    0xf0 | (bits - 1),
    0,
    0,
    ...table,
    // Repeats without end.
    ...repeated,
  ]
  const images = frames.map(({ rgba, milliseconds }) => [
    ...timing(milliseconds),
    0x2c,
    0,
    0,
    0,
    0,
    ...word(width),
    ...word(height),
    0,
    bits,
    ...blocks(compressLzw(palette.indicesOf(rgba), bits)),
  ])
  return Uint8Array.from([...parts, ...images.flat(), 0x3b])
}

/** The block that has viewers repeat the frames. */
const repeated = [0x21, 0xff, 11, ...asciiOf('NETSCAPE2.0'), 3, 1, 0, 0, 0]

/** How long the next frame is shown, in hundredths of a second. */
const timing = (milliseconds: number): number[] => [0x21, 0xf9, 4, 0, ...word(Math.round(milliseconds / 10)), 0, 0]

/** Each block begins with its length; an empty one ends the data. */
function blocks(bytes: Uint8Array): number[] {
  const all: number[] = []
  for (let start = 0; start < bytes.length; start += blockBytes) {
    const block = bytes.subarray(start, start + blockBytes)
    all.push(block.length, ...block)
  }
  return [...all, 0]
}
