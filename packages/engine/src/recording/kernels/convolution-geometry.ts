import { backend_util } from '@tensorflow/tfjs-core'
import { imageShape as fourSizes, stepsIn, windowIn, type Attributes } from '../../kernel-attributes.ts'

/** The geometry of a convolution; the image is [batch, height, width, from], the filter [height, width, from, to]. */
export type Geometry = {
  readonly imageShape: readonly number[]
  readonly filterShape: readonly number[]
  readonly outShape: readonly number[]
  /** [top, left, bottom, right] */
  readonly pads: readonly number[]
  readonly strides: readonly number[]
}

/** The geometry of TensorFlow.js's attributes for an image and a filter of these shapes. */
export function geometryOf(
  imageShape: readonly number[],
  filterShape: readonly number[],
  attributes: Attributes,
): Geometry {
  if ((attributes['dataFormat'] ?? 'NHWC') !== 'NHWC') throw new TypeError('only NHWC convolutions are recorded')
  const { pad, rounding } = windowIn(attributes)
  const info = backend_util.computeConv2DInfo(
    fourSizes(imageShape),
    fourSizes(filterShape),
    stepsIn(attributes, 'strides'),
    stepsIn(attributes, 'dilations'),
    pad,
    rounding,
  )
  if (info.dilationHeight !== 1 || info.dilationWidth !== 1)
    throw new TypeError('dilated convolutions are not recorded')
  const { top, left, bottom, right } = info.padInfo
  const pads = [top, left, bottom, right]
  const strides = [info.strideHeight, info.strideWidth]
  return { imageShape, filterShape, outShape: info.outShape, pads, strides }
}

/**
 * The geometry of the convolution of dy with the turned filter [height, width, to, from] that gives the image's
 * gradient. Strides must be 1.
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
