import * as tf from '@tensorflow/tfjs-core'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import { elementsIn } from '../inputs.ts'
import { elementsOf, uniformOf, type ElementKind, type Graph, type Value } from './graph.ts'
import { binaryKernels, unaryKernels } from './kernels/elementwise.ts'
import type { KernelCall } from './kernels/kernel.ts'

/** Larger results are computed at run time: they would make the graph's file large. */
const foldedElements = 65536

/**
 * The result of a kernel with only constants as inputs, computed by TensorFlow.js's own cpu backend; null if an
 * input is not known yet. A repeated value stays repeated.
 */
export function foldConstants(kernelName: string, call: KernelCall): readonly Value[] | Value | null {
  const given = Object.values(call.inputs)
  if (given.length === 0) return null
  if (isElementwise(kernelName) && given.every((value) => uniformOf(value) !== null))
    return foldRepeated(kernelName, call)
  return given.every(isSmallConstant) ? compute(kernelName, call) : null
}

/** One element represents all of them. */
function foldRepeated(kernelName: string, { graph, inputs, attributes }: KernelCall): Value {
  const scalars = Object.entries(inputs).map(([name, value]): [string, Value] => [
    name,
    graph.constant([uniformOf(value) ?? 0], { shape: [], type: value.type }),
  ])
  const [result] = [compute(kernelName, { graph, inputs: Object.fromEntries(scalars), attributes })].flat()
  const shape = Object.values(inputs)
    .map((value) => [...value.shape])
    .reduce((whole, each) => tf.backend_util.assertAndGetBroadcastShape(whole, each))
  return graph.uniform(uniformOf(result) ?? 0, { shape, type: result.type })
}

function isElementwise(kernelName: string): boolean {
  return kernelName in unaryKernels || kernelName in binaryKernels
}

function compute(kernelName: string, { graph, inputs, attributes }: KernelCall): readonly Value[] | Value {
  const cpu = tf.findBackend('cpu')
  const infos = Object.entries(inputs).map(([name, value]): [string, TensorInfo] => [name, upload(cpu, value)])
  const kernel = tf.getKernel(kernelName, 'cpu')
  const made = kernel.kernelFunc({ inputs: Object.fromEntries(infos), attrs: attributes, backend: cpu })
  const results = Array.isArray(made) ? made : [made]
  const values = results.map((info) => download(graph, cpu, info))
  for (const { dataId } of [...infos.map(([, info]) => info), ...results]) cpu.disposeData(dataId, true)
  return Array.isArray(made) ? values : values[0]
}

function isSmallConstant({ producer, shape }: Value): boolean {
  return (producer.kind === 'constant' || producer.kind === 'uniform') && elementsOf(shape) <= foldedElements
}

function upload(cpu: tf.KernelBackend, { producer, shape, type }: Value): TensorInfo {
  const dtype = type === 'float32' || type === 'int32' ? type : 'bool'
  const elements = elementsOf(shape)
  const data = producer.kind === 'constant' ? producer.data : Array<number>(elements).fill(valueOf(producer))
  const values =
    dtype === 'float32' ? Float32Array.from(data) : dtype === 'int32' ? Int32Array.from(data) : Uint8Array.from(data)
  return { dataId: cpu.write(values, [...shape], dtype), shape: [...shape], dtype }
}

function valueOf(producer: Value['producer']): number {
  if (producer.kind !== 'uniform') throw new TypeError('not a repeated value')
  return producer.value
}

function download(graph: Graph, cpu: tf.KernelBackend, { dataId, shape, dtype }: TensorInfo): Value {
  const type: ElementKind = dtype === 'float32' || dtype === 'int32' ? dtype : 'bool'
  return graph.constant(Array.from(elementsIn(cpu.readSync(dataId))), { shape, type })
}
