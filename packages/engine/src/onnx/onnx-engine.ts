import type { Tensor } from 'onnxruntime-node'
import type { Elements, Engine, EngineInfo, EngineTensor, TensorSpec } from '../engine.ts'
import { registerGradients } from '../gradients/register-gradients.ts'
import { arrayTypes, checkElements, checkTensor, elementsIn, elementsOf } from '../inputs.ts'
import { createGraph, type Target } from '../recording/graph.ts'
import { record, type Recording } from '../recording/recorder.ts'
import { compileRecording, type Exchange } from './compile-recording.ts'
import { encodeModel } from './model.ts'
import { createSession, type LoadedRuntime, type Provider } from './runtime.ts'
import { createSpareArrays } from './spare-arrays.ts'
import { releaseTensor } from './stage.ts'

type OnnxEngineSetup = {
  readonly info: EngineInfo
  readonly provider: Provider
  readonly loaded: LoadedRuntime
  /** See `Target`. */
  readonly block: number | undefined
}

/** Records tensor functions once and runs them with ONNX Runtime. */
export function createOnnxEngine({ info, provider, loaded, block }: OnnxEngineSetup): Engine {
  registerGradients()
  const { runtime } = loaded
  const { threads } = info
  const live = new Map<EngineTensor, Tensor>()
  const spare = createSpareArrays()
  const downloads = createDownloads(loaded, provider)
  const device = provider === 'cpu' ? 'cpu' : 'gpu'
  const target: Target = { device, threads, ...(block === undefined ? {} : { block }) }

  function wrap(tensor: Tensor, spec: TensorSpec): EngineTensor {
    const handle: EngineTensor = {
      spec,
      data: async () => (tensor.location === 'cpu' ? elementsIn(tensor.data).slice() : downloads.read(tensor, spec)),
      dispose() {
        if (live.delete(handle)) releaseTensor(tensor, spare)
      },
    }
    live.set(handle, tensor)
    return handle
  }

  const bind: Exchange['bind'] = (given, spec, label) => {
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

  return {
    info,
    compile: async (fn, specs) =>
      compileRecording({ loaded, provider, threads, spare }, record(fn, specs, target), {
        specs,
        exchange: { bind, wrap },
      }),
    tensor(values, spec) {
      checkElements(values, spec, 'the array')
      const own = spare.take(spec)
      own.set(values)
      return wrap(new runtime.Tensor(spec.type, own, [...spec.shape]), spec)
    },
    memory() {
      const bytes = [...live.keys()].map(({ spec }) => elementsOf(spec) * arrayTypes[spec.type].BYTES_PER_ELEMENT)
      return { tensors: live.size, bytes: bytes.reduce((sum, each) => sum + each, 0) }
    },
    dispose() {
      for (const handle of live.keys()) handle.dispose()
      downloads.dispose()
    },
  }
}

type Downloads = { read(tensor: Tensor, spec: TensorSpec): Promise<Elements>; dispose(): void }

/** The binding (1.30) cannot read the device's memory, but a copying session can. */
function createDownloads(loaded: LoadedRuntime, provider: Provider): Downloads {
  const sessions = new Map<string, ReturnType<typeof createSession>>()
  return {
    async read(tensor, spec) {
      const key = `${spec.type} ${spec.shape.join()}`
      const session =
        sessions.get(key) ?? createSession(loaded, encodeModel(identity(spec)), { provider, threads: 1, kept: [] })
      sessions.set(key, session)
      const { y } = await (await session).run({ x: tensor })
      return elementsIn(y.data)
    },
    dispose() {
      for (const session of sessions.values()) void session.then((opened) => opened.release())
      sessions.clear()
    },
  }
}

function identity({ shape, type }: TensorSpec): Recording {
  const x = createGraph().input('x', { shape, type })
  return { inputs: { x }, outputs: { y: x } }
}
