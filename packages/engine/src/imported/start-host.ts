import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { modelProgram } from './model-program.ts'
import { confined, infoDescriptor, searchPath, type Sandbox } from './sandbox/confined.ts'

/** The process of a model, or the one of bubblewrap around it. */
export type ModelHost = {
  readonly process: ChildProcess
  /** The process that needs the model's memory; undefined until it is known. */
  readonly modelPid: () => number | undefined
  /** Resolves when both have ended. */
  end(): Promise<void>
}

/** `bare`: without the environment, which may hold secrets. (Windows starts no program without one.) */
export function startHost(sandbox: Sandbox, bare: boolean): ModelHost {
  const isWrapped = sandbox === 'bubblewrap'
  // Inside bubblewrap it is the first process, without a parent.
  const { command, args } = confined(sandbox, modelProgram(String(isWrapped ? 0 : process.pid)))
  const child = spawn(command, args, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc', isWrapped ? 'pipe' : 'ignore'],
    ...(bare && process.platform !== 'win32' ? { env: searchPath() } : {}),
  })
  const modelPid = isWrapped ? readPid(child.stdio[infoDescriptor] as Readable) : () => child.pid
  return { process: child, modelPid, end: () => end(child, modelPid()) }
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

/** The model's own process, if it is known: bubblewrap then waits for it and ends. SIGKILL, as no result is needed. */
async function end(child: ChildProcess, modelPid: number | undefined): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const gone = once(child, 'exit')
  try {
    process.kill(modelPid ?? child.pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
  await gone
}
