import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { StoredFile } from '@goalpost/experiments'
import { hashOf } from './content-hash.ts'

/** The files of a folder store, folder by folder. Others than artifacts are left out. */
export async function* listFiles(root: string): AsyncGenerator<StoredFile> {
  for (const shard of await readdir(root)) {
    if (!/^[0-9a-f]{2}$/.test(shard)) continue
    for (const name of await readdir(join(root, shard))) {
      const hash = hashOf(shard, name)
      const found = hash === null ? null : await stat(join(root, shard, name)).catch(() => null)
      // It may have been removed since the folder was read.
      if (hash !== null && found !== null) yield { hash, bytes: found.size, writtenAt: found.mtime }
    }
  }
}
