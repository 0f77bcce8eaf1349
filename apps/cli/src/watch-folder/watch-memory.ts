import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sha256 } from '@goalpost/contracts'
import { z } from 'zod'

const registeredFile = z.object({
  size: z.number(),
  mtimeMs: z.number(),
  hash: sha256,
  version: z.number().int().positive(),
})
export type RegisteredFile = z.infer<typeof registeredFile>

const memory = z.object({
  service: z.string(),
  folder: z.string(),
  model: z.string(),
  files: z.record(z.string(), registeredFile),
})

/** Each folder, model and service has a memory of its own. */
export type Watched = { readonly service: string; readonly folder: string; readonly model: string }

export type WatchMemory = {
  readonly files: ReadonlyMap<string, RegisteredFile>
  /** On disk when it resolves. */
  remember(name: string, file: RegisteredFile): Promise<void>
}

/** The registered files of earlier watches. A lost memory is harmless: equal bytes are the same version. */
export async function openWatchMemory(stateFolder: string, watched: Watched): Promise<WatchMemory> {
  const { service, folder, model } = watched
  const name = createHash('sha256')
    .update(JSON.stringify([service, folder, model]))
    .digest('hex')
    .slice(0, 16)
  const path = join(stateFolder, 'watch', `${name}.json`)
  const files = new Map(Object.entries(await read(path)))
  return {
    files,
    async remember(file, state) {
      files.set(file, state)
      await mkdir(dirname(path), { recursive: true })
      const text = JSON.stringify({ service, folder, model, files: Object.fromEntries(files) }, null, 1)
      // Renamed into place, so that a process that is killed leaves no half of it.
      await writeFile(`${path}.new`, text)
      await rename(`${path}.new`, path)
    },
  }
}

async function read(path: string): Promise<Readonly<Record<string, RegisteredFile>>> {
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return {}
  try {
    return memory.parse(JSON.parse(text)).files
  } catch {
    return {}
  }
}
