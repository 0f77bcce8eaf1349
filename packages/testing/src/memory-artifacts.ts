import { createHash } from 'node:crypto'
import { GoalpostError, type ArtifactRef } from '@goalpost/contracts'
import type { ArtifactAccess } from '@goalpost/experiments'

/** Artifacts as an executor sees them, in memory. */
export function createMemoryArtifacts(): ArtifactAccess & { readonly blobs: ReadonlyMap<string, Uint8Array> } {
  const blobs = new Map<string, Uint8Array>()
  return {
    blobs,
    async read(hash) {
      const bytes = blobs.get(hash)
      if (bytes === undefined) throw new GoalpostError('artifact-missing', `There is no artifact ${hash}`)
      // A copy, so that nobody changes what is stored under a hash.
      return bytes.slice()
    },
    async write({ name, bytes, mediaType, evidence = false }): Promise<ArtifactRef> {
      const hash = createHash('sha256').update(bytes).digest('hex')
      blobs.set(hash, bytes.slice())
      return { name, hash, bytes: bytes.byteLength, mediaType, evidence }
    },
  }
}
