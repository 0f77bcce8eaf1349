import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { registerGradients } from '../gradients/register-gradients.ts'
import type { TensorFunction, TensorSpecs } from '../engine.ts'
import { neededNodes } from './needed-nodes.ts'
import { prepareRecording, record } from './recorder.ts'

beforeAll(async () => {
  registerGradients()
  await prepareRecording()
})

const specs: TensorSpecs = {
  x: { shape: [4, 3], type: 'float32' },
  weight: { shape: [3, 2], type: 'float32' },
  bias: { shape: [2], type: 'float32' },
}

function operatorsOf(fn: TensorFunction): string[] {
  return neededNodes(Object.values(record(fn, specs).outputs)).map(({ operator }) => operator)
}

test('a value that is requested twice is computed once', () => {
  expect(operatorsOf(({ x }) => ({ y: tf.add(tf.exp(x), tf.exp(x)) }))).toEqual(['Exp', 'Add'])
})

test('values that no output needs are left out', () => {
  const wasteful: TensorFunction = ({ x }) => {
    tf.tanh(tf.exp(x))
    return { y: tf.neg(x) }
  }
  expect(operatorsOf(wasteful)).toEqual(['Neg'])
})

test('values that depend only on constants are computed while recording', () => {
  const { outputs } = record(() => ({ y: tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])) }), specs)
  expect(outputs['y'].producer).toEqual({ kind: 'constant', data: [11] })
})

test('a repeated value takes the space of one number', () => {
  const { outputs } = record(() => ({ y: tf.mul(tf.ones([1000, 1000]), tf.scalar(3)) }), specs)
  expect(outputs['y'].producer).toEqual({ kind: 'uniform', value: 3 })
})

test('a dense layer is one product, forward and for each gradient, without separate transpositions', () => {
  const dense: TensorFunction = ({ x, weight, bias }) => {
    const [dx, dWeight, dBias] = tf.grads((a, w, b) => tf.sum(tf.square(tf.add(tf.matMul(a, w), b))))([x, weight, bias])
    return { dx, dWeight, dBias }
  }
  const operators = operatorsOf(dense)
  expect(operators.filter((operator) => operator === 'Gemm')).toHaveLength(3)
  expect(operators).not.toContain('Transpose')
})

test('two transpositions that cancel out are left out', () => {
  expect(operatorsOf(({ x }) => ({ y: tf.exp(tf.transpose(tf.transpose(x))) }))).toEqual(['Exp'])
})

test('an operation without a counterpart is refused with its name and the place of its call', () => {
  const unmapped: TensorFunction = ({ x }) => ({ y: tf.einsum('ij,ij->i', x, x) })
  expect(() => record(unmapped, specs)).toThrow(/Einsum has no ONNX equivalent.*called at .*recorder\.test\.ts/)
})

test('a function that reads its values is refused', () => {
  expect(() => record(({ x }) => ({ y: tf.mul(x, x.dataSync()[0]) }), specs)).toThrow('must not look at its values')
})

test('recording does not change the active backend and its tensors', async () => {
  await tf.setBackend('cpu')
  const kept = tf.tensor1d([5])
  const before = tf.memory().numTensors
  expect(() => record(() => ({ y: tf.relu6(tf.ones([2])) }), specs)).not.toThrow()
  record(({ x }) => ({ y: tf.mul(x, kept) }), specs)
  expect(tf.getBackend()).toBe('cpu')
  expect(tf.memory().numTensors).toBe(before)
  expect(Array.from(kept.dataSync())).toEqual([5])
})
