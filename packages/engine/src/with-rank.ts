import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'

type Ranked = { 0: Scalar; 1: Tensor1D; 2: Tensor2D; 3: Tensor3D; 4: Tensor4D }

/**
 * The same tensor, typed by its rank: inputs of a `TensorFunction` may have any.
 * @throws TypeError if it has another rank.
 */
export function withRank<Rank extends keyof Ranked>(tensor: Tensor, rank: Rank): Ranked[Rank] {
  if (hasRank(tensor, rank)) return tensor
  throw new TypeError(`a tensor of rank ${rank} is needed, not one of shape [${tensor.shape.join()}]`)
}

function hasRank<Rank extends keyof Ranked>(tensor: Tensor, rank: Rank): tensor is Ranked[Rank] {
  return tensor.rank === rank
}
