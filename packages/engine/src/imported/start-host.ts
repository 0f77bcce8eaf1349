import { spawn, type ChildProcess } from 'node:child_process'
import type { Readable } from 'node:stream'
import type { Provider } from '../onnx/runtime.ts'
import { modelProgram } from './model-program.ts'
import { confined, infoDescriptor, type Sandbox } from './sandbox/confined.ts'

/** The process of a model, or the one of bubblewrap around it: both end together. */
export type ModelHost = {
  readonly process: ChildProcess
  /** The process that needs the model's memory; undefined until it is known. */
  readonly modelPid: () => number | undefined
}

/** Only on the processor: drivers of graphics cards need devices, folders and the environment. */
export function startHost(provider: Provider, sandbox: Sandbox): ModelHost {
  const isConfined = provider === 'cpu'
  const kind = isConfined ? sandbox : 'none'
  // Inside bubblewrap it is the first process, without a parent.
  const parent = kind === 'bubblewrap' ? 0 : process.pid
  const { command, args } = confined(kind, modelProgram([String(parent)]))
  const child = spawn(command, args, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc', kind === 'bubblewrap' ? 'pipe' : 'ignore'],
    // The environment may hold secrets. (Windows starts no program without one.)
    ...(isConfined && process.platform !== 'win32' ? { env: {} } : {}),
  })
  if (kind !== 'bubblewrap') return { process: child, modelPid: () => child.pid }
  return { process: child, modelPid: readPid(child.stdio[infoDescriptor] as Readable) }
}

/** bubblewrap writes a JSON object once, with the process that it has started. */
function readPid(info: Readable): () => number | undefined {
  let text = ''
  info.on('data', (chunk: Buffer) => (text += chunk.toString())).on('error', () => undefined)
  return () => {
    const pid = /"child-pid":\s*(\d+)/.exec(text)?.[1]
    return pid === undefined ? undefined : Number(pid)
  }
}
