import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { GoalpostError } from '@goalpost/contracts'

/** A few milliseconds of hashing. */
const bytesPerTurn = 1_048_576

/**
 * SHA-256, lower-case hex. Large files are hashed in parts: 64 MB at once would block the event loop for a third of a
 * second.
 */
export async function contentHash(bytes: Uint8Array): Promise<string> {
  const digest = createHash('sha256')
  for (let start = 0; start < bytes.length; start += bytesPerTurn) {
    if (start > 0) await nextTurn()
    digest.update(bytes.subarray(start, start + bytesPerTurn))
  }
  return digest.digest('hex')
}

/** `ab12…` → `ab/12…`: at most 256 folders, none crowded. Refuses anything but a hash, such as `../x`. */
export function shardedPath(hash: string): { shard: string; name: string } {
  if (!/^[0-9a-f]{64}$/.test(hash))
    throw new GoalpostError('artifact-missing', `${JSON.stringify(hash)} is not an artifact hash`)
  return { shard: hash.slice(0, 2), name: hash.slice(2) }
}

/** The reverse; null for any other path. */
export function hashOf(shard: string, name: string): string | null {
  const hash = shard + name
  return shard.length === 2 && /^[0-9a-f]{64}$/.test(hash) ? hash : null
}

export function assertContent(hash: string, actualHash: string): void {
  if (hash !== actualHash)
    throw new GoalpostError('artifact-missing', `Artifact ${hash} is damaged: it now hashes to ${actualHash}`, {
      missing: [hash],
    })
}

/** Passes chunks on and throws after the last one if they do not match `hash`. */
export async function* verified(hash: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const digest = createHash('sha256')
  for await (const chunk of chunks) {
    digest.update(chunk)
    yield chunk
  }
  assertContent(hash, digest.digest('hex'))
}

export function missing(hash: string, cause?: unknown): GoalpostError {
  return new GoalpostError('artifact-missing', `Artifact ${hash} is not in the store`, { cause, missing: [hash] })
}
