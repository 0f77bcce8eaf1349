import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Program } from './sandbox/confined.ts'

const require = createRequire(import.meta.url)

/**
 * The program that runs imported models. Node lets its JavaScript read its own files, write none and start no process;
 * native code, such as ONNX Runtime, is not bound by that.
 */
export function modelProgram(args: readonly string[]): Program {
  const readable = [fileURLToPath(new URL('../..', import.meta.url)), ...runtimePackages.map(folderOf)]
  const permissions = ['--permission', '--allow-addons', '--allow-worker', ...readable.map(readFrom)]
  const entry = fileURLToPath(new URL('./model-host.ts', import.meta.url))
  return {
    program: process.execPath,
    args: [
      '--disable-warning=ExperimentalWarning',
      '--disable-warning=SecurityWarning',
      ...permissions,
      entry,
      ...args,
    ],
    readable,
  }
}

const runtimePackages = ['onnxruntime-node', 'onnxruntime-common']

/** Not all packages let their package.json be resolved. */
function folderOf(name: string): string {
  const folder = path.join('node_modules', name)
  const file = require.resolve(name)
  return file.slice(0, file.lastIndexOf(folder) + folder.length)
}

const readFrom = (folder: string) => `--allow-fs-read=${path.join(folder, '*')}`
