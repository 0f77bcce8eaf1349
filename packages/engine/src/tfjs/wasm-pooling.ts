import * as tf from '@tensorflow/tfjs-core'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { imageShape, stepsIn, windowIn } from '../kernel-attributes.ts'
import { tensorsIn } from './tensors-in.ts'

type Geometry = ReturnType<typeof tf.backend_util.computePool2DInfo>

/**
 * The gradient of max pooling: each window gives its dy to the first of its maxima. The backend's own kernel (4.22)
 * gives it to the last, and loses the values of other windows for the same cell.
 */
export const maxPoolGradient: tf.KernelFunc = ({ inputs, attrs = {}, backend: wasm }) => {
  if (!isWasm(wasm)) throw new TypeError('this kernel works on the memory of the wasm backend')
  const { dy, input } = tensorsIn(inputs)
  const { pad, rounding } = windowIn(attrs)
  const [size, strides] = [stepsIn(attrs, 'filterSize'), stepsIn(attrs, 'strides')]
  const geometry = tf.backend_util.computePool2DInfo(imageShape(input.shape), size, strides, 1, pad, rounding)
  const output = wasm.makeOutput([...input.shape], 'float32')
  // Views are created after the output, whose allocation may move the heap.
  const view = (info: TensorInfo) => wasm.typedArrayFromHeap(info)
  const [image, shares, gradient] = [view(input), view(dy), view(output).fill(0)]
  for (let window = 0; window < shares.length; window++)
    gradient[firstMaximum(image, geometry, window)] += shares[window]
  return output
}

function isWasm(backend: unknown): backend is BackendWasm {
  return typeof backend === 'object' && backend !== null && 'typedArrayFromHeap' in backend && 'makeOutput' in backend
}

/** The position of the window's first maximum; windows are numbered like the output's elements. */
function firstMaximum(x: ArrayLike<number>, geometry: Geometry, window: number): number {
  const { inChannels, inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth, padInfo } = geometry
  const channel = window % inChannels
  const place = Math.floor(window / inChannels)
  const top = (Math.floor(place / outWidth) % outHeight) * strideHeight - padInfo.top
  const left = (place % outWidth) * strideWidth - padInfo.left
  const image = Math.floor(place / (outWidth * outHeight)) * inHeight
  let best = -1
  for (let row = Math.max(0, top); row < Math.min(inHeight, top + geometry.filterHeight); row++)
    for (let column = Math.max(0, left); column < Math.min(inWidth, left + geometry.filterWidth); column++) {
      const cell = ((image + row) * inWidth + column) * inChannels + channel
      if (best < 0 || x[cell] > x[best]) best = cell
    }
  return best
}
