import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { GoalpostError } from '@goalpost/contracts'
import type { ArtifactStore } from '@goalpost/experiments'
import { assertContent, contentHash, missing, shardedPath, verified } from './content-hash.ts'
import { listFiles } from './list-files.ts'

const privateFolder = { recursive: true, mode: 0o700 }
const staleAfterMs = 24 * 3_600_000

/**
 * Artifacts as files below `root`, readable by their owner only.
 * @throws GoalpostError `unavailable` if the folder cannot be created or written to.
 */
export async function createFilesystemStore(root: string): Promise<ArtifactStore> {
  const incoming = join(root, 'incoming')
  await guarded(root, async () => {
    await mkdir(incoming, privateFolder)
    await removeStale(incoming)
    // Fails now, naming the folder, rather than during the first training.
    const probe = join(incoming, randomUUID())
    await writeDurably(probe, new Uint8Array())
    await rm(probe)
  })

  const locate = (hash: string) => {
    const { shard, name } = shardedPath(hash)
    return { folder: join(root, shard), path: join(root, shard, name) }
  }

  return {
    async write(bytes) {
      const hash = await contentHash(bytes)
      const { folder, path } = locate(hash)
      // Young again, so that it is not removed before it is registered.
      if ((await holds(path, hash)) && (await touch(root, path))) return { hash, bytes: bytes.length }
      const temporary = join(incoming, randomUUID())
      try {
        await guarded(root, async () => {
          if ((await mkdir(folder, privateFolder)) !== undefined) await syncFolder(root)
          await writeDurably(temporary, bytes)
          await rename(temporary, path)
          await syncFolder(folder)
        })
      } catch (error) {
        // If that fails too, the first error says why.
        await rm(temporary, { force: true }).catch(() => undefined)
        throw error
      }
      return { hash, bytes: bytes.length }
    },
    async read(hash) {
      const bytes = await readFile(locate(hash).path).catch(rethrowMissing(hash))
      assertContent(hash, await contentHash(bytes))
      return bytes
    },
    async has(hash) {
      return stat(locate(hash).path).then(
        () => true,
        (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? false : Promise.reject(error)),
      )
    },
    list: () => listFiles(root),
    async remove(hash, before) {
      const { path } = locate(hash)
      const found = await stat(path).catch(ignoreMissing)
      if (found === null || found.mtime >= before) return false
      await guarded(root, () => rm(path, { force: true }))
      return true
    },
    async stream(hash) {
      const { path } = locate(hash)
      const { size } = await stat(path).catch(rethrowMissing(hash))
      return { bytes: size, body: verified(hash, createReadStream(path)) }
    },
  }
}

async function holds(path: string, hash: string): Promise<boolean> {
  try {
    return (await contentHash(await readFile(path))) === hash
  } catch {
    return false
  }
}

/** False if it is not there any more. */
async function touch(root: string, path: string): Promise<boolean> {
  const now = new Date()
  let found = true
  await guarded(root, async () => void (found = (await utimes(path, now, now).catch(ignoreMissing)) !== null))
  return found
}

/** When this resolves, the bytes are on the disk, not only in its cache. */
async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A rename survives a power cut only once its folder is synced (fsync(2)). */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Removes files that killed processes left. Younger files may belong to a running one. */
async function removeStale(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => null)
    if (found !== null && Date.now() - found.mtimeMs > staleAfterMs) await rm(path, { force: true })
  }
}

async function guarded(root: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (cause) {
    throw classifyWriteError(root, cause)
  }
}

export function classifyWriteError(root: string, cause: unknown): GoalpostError {
  const isFull = cause instanceof Error && 'code' in cause && (cause.code === 'ENOSPC' || cause.code === 'EDQUOT')
  if (isFull) return new GoalpostError('storage-full', `No space is left in ${root}`, { cause })
  return new GoalpostError(
    'unavailable',
    `The artifact folder ${root} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
    { cause },
  )
}

function ignoreMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}

function rethrowMissing(hash: string) {
  return (error: NodeJS.ErrnoException): never => {
    throw classifyReadError(hash, error)
  }
}

/** A file on bad sectors (EIO) is as lost as one that is gone: only writing it again helps. */
export function classifyReadError(hash: string, cause: NodeJS.ErrnoException): GoalpostError {
  if (cause.code === 'ENOENT' || cause.code === 'EIO') return missing(hash, cause)
  return new GoalpostError('unavailable', `Artifact ${hash} cannot be read: ${cause.message}`, { cause })
}
