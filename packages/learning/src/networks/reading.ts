import { followPlanes } from './follow-planes.ts'
import type { ImageShape } from './network-spec.ts'
import { positionBytes, type Planes } from './planes.ts'

/** How observations are laid out for a network: as rows of bytes, written once. */
export type Reading = {
  /** Bytes of one row. */
  readonly length: number
  /** source: [count × height × width × channels], whole; target: [count × length] from element `offset` on. */
  write(source: Uint8Array, count: number, target: Uint8Array, offset: number): void
  /**
   * For repeated observations [batch × height × width × channels] of a simulator: gives [batch × length], the same
   * array each time. Little changes from step to step, and only changes are written.
   */
  follow(batch: number): (observations: Uint8Array) => Uint8Array
}

/** Observations unchanged. */
export function readWhole([height, width, channels]: ImageShape): Reading {
  const length = height * width * channels
  return {
    length,
    write: (source, count, target, offset) =>
      target.set(source.length === count * length ? source : source.subarray(0, count * length), offset),
    follow: () => (observations) => observations,
  }
}

/**
 * The dense channels, plane by plane, and then for each one-hot channel the position of its cell: 0 … cells − 1, or
 * `cells` if it is empty. A third of the bytes, and a first layer that looks rows up instead of multiplying by zeros.
 */
export function readPlanes(planes: Planes): Reading {
  const { image, crop, dense, oneHot } = planes
  const [height, width, channels] = image
  const [rows, columns] = [height - 2 * crop, width - 2 * crop]
  const cells = rows * columns
  const bytes = positionBytes(cells)
  // Whole words, which take a quarter of the time to copy.
  const length = 4 * Math.ceil((cells * dense.length + bytes * oneHot.length) / 4)
  return {
    length,
    write(source, count, target, offset) {
      for (let i = 0; i < count; i++) {
        const from = i * height * width * channels
        const to = offset + i * length
        dense.forEach((channel, plane) => copyPlane(from + channel, to + plane * cells))
        oneHot.forEach((channel, k) => {
          const at = to + cells * dense.length + bytes * k
          const position = findCell(from + channel)
          target[at] = position & 255
          if (bytes === 2) target[at + 1] = position >> 8
        })
      }

      function copyPlane(first: number, start: number): void {
        let next = start
        for (let y = crop; y < height - crop; y++) {
          const end = first + (y * width + width - crop) * channels
          for (let at = first + (y * width + crop) * channels; at < end; at += channels) target[next++] = source[at]
        }
      }

      function findCell(first: number): number {
        let cell = 0
        for (let y = crop; y < height - crop; y++) {
          const end = first + (y * width + width - crop) * channels
          for (let at = first + (y * width + crop) * channels; at < end; at += channels, cell++)
            if (source[at] === 1) return cell
        }
        return cells
      }
    },
    follow: (batch) => followPlanes(planes, { batch, length }),
  }
}
