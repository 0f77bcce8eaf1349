import type { ArtifactStore, StoredFile } from '../ports/artifact-store.ts'
import type { Trimmed } from '../ports/retention-store.ts'
import type { FileRegister } from '../ports/file-register.ts'

/** Registering files waits while a batch is removed. */
const filesAtOnce = 20

export type Collecting = {
  readonly register: FileRegister
  readonly files: Pick<ArtifactStore, 'list' | 'remove'>
  /** How long tasks and files stay after the last need for them ended, and new files until they are registered. */
  readonly graceMs: number
  /** At most one collection in this time, over all processes. */
  readonly intervalMs: number
}

export type Collected = {
  readonly tasks: number
  readonly files: number
  readonly bytes: number
  readonly trimmed: Trimmed
}

/**
 * Removes tasks, and then files, that nothing has needed for the grace period. A file is written before it is
 * registered: younger ones are left alone, and writing a file again makes it young. Null if it is too early. Where retention rules
 * cannot be applied, files are collected nevertheless, and the error is thrown at the end.
 */
export async function collectFiles(collecting: Collecting): Promise<Collected | null> {
  const { register, files, graceMs, intervalMs } = collecting
  const begun = await register.beginCollection(intervalMs)
  if (begun === null) return null
  const before = new Date(begun.now.getTime() - graceMs)
  const trimming = await settle(register.trim())
  const tasks = await register.removeTasks(before)
  await register.releaseFiles(before)
  const collected = { tasks, files: 0, bytes: 0, trimmed: trimming.value ?? nothingTrimmed }
  for await (const batch of batches(oldFiles(files, before), filesAtOnce)) {
    const bytes = new Map(batch.map((file) => [file.hash, file.bytes]))
    const removed = await register.removeUnowned([...bytes.keys()], (hash) => files.remove(hash, before))
    collected.files += removed.length
    for (const hash of removed) collected.bytes += bytes.get(hash) ?? 0
  }
  await register.endCollection(begun.id, collected)
  if (trimming.value === null) throw trimming.error
  return collected
}

const nothingTrimmed: Trimmed = { points: 0, logs: 0, events: 0, checkpoints: 0 }

type Settled<T> = { readonly value: T } | { readonly value: null; readonly error: unknown }

function settle<T>(work: Promise<T>): Promise<Settled<T>> {
  return work.then(
    (value) => ({ value }),
    (error: unknown) => ({ value: null, error }),
  )
}

async function* oldFiles(files: Pick<ArtifactStore, 'list'>, before: Date): AsyncGenerator<StoredFile> {
  for await (const file of files.list()) if (file.writtenAt < before) yield file
}

async function* batches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  let batch: T[] = []
  for await (const item of items) {
    batch.push(item)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
