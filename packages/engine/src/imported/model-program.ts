import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { locateRuntime } from '../onnx/locate-runtime.ts'
import type { Program } from './sandbox/confined.ts'

/**
 * The program that runs imported models; `task`: see model-host.ts. Node lets its JavaScript read its own files, write
 * none and start no process; native code, such as ONNX Runtime, is not bound by that.
 */
export function modelProgram(task: string): Program {
  const runtime = locateRuntime()
  const readable = [fileURLToPath(new URL('../..', import.meta.url)), ...runtime.folders]
  const permissions = ['--permission', '--allow-addons', '--allow-worker', ...readable.map(readFrom)]
  const entry = fileURLToPath(new URL('./model-host.ts', import.meta.url))
  return {
    program: process.execPath,
    args: [...quiet, ...permissions, entry, task, JSON.stringify(runtime)],
    readable,
  }
}

const quiet = ['--disable-warning=ExperimentalWarning', '--disable-warning=SecurityWarning']

const readFrom = (folder: string) => `--allow-fs-read=${path.join(folder, '*')}`
