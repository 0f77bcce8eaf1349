import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { constantRules } from './constants.ts'
import { convolutionRules } from './convolution.ts'
import { binaryRules, unaryRules } from './elementwise.ts'
import { indexingRules } from './indexing.ts'
import { productRules } from './products.ts'
import { reductionRules } from './reductions.ts'
import type { Gradients, Rule, Rules } from './rule.ts'
import { separationRules, shapeRules } from './shapes.ts'

/**
 * The derivative rules of the kernels that learning uses. The Node build of tfjs-core has none, and the rules of the
 * umbrella package multiply by transposed matrices, which the wasm backend does ten times slower than transposing
 * first.
 */
const tables: readonly Rules[] = [
  binaryRules,
  unaryRules,
  constantRules,
  reductionRules,
  shapeRules,
  indexingRules,
  productRules,
  convolutionRules,
]

/** Registers the rules in TensorFlow.js; calling it again changes nothing. */
export function registerGradients(): void {
  for (const table of tables)
    for (const [kernelName, rule] of Object.entries(table)) tf.registerGradient(configurationOf(kernelName, rule))
  for (const [kernelName, gradient] of Object.entries(separationRules))
    // TensorFlow.js passes a single output's gradient without a list.
    tf.registerGradient({
      kernelName,
      gradFunc: (dys, _saved, attributes) => named(gradient([dys].flat(), attributes)),
    })
}

function configurationOf(kernelName: string, { inputs = [], keepsOutput = false, gradient }: Rule): tf.GradConfig {
  return {
    kernelName,
    ...(inputs === 'all' ? { saveAllInputs: true } : { inputsToSave: [...inputs] }),
    outputsToSave: [keepsOutput],
    gradFunc: (dy, saved, attributes) => named(gradient([dy].flat()[0], saved, attributes)),
  }
}

/** A list's indices are its names. */
function named(gradients: Gradients): Record<string, () => Tensor> {
  return Object.fromEntries(Object.entries(gradients))
}
