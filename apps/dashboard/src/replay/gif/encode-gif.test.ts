import { expect, test } from 'vitest'
import { choosePalette } from './choose-palette.ts'
import { compressLzw } from './compress-lzw.ts'
import { encodeGif } from './encode-gif.ts'

/** The picture of Matthew Flickinger's "What's In A GIF", whose compressed bytes he derives by hand. */
const sample = [
  '1111122222',
  '1111122222',
  '1111122222',
  '1110000222',
  '1110000222',
  '2220000111',
  '2220000111',
  '2222211111',
  '2222211111',
  '2222211111',
]
const sampleBytes = [
  0x8c, 0x2d, 0x99, 0x87, 0x2a, 0x1c, 0xdc, 0x33, 0xa0, 0x02, 0x75, 0xec, 0x95, 0xfa, 0xa8, 0xde, 0x60, 0x8c, 0x04,
  0x91, 0x4c, 0x01,
]

test('compresses like the worked example of the format', () => {
  const indices = Uint8Array.from(sample.join(''), Number)
  expect([...compressLzw(indices, 2)]).toEqual(sampleBytes)
})

/** What a viewer does: the codes of a stream, back to indices. */
function decompress(bytes: Uint8Array, bits: number): number[] {
  const [clear, end] = [1 << bits, (1 << bits) + 1]
  const output: number[] = []
  let table: number[][] = []
  let width = bits + 1
  let previous: number[] | null = null
  for (let bit = 0; ; bit += 0) {
    let code = 0
    for (let at = 0; at < width; at++, bit++) code |= (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1) << at
    if (code === end) return output
    if (code === clear) {
      table = Array.from({ length: end + 1 }, (_, index) => [index])
      width = bits + 1
      previous = null
      continue
    }
    const entry: number[] = table[code] ?? [...previous!, previous![0]!]
    output.push(...entry)
    if (previous !== null && table.length < 4096) table.push([...previous, entry[0]!])
    if (table.length === 1 << width && width < 12) width++
    previous = entry
  }
}

test('a viewer gets back every pixel, also when the table of codes is full', () => {
  const many = Uint8Array.from({ length: 60_000 }, (_, index) => (index * 7919 + (index >> 5) * 31) % 256)
  expect(decompress(compressLzw(many, 8), 8)).toEqual([...many])
  const flat = new Uint8Array(40_000)
  expect(decompress(compressLzw(flat, 2), 2)).toEqual([...flat])
})

test('a palette has the commonest colours, and others become the nearest of them', () => {
  const common = Array.from({ length: 256 }, (_, shade) => [shade, 0, 0, 255, shade, 0, 0, 255]).flat()
  const palette = choosePalette([Uint8ClampedArray.from([...common, 10, 3, 0, 255])])
  expect(palette.colours).toHaveLength(256)
  expect(palette.colours[palette.indicesOf(Uint8ClampedArray.from([10, 3, 0, 255]))[0]!]).toEqual([10, 0, 0])
})

test('a file has each frame with its time, and repeats', () => {
  const frame = (red: number) => Uint8ClampedArray.from([red, 0, 0, 255, 0, 0, 9, 255])
  const frames = [0, 200].map((red, index) => ({ rgba: frame(red), milliseconds: 100 * (index + 1) }))
  const file = Buffer.from(encodeGif(frames, { width: 2, height: 1 }))
  expect(file.subarray(0, 10).toString('latin1')).toBe('GIF89a\u0002\0\u0001\0')
  expect(file.includes('NETSCAPE2.0')).toBe(true)
  expect(file.includes(Buffer.from([0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c]))).toBe(true)
  expect(file.includes(Buffer.from([0x21, 0xf9, 4, 0, 20, 0, 0, 0, 0x2c]))).toBe(true)
  expect(file.at(-1)).toBe(0x3b)
})
