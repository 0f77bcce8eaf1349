import { backend_util } from '@tensorflow/tfjs-core'
import type { KernelCall } from './kernel.ts'

/** Of a convolution; the image is [batch, height, width, from], the filter [height, width, from, to]. */
export type Geometry = {
  readonly imageShape: readonly number[]
  readonly filterShape: readonly number[]
  readonly outShape: readonly number[]
  /** [top, left, bottom, right] */
  readonly pads: readonly number[]
  readonly strides: readonly number[]
}

/** What TensorFlow.js's attributes mean for an image and a filter of these shapes. */
export function geometryOf(
  imageShape: readonly number[],
  filterShape: readonly number[],
  attributes: KernelCall['attributes'],
): Geometry {
  if ((attributes['dataFormat'] ?? 'NHWC') !== 'NHWC') throw new TypeError('only NHWC convolutions are recorded')
  const info = backend_util.computeConv2DInfo(
    imageShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    attributes['strides'] as number,
    (attributes['dilations'] ?? 1) as number,
    attributes['pad'] as 'same',
    attributes['dimRoundingMode'] as 'floor',
  )
  if (info.dilationHeight !== 1 || info.dilationWidth !== 1)
    throw new TypeError('dilated convolutions are not recorded')
  const { top, left, bottom, right } = info.padInfo
  const pads = [top, left, bottom, right]
  const strides = [info.strideHeight, info.strideWidth]
  return { imageShape, filterShape, outShape: info.outShape, pads, strides }
}

/**
 * The geometry of the convolution of dy with the turned filter [height, width, to, from] that gives the image's gradient.
 * Strides must be 1.
 */
export function turned({ imageShape, filterShape, outShape, pads }: Geometry): Geometry {
  const [height, width, from, to] = filterShape
  return {
    imageShape: outShape,
    filterShape: [height, width, to, from],
    outShape: imageShape,
    pads: pads.map((cells, i) => filterShape[i % 2] - 1 - cells),
    strides: [1, 1],
  }
}
