import { Tensor, type NamedTensorInfoMap } from '@tensorflow/tfjs-core'

/** The inputs of a kernel that consists of ops: ops and gradients call kernels with whole tensors. */
export function tensorsIn(inputs: NamedTensorInfoMap): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, input]) => (input instanceof Tensor ? [[name, input]] : [])),
  )
}
