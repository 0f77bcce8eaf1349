import * as tf from '@tensorflow/tfjs-core'
import type { DataType, Tensor, TensorInfo } from '@tensorflow/tfjs-core'
import type { TensorFunction, TensorSpecs } from '../engine.ts'
import { elementsIn } from '../inputs.ts'
import { createGraph, elementsOf, type ElementKind, type Graph, type Target, type Value } from './graph.ts'
import { foldConstants } from './fold-constants.ts'
import { kernelTable } from './kernels/index.ts'
import type { KernelRecorder } from './kernels/kernel.ts'
import { UnmappedOperation } from './unmapped-operation.ts'

/** A function as values of a graph. */
export type Recording = {
  readonly inputs: Readonly<Record<string, Value>>
  readonly outputs: Readonly<Record<string, Value>>
}

const backendName = 'recorder'

/** Loads the backend that folds constants; recordings need it. */
export async function prepareRecording(): Promise<void> {
  await import('@tensorflow/tfjs-backend-cpu')
  await tf.setBackend('cpu')
  recorderBackend()
}

/** Calls the function once, on tensors that are placeholders in a graph, and records its operations. */
export function record(fn: TensorFunction, specs: TensorSpecs, target?: Target): Recording {
  const recorder = recorderBackend()
  const before = tf.getBackend()
  void tf.setBackend(backendName)
  try {
    return recorder.record(fn, specs, target)
  } finally {
    void tf.setBackend(before)
  }
}

function recorderBackend(): RecorderBackend {
  const registered = tf.findBackend(backendName)
  if (registered instanceof RecorderBackend) return registered
  const recorder = new RecorderBackend()
  tf.registerBackend(backendName, () => recorder)
  for (const { kernelName } of tf.getKernelsForBackend('cpu'))
    tf.registerKernel({ kernelName, backendName, kernelFunc: recorder.kernel(kernelName) })
  return recorder
}

/**
 * A TensorFlow.js backend whose kernels compute nothing. TensorFlow.js's gradients also consist of kernels, so the
 * backward pass and the optimizer are recorded like the forward pass.
 */
class RecorderBackend extends tf.KernelBackend {
  private graph: Graph = createGraph()
  private readonly values = new tf.DataStorage<Value>(this, tf.engine())

  record(fn: TensorFunction, specs: TensorSpecs, target?: Target): Recording {
    this.graph = createGraph(target)
    const inputs = Object.fromEntries(
      Object.entries(specs).map(([name, { shape, type }]) => [name, this.graph.input(name, { shape, type })]),
    )
    const outputs: Record<string, Value> = {}
    tf.tidy(() => {
      const bound = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, this.tensorOf(value)]))
      for (const [name, tensor] of Object.entries(fn(bound))) outputs[name] = this.values.get(tensor.dataId)
    })
    return { inputs, outputs }
  }

  kernel(kernelName: string): tf.KernelFunc {
    const recordKernel: KernelRecorder | undefined = kernelTable[kernelName]
    return ({ inputs, attrs }) => {
      const given = Object.fromEntries(
        Object.entries(inputs).flatMap(([name, tensor]) =>
          tensor === undefined ? [] : [[name, this.values.get(tensor.dataId)]],
        ),
      )
      const call = { graph: this.graph, inputs: given, attributes: attrs ?? {} }
      const folded = foldConstants(kernelName, call)
      if (folded === null && recordKernel === undefined) throw new UnmappedOperation(kernelName)
      const made = folded ?? recordKernel(call)
      return 'producer' in made ? this.infoOf(made) : made.map((value) => this.infoOf(value))
    }
  }

  private tensorOf(value: Value): Tensor {
    const { dataId, shape, dtype } = this.infoOf(value)
    return tf.engine().makeTensorFromDataId(dataId, shape, dtype)
  }

  private infoOf(value: Value): TensorInfo {
    const dataId = {}
    this.values.set(dataId, value)
    return { dataId, shape: [...value.shape], dtype: typeOf(value.type) }
  }

  override write(values: tf.BackendValues, shape: number[], dtype: DataType): object {
    if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool')
      throw new TypeError(`a constant of type ${dtype} cannot be recorded`)
    const data = Array.from(elementsIn(values))
    const repeated = data.length > 0 && data.every((value) => Object.is(value, data[0]))
    const type = { shape, type: dtype }
    return this.infoOf(repeated ? this.graph.uniform(data[0], type) : this.graph.constant(data, type)).dataId
  }

  override move(dataId: object, values: tf.BackendValues, shape: number[], dtype: DataType): void {
    this.values.set(dataId, this.values.get(this.write(values, shape, dtype)))
  }

  override readSync(dataId: object): tf.BackendValues {
    const { producer, shape } = this.values.get(dataId)
    if (producer.kind === 'constant') return Float32Array.from(producer.data)
    if (producer.kind === 'uniform') return new Float32Array(elementsOf(shape)).fill(producer.value)
    throw new UnmappedOperation('data()', 'cannot be recorded: a compiled function must not look at its values')
  }

  override async read(dataId: object): Promise<tf.BackendValues> {
    return this.readSync(dataId)
  }

  override disposeData(dataId: object): boolean {
    if (this.values.has(dataId)) this.values.delete(dataId)
    return true
  }

  override refCount(): number {
    return 1
  }

  override incRef(): void {}

  override numDataIds(): number {
    return this.values.numDataIds()
  }

  override floatPrecision(): 32 {
    return 32
  }

  override epsilon(): number {
    return 1e-7
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true }
  }

  override dispose(): void {}
}

function typeOf(type: ElementKind): DataType {
  return type === 'float32' || type === 'int32' ? type : 'bool'
}
