import { createHash } from 'node:crypto'
import { GoalpostError, type ArtifactRef } from '@goalpost/contracts'
import type { ArtifactAccess } from '@goalpost/experiments'

/** An executor's artifacts, in memory. */
export function createMemoryArtifacts(): ArtifactAccess & {
  readonly blobs: ReadonlyMap<string, Uint8Array>
  /** Simulates a disk that loses a file. */
  lose(hash: string): void
} {
  const blobs = new Map<string, Uint8Array>()
  return {
    blobs,
    lose: (hash) => void blobs.delete(hash),
    async read(hash) {
      const bytes = blobs.get(hash)
      if (bytes === undefined)
        throw new GoalpostError('artifact-missing', `There is no artifact ${hash}`, { missing: [hash] })
      // A copy, so that stored bytes cannot be changed; a Buffer, as from reading files.
      return Buffer.from(bytes)
    },
    async write({ name, bytes, mediaType, evidence = false }): Promise<ArtifactRef> {
      const hash = createHash('sha256').update(bytes).digest('hex')
      blobs.set(hash, bytes.slice())
      return { name, hash, bytes: bytes.byteLength, mediaType, evidence }
    },
  }
}
