import * as tf from '@tensorflow/tfjs-core'
import type { Rule, Rules } from './rule.ts'

/**
 * Kernels whose output does not change with small changes of their inputs. They also need rules: a condition that was
 * computed from a weight is on the path from that weight to the loss.
 */
const inputsOf: Readonly<Record<string, readonly string[]>> = {
  Greater: ['a', 'b'],
  GreaterEqual: ['a', 'b'],
  Less: ['a', 'b'],
  LessEqual: ['a', 'b'],
  Equal: ['a', 'b'],
  NotEqual: ['a', 'b'],
  LogicalAnd: ['a', 'b'],
  LogicalOr: ['a', 'b'],
  LogicalNot: ['x'],
  Step: ['x'],
  Sign: ['x'],
  Floor: ['x'],
  ArgMax: ['x'],
  OneHot: ['indices'],
  ZerosLike: ['x'],
  OnesLike: ['x'],
}

export const constantRules: Rules = Object.fromEntries(
  Object.entries(inputsOf).map(([kernelName, inputs]) => [kernelName, constantRule(inputs)]),
)

function constantRule(inputs: readonly string[]): Rule {
  return {
    inputs,
    gradient: (_dy, saved) => Object.fromEntries(inputs.map((name, i) => [name, () => tf.zeros(saved[i].shape)])),
  }
}
