import * as tf from '@tensorflow/tfjs-core'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import { elementsOf, type ElementKind, type Graph, type Value } from './graph.ts'
import type { KernelCall } from './kernels/kernel.ts'

/** Results that are larger are left to be computed: they would make the graph's file large. */
const foldedElements = 65536

/**
 * The result of a kernel that is given nothing but constants, computed by TensorFlow.js's own cpu backend; null where an
 * input is not known yet. A repeated value stays one.
 */
export function foldConstants(kernelName: string, { graph, inputs, attributes }: KernelCall): readonly Value[] | Value | null {
  const given = Object.entries(inputs)
  if (given.length === 0 || !given.every(([, value]) => isSmallConstant(value))) return null
  if (given.every(([, { producer }]) => producer.kind === 'uniform') && !foldsUniforms.has(kernelName)) return null
  const cpu = tf.findBackend('cpu')
  const kernel = tf.getKernel(kernelName, 'cpu')
  const infos = given.map(([name, value]): [string, TensorInfo] => [name, upload(cpu, value)])
  const made = kernel.kernelFunc({ inputs: Object.fromEntries(infos), attrs: attributes as {}, backend: cpu })
  const results = Array.isArray(made) ? made : [made]
  const values = results.map((info) => download(graph, cpu, info))
  for (const { dataId } of [...infos.map(([, info]) => info), ...results]) cpu.disposeData(dataId, true)
  return Array.isArray(made) ? values : values[0]
}

/** Kernels whose result is not as uniform as what they are given. */
const foldsUniforms: ReadonlySet<string> = new Set(['Add', 'Sub', 'Multiply', 'RealDiv'])

function isSmallConstant({ producer, shape }: Value): boolean {
  return (producer.kind === 'constant' || producer.kind === 'uniform') && elementsOf(shape) <= foldedElements
}

function upload(cpu: tf.KernelBackend, { producer, shape, type }: Value): TensorInfo {
  const dtype = type === 'float32' || type === 'int32' ? type : 'bool'
  const elements = elementsOf(shape)
  const data = producer.kind === 'constant' ? producer.data : Array<number>(elements).fill(valueOf(producer))
  const values = dtype === 'float32' ? Float32Array.from(data) : dtype === 'int32' ? Int32Array.from(data) : Uint8Array.from(data)
  return { dataId: cpu.write(values, [...shape], dtype), shape: [...shape], dtype }
}

function valueOf(producer: Value['producer']): number {
  if (producer.kind !== 'uniform') throw new TypeError('not a repeated value')
  return producer.value
}

function download(graph: Graph, cpu: tf.KernelBackend, { dataId, shape, dtype }: TensorInfo): Value {
  const type: ElementKind = dtype === 'float32' || dtype === 'int32' ? dtype : 'bool'
  return graph.constant(Array.from(cpu.readSync(dataId) as ArrayLike<number>), { shape, type })
}
