import { createHash } from 'node:crypto'
import { basename, dirname, extname, resolve } from 'node:path'
import { GoalpostError, onnxMediaType, type ExperimentSpecInput, type UploadedFile } from '@goalpost/contracts'
import { jsonPointer } from '@goalpost/validation'
import type { ServiceApi } from '../service/service-api.ts'
import type { SpecFile } from './read-spec.ts'
import { readUpload } from './read-upload.ts'

const prefix = 'file:'

/**
 * The spec with every option `file:path` replaced by the hash of that file; paths are relative to the spec. Only the
 * protocol knows which options are files: every such text is replaced.
 */
export async function replaceFiles(
  { path, spec }: SpecFile,
  keep: (path: string, bytes: Uint8Array) => Promise<string>,
): Promise<ExperimentSpecInput> {
  const hashes = new Map<string, string>()
  const replace = async (value: unknown, place: readonly (string | number)[]): Promise<unknown> => {
    if (typeof value === 'string' && value.startsWith(prefix)) {
      const file = resolve(dirname(path), value.slice(prefix.length))
      const hash = hashes.get(file) ?? (await keep(file, await readNamed(file, place)))
      hashes.set(file, hash)
      return hash
    }
    if (Array.isArray(value)) return Promise.all(value.map((item, index) => replace(item, [...place, index])))
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).map(
      async ([name, item]) => [name, await replace(item, [...place, name])] as const,
    )
    return Object.fromEntries(await Promise.all(entries))
  }
  const { options, conditions, grid, ...rest } = spec
  const replaced = await replace({ options, conditions, grid }, [])
  return { ...rest, ...(withoutUndefined(replaced as object) as Partial<ExperimentSpecInput>) }
}

/** Problems with a file are reported at the line that names it. */
async function readNamed(file: string, place: readonly (string | number)[]): Promise<Uint8Array> {
  try {
    return await readUpload(file)
  } catch (error) {
    if (!(error instanceof GoalpostError)) throw error
    const issues = [{ pointer: jsonPointer(place), message: error.message }]
    throw new GoalpostError('invalid-spec', error.message, { issues, cause: error })
  }
}

export function uploadFile(api: Pick<ServiceApi, 'upload'>, path: string, bytes: Uint8Array): Promise<UploadedFile> {
  const mediaType = extname(path).toLowerCase() === '.onnx' ? onnxMediaType : 'application/octet-stream'
  return api.upload(bytes, { name: basename(path).slice(0, 200), mediaType })
}

export function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined))
}
