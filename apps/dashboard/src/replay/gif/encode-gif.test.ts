import { expect, test } from 'vitest'
import { encodeGif, type GifFrame } from './encode-gif.ts'

const extent = { width: 2, height: 1 }
const colourTable = (red: number) => Buffer.from([0, 0, 248, red, 0, 0])

/** Frames that are all drawn in the same memory, as on one canvas. */
async function* frames(reds: readonly number[], drawn: number[] = []): AsyncGenerator<GifFrame> {
  const rgba = new Uint8ClampedArray(8)
  for (const [index, red] of reds.entries()) {
    rgba.set([red, 0, 0, 255, 0, 0, 248, 255])
    drawn.push(red)
    yield { rgba, milliseconds: 100 * (index + 1) }
  }
}

test('a file has each frame with its colours and its time, and repeats', async () => {
  const file = Buffer.from(await encodeGif(frames([8, 200]), extent))
  expect(file.subarray(0, 10).toString('latin1')).toBe('GIF89a\u0002\0\u0001\0')
  expect(file.includes('NETSCAPE2.0\u0003\u0001\0\0')).toBe(true)
  for (const hundredths of [10, 20]) expect(file.includes(Buffer.from([0x21, 0xf9, 4, 0, hundredths, 0]))).toBe(true)
  expect(file.includes(colourTable(8))).toBe(true)
  expect(file.includes(colourTable(200))).toBe(true)
  expect(file.at(-1)).toBe(0x3b)
})

test('other work is done between frames', async () => {
  const drawn: number[] = []
  const seen: number[] = []
  const other = setInterval(() => seen.push(drawn.length))
  await encodeGif(
    frames(
      Array.from({ length: 20 }, (_, red) => 8 * red),
      drawn,
    ),
    extent,
  )
  clearInterval(other)
  expect(new Set(seen).size).toBeGreaterThan(2)
})
