import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { GoalpostError } from '@goalpost/contracts'
import type { FoundFile } from './settled-files.ts'

/** The files of a folder, without those of its subfolders, whose names end in `ending`. */
export async function scanFolder(folder: string, ending: string): Promise<FoundFile[]> {
  const names = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    throw new GoalpostError('invalid-request', `The folder ${folder} cannot be read: ${cause.message}`, { cause })
  })
  const found = names
    .filter((name) => name.endsWith(ending))
    .map(async (name) => {
      // It may be gone already.
      const file = await stat(join(folder, name)).catch(() => null)
      return file?.isFile() === true ? [{ name, size: file.size, mtimeMs: file.mtimeMs }] : []
    })
  return (await Promise.all(found)).flat()
}
