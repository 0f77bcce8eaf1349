import { createRequire } from 'node:module'
import { join } from 'node:path'
import { installedVersion } from '../installed-version.ts'

/** Where ONNX Runtime's binding is, in absolute paths without links, so that it is found without looking further. */
export type RuntimeInstallation = {
  readonly entry: string
  /** All that it consists of; the first is its own. */
  readonly folders: readonly [string, string]
  readonly version: string
}

const require = createRequire(import.meta.url)
const [binding, common] = ['onnxruntime-node', 'onnxruntime-common']

/** Throws if it is not installed. */
export function locateRuntime(): RuntimeInstallation {
  const entry = require.resolve(binding)
  const folders = [folderOf(entry, binding), folderOf(createRequire(entry).resolve(common), common)] as const
  return { entry, folders, version: installedVersion(binding) }
}

/** The folder of a package of which a file is known: not all packages let their package.json be resolved. */
function folderOf(file: string, name: string): string {
  const folder = join('node_modules', name)
  return file.slice(0, file.lastIndexOf(folder) + folder.length)
}
