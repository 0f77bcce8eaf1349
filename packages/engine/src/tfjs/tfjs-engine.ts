import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type {
  Compiled,
  Elements,
  Engine,
  EngineTensor,
  Inputs,
  TensorFunction,
  TensorSpec,
  TensorSpecs,
} from '../engine.ts'
import { checkElements, checkTensor, elementsIn } from '../inputs.ts'
import { mapEntries } from '../map-entries.ts'
import type { LoadedBackend } from './backends.ts'
import { registerGradients } from '../gradients/register-gradients.ts'

/** Runs tensor functions eagerly on one TensorFlow.js backend. */
export function createTfjsEngine(name: string, loaded: LoadedBackend): Engine {
  registerGradients()
  const live = new Set<EngineTensor>()
  const tensors = new WeakMap<EngineTensor, Tensor>()

  /** Backends are a global switch of TensorFlow.js. An initialised one is switched to before this returns. */
  function activate(): void {
    if (tf.getBackend() !== loaded.backend) void tf.setBackend(loaded.backend)
  }

  function upload(values: Elements, spec: TensorSpec, label: string): Tensor {
    checkElements(values, spec, label)
    return tf.tensor(
      loaded.aliases ? values.slice() : values,
      [...spec.shape],
      spec.type === 'uint8' ? 'bool' : spec.type,
    )
  }

  function wrap(tensor: Tensor, spec: TensorSpec): EngineTensor {
    const handle: EngineTensor = {
      spec,
      async data() {
        activate()
        const values = elementsIn(await tensor.data())
        return loaded.aliases ? values.slice() : values
      },
      dispose() {
        if (live.delete(handle)) tensor.dispose()
      },
    }
    live.add(handle)
    tensors.set(handle, tensor)
    return handle
  }

  function bind(given: Inputs[string] | undefined, spec: TensorSpec, label: string): Tensor {
    if (given === undefined) throw new TypeError(`${label} is missing`)
    if (!('spec' in given)) return upload(given, spec, label)
    const tensor = tensors.get(given)
    if (tensor === undefined) throw new TypeError(`${label} belongs to another engine`)
    checkTensor(given.spec, spec, label)
    return tensor
  }

  async function compile(fn: TensorFunction, inputs: TensorSpecs): Promise<Compiled> {
    const names = Object.keys(inputs)
    const place = (given: Inputs, name: string) => bind(given[name], inputs[name], `input ${name}`)
    const run = async (find: (name: string) => Tensor) => {
      activate()
      const outputs = tf.tidy(() => {
        const bound = Object.fromEntries(names.map((name) => [name, find(name)]))
        return detach(fn(bound), bound)
      })
      return mapEntries(outputs, (tensor, key) => wrap(tensor, outputSpec(tensor, key)))
    }
    return {
      async bind(fixed) {
        activate()
        const given = names.filter((name) => name in fixed)
        const kept = tf.tidy(() => Object.fromEntries(given.map((name) => [name, tf.clone(place(fixed, name))])))
        return {
          run: (rest) => run((name) => kept[name] ?? place(rest, name)),
          dispose: () => tf.dispose(Object.values(kept)),
        }
      },
      run: (given) => run((name) => place(given, name)),
      dispose() {},
    }
  }

  return {
    info: { name, build: loaded.build, threads: loaded.threads, device: loaded.device },
    compile,
    tensor(values, spec) {
      activate()
      return wrap(upload(values, spec, 'the array'), spec)
    },
    memory() {
      const { numTensors, numBytes } = tf.memory()
      return { tensors: numTensors, bytes: numBytes }
    },
    dispose() {
      for (const handle of live) handle.dispose()
    },
  }
}

/** An output that is also an input would be disposed twice, so it gets its own reference. */
function detach(outputs: Record<string, Tensor>, inputs: Record<string, Tensor>): Record<string, Tensor> {
  const given = new Set(Object.values(inputs))
  const seen = new Set<Tensor>()
  return Object.fromEntries(
    Object.entries(outputs).map(([key, tensor]) => {
      const own = given.has(tensor) || seen.has(tensor) ? tf.clone(tensor) : tensor
      seen.add(own)
      return [key, own]
    }),
  )
}

function outputSpec({ shape, dtype }: Tensor, name: string): TensorSpec {
  if (dtype !== 'float32' && dtype !== 'int32')
    throw new TypeError(`output ${name} is of type ${dtype}: cast it to float32 or int32`)
  return { shape, type: dtype }
}
