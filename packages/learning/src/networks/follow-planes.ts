import { positionBytes, type Planes } from './planes.ts'

export type Rows = { readonly batch: number; readonly length: number }

/**
 * Rows of a whole batch in the layout of `readPlanes`, updated by the bytes that changed since the last call:
 * little changes from step to step. Four bytes are compared at a time, which takes half the time of writing.
 */
export function followPlanes(planes: Planes, { batch, length }: Rows): (observations: Uint8Array) => Uint8Array {
  const [height, width, channels] = planes.image
  const stride = height * width * channels
  const rows = new Uint8Array(batch * length)
  const before = new Uint8Array(batch * stride)
  const wordsBefore = new Int32Array(before.buffer, 0, before.length >> 2)
  const apply = createPlaneWriter(planes, { batch, length }, rows)

  function compare(now: Uint8Array, from: number, to: number): void {
    for (let at = from; at < to; at++) if (now[at] !== before[at]) apply(Math.floor(at / stride), at % stride, now[at])
  }

  return (now) => {
    // Unaligned starts and ends of arrays are compared byte by byte.
    const words = now.byteOffset % 4 === 0 ? wordsBefore.length : 0
    const wordsNow = new Int32Array(now.buffer, words === 0 ? 0 : now.byteOffset, words)
    for (let word = 0; word < words; word++)
      if (wordsNow[word] !== wordsBefore[word]) compare(now, 4 * word, 4 * word + 4)
    compare(now, 4 * words, before.length)
    before.set(now)
    return rows
  }
}

type WriteByte = (sample: number, at: number, value: number) => void

/** Updates rows after one byte of an observation changed to `value`. Rows start as those of empty images. */
function createPlaneWriter(planes: Planes, { batch, length }: Rows, rows: Uint8Array): WriteByte {
  const { image, dense, oneHot } = planes
  const channels = image[2]
  const cellOf = innerCells(planes)
  const cells = (image[0] - 2 * planes.crop) * (image[1] - 2 * planes.crop)
  const bytes = positionBytes(cells)
  const planeOf = Array.from({ length: channels }, (_, channel) => dense.indexOf(channel))
  /** -1 for channels that are not one-hot. */
  const startOf = Array.from({ length: channels }, (_, channel) =>
    oneHot.includes(channel) ? cells * dense.length + bytes * oneHot.indexOf(channel) : -1,
  )

  const readPosition = (at: number) => (bytes === 1 ? rows[at] : rows[at] + 256 * rows[at + 1])
  function writePosition(at: number, position: number): void {
    rows[at] = position & 255
    if (bytes === 2) rows[at + 1] = position >> 8
  }
  for (let sample = 0; sample < batch; sample++)
    for (const channel of oneHot) writePosition(sample * length + startOf[channel], cells)

  return (sample, at, value) => {
    const channel = at % channels
    const cell = cellOf[Math.floor(at / channels)]
    if (cell < 0) return
    const row = sample * length
    if (planeOf[channel] >= 0) rows[row + planeOf[channel] * cells + cell] = value
    else if (startOf[channel] < 0) return
    else if (value === 1) writePosition(row + startOf[channel], cell)
    // A move to an earlier cell was already written.
    else if (readPosition(row + startOf[channel]) === cell) writePosition(row + startOf[channel], cells)
  }
}

/** For each cell of the image its number after cropping; -1 if it is cut off. */
function innerCells({ image: [height, width], crop }: Planes): Int32Array {
  const inner = new Int32Array(height * width).fill(-1)
  let next = 0
  for (let y = crop; y < height - crop; y++) for (let x = crop; x < width - crop; x++) inner[y * width + x] = next++
  return inner
}
