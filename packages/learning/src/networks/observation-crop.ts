import type { Network } from './network.ts'

/** Copies whole observations (bytes) into the cropped input of a network. */
export type ObservationCrop = {
  /** Elements of one observation before and after cropping. */
  readonly from: number
  readonly to: number
  /** source: [count × from]; target: [count × to], from element `offset` on. Allocates nothing. */
  copy(source: Uint8Array, count: number, target: Uint8Array | Float32Array, offset: number): void
}

export function createObservationCrop(network: Network): ObservationCrop {
  const [fullHeight, fullWidth, channels] = network.interface.observation
  const [height, width] = network.input
  const { crop } = network.spec
  const from = fullHeight * fullWidth * channels
  const rowLength = width * channels
  return {
    from,
    to: height * rowLength,
    copy(source, count, target, offset) {
      if (crop === 0) {
        target.set(source.length === count * from ? source : source.subarray(0, count * from), offset)
        return
      }
      let next = offset
      for (let i = 0; i < count; i++)
        for (let y = 0; y < height; y++) {
          const start = i * from + ((y + crop) * fullWidth + crop) * channels
          for (let j = 0; j < rowLength; j++) target[next++] = source[start + j]
        }
    },
  }
}
