import { indexingKernels } from './indexing.ts'
import { binaryKernels, unaryKernels } from './elementwise.ts'
import { convolutionKernels } from './convolution.ts'
import { poolingKernels } from './pooling.ts'
import { productKernels } from './products.ts'
import { reductionKernels } from './reductions.ts'
import { shapeKernels } from './shapes.ts'
import type { KernelTable } from './kernel.ts'

/** Every TensorFlow.js kernel that can be recorded, by TensorFlow.js's name. */
export const kernelTable: KernelTable = {
  ...binaryKernels,
  ...unaryKernels,
  ...reductionKernels,
  ...shapeKernels,
  ...productKernels,
  ...indexingKernels,
  ...convolutionKernels,
  ...poolingKernels,
}
