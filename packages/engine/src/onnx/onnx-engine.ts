import type { Tensor } from 'onnxruntime-node'
import type {
  Compiled,
  Elements,
  Engine,
  EngineInfo,
  EngineTensor,
  TensorFunction,
  TensorSpec,
  TensorSpecs,
} from '../engine.ts'
import { registerGradients } from '../gradients/register-gradients.ts'
import { arrayTypes, checkElements, checkTensor, elementsOf } from '../inputs.ts'
import { createGraph } from '../recording/graph.ts'
import { record, type Recording } from '../recording/recorder.ts'
import { encodeModel } from './model.ts'
import { createSession, type LoadedRuntime, type Provider } from './runtime.ts'

type OnnxEngineSetup = {
  readonly info: EngineInfo
  readonly provider: Provider
  readonly loaded: LoadedRuntime
  /** See `Target`. */
  readonly block: number | undefined
}

/** Records tensor functions once and has ONNX Runtime run them. */
export function createOnnxEngine({ info, provider, loaded, block }: OnnxEngineSetup): Engine {
  registerGradients()
  const { runtime } = loaded
  const live = new Map<EngineTensor, Tensor>()
  const spare = createSpareArrays()

  const wrap = (tensor: Tensor, spec: TensorSpec): EngineTensor => {
    const handle: EngineTensor = {
      spec,
      data: async () => (tensor.location === 'cpu' ? elementsIn(tensor).slice() : await download(tensor, spec)),
      dispose() {
        if (!live.delete(handle)) return
        if (tensor.location === 'cpu') spare.keep(elementsIn(tensor))
        else tensor.dispose()
      },
    }
    live.set(handle, tensor)
    return handle
  }

  const bind = (given: EngineTensor | Elements | undefined, spec: TensorSpec, label: string): Tensor => {
    if (given === undefined) throw new TypeError(`${label} is missing`)
    if ('spec' in given) {
      checkTensor(given.spec, spec, label)
      const tensor = live.get(given)
      if (tensor === undefined) throw new TypeError(`${label} belongs to another engine, or was disposed`)
      return tensor
    }
    checkElements(given, spec, label)
    return new runtime.Tensor(spec.type, given, [...spec.shape])
  }

  const open = (recording: Recording, kept: readonly string[]) =>
    createSession(loaded, encodeModel(recording), { provider, threads: info.threads, kept })

  /** The binding cannot read the device's memory, but a session that copies can. */
  const copies = new Map<string, ReturnType<typeof open>>()
  async function download(tensor: Tensor, spec: TensorSpec): Promise<Elements> {
    const key = `${spec.type} ${spec.shape.join()}`
    const session = copies.get(key) ?? open(identity(spec), [])
    copies.set(key, session)
    const { y } = await (await session).run({ x: tensor })
    return elementsIn(y as Tensor)
  }

  async function compile(fn: TensorFunction, specs: TensorSpecs): Promise<Compiled> {
    const recording = record(fn, specs, {
      device: provider === 'cpu' ? 'cpu' : 'gpu',
      threads: info.threads,
      ...(block === undefined ? {} : { block }),
    })
    const outputs = outputSpecs(recording)
    const kept = provider === 'webgpu' ? Object.keys(outputs).filter((name) => elementsOf(outputs[name]) > 4096) : []
    const named = { ...recording, outputs: renameKeys(recording.outputs, outputName) }
    const session = await open(named, kept.map(outputName))
    // What is large stays on a graphics processor; on the processor, arrays of earlier outputs are written again.
    const place = (spec: TensorSpec, name: string) =>
      kept.includes(name) ? null : new runtime.Tensor(spec.type, spare.take(spec), [...spec.shape])
    return {
      async run(given) {
        const feeds = mapEntries(specs, (spec, name) => bind(given[name], spec, `input ${name}`))
        const results = await session.run(feeds, renameKeys(mapEntries(outputs, place), outputName))
        return mapEntries(outputs, (spec, name) => wrap(results[outputName(name)] as Tensor, spec))
      },
      dispose: () => void session.release(),
    }
  }

  return {
    info,
    compile,
    tensor(values, spec) {
      checkElements(values, spec, 'the array')
      const own = spare.take(spec)
      own.set(values)
      return wrap(new runtime.Tensor(spec.type, own, [...spec.shape]), spec)
    },
    memory() {
      const bytes = [...live.keys()].reduce(
        (sum, { spec }) => sum + elementsOf(spec) * arrayTypes[spec.type].BYTES_PER_ELEMENT,
        0,
      )
      return { tensors: live.size, bytes }
    },
    dispose() {
      for (const handle of live.keys()) handle.dispose()
      for (const session of copies.values()) void session.then((opened) => opened.release())
      copies.clear()
    },
  }
}

function identity({ shape, type }: TensorSpec): Recording {
  const x = createGraph().input('x', { shape, type })
  return { inputs: { x }, outputs: { y: x } }
}

function outputSpecs({ outputs }: Recording): Record<string, TensorSpec> {
  return mapEntries(outputs, ({ shape, type }, name) => {
    if (type !== 'float32' && type !== 'int32')
      throw new TypeError(`output ${name} is of type ${type}: cast it to float32 or int32`)
    return { shape, type }
  })
}

function elementsIn(tensor: Tensor): Elements {
  return tensor.data as Elements
}

/** Arrays that nobody uses any more, to be outputs again: parameters that are replaced by every update make no garbage. */
function createSpareArrays(): { take(spec: TensorSpec): Elements; keep(array: Elements): void } {
  const kept = new Map<string, Elements[]>()
  const shelf = (type: string, length: number) => {
    const key = `${type} ${length}`
    const before = kept.get(key)
    if (before !== undefined) return before
    const made: Elements[] = []
    kept.set(key, made)
    return made
  }
  return {
    take: (spec) => shelf(spec.type, elementsOf(spec)).pop() ?? new arrayTypes[spec.type](elementsOf(spec)),
    keep: (array) => void shelf(typeOf(array), array.length).push(array),
  }
}

function typeOf(array: Elements): string {
  return array instanceof Float32Array ? 'float32' : array instanceof Int32Array ? 'int32' : 'uint8'
}

/** A function may call its outputs as it calls its inputs; a graph may not. */
function outputName(name: string): string {
  return `${name}'`
}

function renameKeys<T>(record: Readonly<Record<string, T>>, rename: (key: string) => string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [rename(key), value]))
}

function mapEntries<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From, key: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]))
}
