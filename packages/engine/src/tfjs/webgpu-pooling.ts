import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { spreadOut } from '../gradients/shapes.ts'
import { imageShape, stepsIn, windowIn, type Attributes } from '../kernel-attributes.ts'
import { withRank } from '../with-rank.ts'
import { tensorsIn } from './tensors-in.ts'

/** Less than any pooled number: no window has its maximum outside the image. */
const outside = -3.4e38

/**
 * The gradient of max pooling: each window gives its dy to the first of its maxima. The backend's own kernel (4.22)
 * gives it to the last, and images of few colours have many ties. Computed tap by tap of the windows, as in recordings.
 */
export const maxPoolGradient: tf.KernelFunc = ({ inputs, attrs = {} }) =>
  tf.tidy(() => {
    const { dy, input, output: y } = tensorsIn(inputs)
    const x = withRank(input, 4)
    const { size, strides, pads } = geometryOf(x.shape, attrs)
    const reach = [0, 1].map((i) => (dy.shape[1 + i] - 1) * strides[i] + 1)
    const canvas = [0, 1].map((i) => Math.max(reach[i] - 1 + size[i], pads[i] + x.shape[1 + i]))
    const place = (image: Tensor, at: readonly number[], value?: number) =>
      tf.pad(image, [[0, 0], margin(image, at, 0), margin(image, at, 1), [0, 0]], value)
    const margin = (image: Tensor, at: readonly number[], i: number): [number, number] => [
      at[i],
      canvas[i] - at[i] - image.shape[1 + i],
    ]
    const cells = place(x, pads, outside)
    let gradient: Tensor = tf.zeros([x.shape[0], canvas[0], canvas[1], x.shape[3]])
    let open: Tensor = tf.onesLike(dy)
    for (let tap = 0; tap < size[0] * size[1]; tap++) {
      const at = [Math.floor(tap / size[1]), tap % size[1]]
      const end = [x.shape[0], at[0] + reach[0], at[1] + reach[1], x.shape[3]]
      const equal = tf.cast(tf.equal(tf.stridedSlice(cells, [0, ...at, 0], end, [1, ...strides, 1]), y), 'float32')
      const share = tf.mul(dy, tf.mul(equal, open))
      gradient = tf.add(gradient, place(spreadOut(share, [1, ...strides, 1]), at))
      open = tf.mul(open, tf.sub(1, equal))
    }
    return tf.slice(gradient, [0, ...pads, 0], x.shape)
  })

type Geometry = Readonly<Record<'size' | 'strides' | 'pads', readonly [number, number]>>

function geometryOf(image: readonly number[], attributes: Attributes): Geometry {
  const { pad, rounding } = windowIn(attributes)
  const [size, strides] = [stepsIn(attributes, 'filterSize'), stepsIn(attributes, 'strides')]
  const info = tf.backend_util.computePool2DInfo(imageShape(image), size, strides, 1, pad, rounding)
  return {
    size: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    pads: [info.padInfo.top, info.padInfo.left],
  }
}
