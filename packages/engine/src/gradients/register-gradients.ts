import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { binaryRules, unaryRules } from './elementwise.ts'
import { productRules } from './products.ts'
import { reductionRules } from './reductions.ts'
import type { ManyOutputsRule, Rule, Rules } from './rule.ts'
import { shapeRules } from './shapes.ts'

/**
 * The derivative rules of the kernels that learning uses. The Node build of tfjs-core brings none, and the rules of the
 * umbrella package multiply by transposed matrices, which the wasm backend does ten times slower than transposing first.
 */
const tables: readonly Rules[] = [binaryRules, unaryRules, reductionRules, shapeRules, productRules]

/** Makes the rules known to TensorFlow.js; calling it again changes nothing. */
export function registerGradients(): void {
  for (const table of tables)
    for (const [kernelName, rule] of Object.entries(table)) tf.registerGradient(configurationOf(kernelName, rule))
}

function configurationOf(kernelName: string, rule: Rule | ManyOutputsRule): tf.GradConfig {
  if ('manyOutputs' in rule)
    return { kernelName, gradFunc: (dys, _saved, attributes) => rule.gradient(dys as Tensor[], attributes) }
  return {
    kernelName,
    inputsToSave: [...(rule.inputs ?? [])],
    outputsToSave: [rule.keepsOutput ?? false],
    gradFunc: (dy, saved, attributes) => rule.gradient(dy as Tensor, saved, attributes),
  }
}
