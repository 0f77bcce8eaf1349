import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'

/**
 * A convolution with stride 1 and zero padding to equal size, plus bias.
 * image: [batch, height, width, from]; filter: [kernel, kernel, from, to] with an odd kernel; bias: [to].
 * `first` says that the image is data, so that nobody wants its gradient.
 *
 * The wasm backend has no kernel for the filter's gradient and a slow one for the image's. The image's gradient is the
 * convolution of `dy` with the filter turned by 180° and its channels swapped; the filter's is, for every tap, the
 * product of the image shifted to that tap with `dy`.
 */
export function convolution(image: Tensor4D, filter: Tensor4D, bias: Tensor1D, first: boolean): Tensor4D {
  const layer = tf.customGrad((...given) => {
    const save = given.at(-1) as tf.GradSaveFunc
    save([image, filter])
    return {
      value: tf.add(tf.conv2d(image, filter, 1, 'same'), bias),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [savedImage, savedFilter] = saved as Tensor4D[]
        const columns = tf.reshape(dy, [-1, dy.shape[3] ?? 1]) as Tensor2D
        const dFilter = filterGradient(savedImage, columns, savedFilter.shape)
        const dBias = tf.reshape(tf.matMul(tf.ones([1, columns.shape[0]]), columns), bias.shape)
        const dImage = () => tf.conv2d(dy as Tensor4D, turned(savedFilter), 1, 'same')
        return first ? [dFilter, dBias] : [dFilter, dBias, dImage()]
      },
    }
  })
  return (first ? layer(filter, bias) : layer(filter, bias, image)) as Tensor4D
}

/** [kernel, kernel, from, to] → the same turned by 180°, as [kernel, kernel, to, from]. */
function turned(filter: Tensor4D): Tensor4D {
  return tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2])
}

/** columns: dy as [batch · height · width, to]. */
function filterGradient(image: Tensor4D, columns: Tensor2D, shape: Tensor4D['shape']): Tensor4D {
  const [batch, height, width, from] = image.shape
  const [kernel, , , to] = shape
  const margin = (kernel - 1) / 2
  const padded = tf.pad(image, [[0, 0], [margin, margin], [margin, margin], [0, 0]])
  const rows = tf.transpose(columns)
  const taps: Tensor2D[] = []
  for (let y = 0; y < kernel; y++)
    for (let x = 0; x < kernel; x++) {
      const shifted = tf.slice(padded, [0, y, x, 0], [batch, height, width, from])
      taps.push(tf.transpose(tf.matMul(rows, tf.reshape(shifted, [-1, from]) as Tensor2D)))
    }
  return tf.reshape(tf.concat(taps, 0), [kernel, kernel, from, to]) as Tensor4D
}
