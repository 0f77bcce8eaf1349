import { createHash } from 'node:crypto'
import type { ArtifactStore, StoredFile } from '@goalpost/experiments'

/** The parts of an artifact store that collections use, with a clock of the test's. */
export function createMemoryFiles(now: () => Date): Pick<ArtifactStore, 'write' | 'has' | 'list' | 'remove'> & {
  readonly stored: ReadonlyMap<string, StoredFile>
} {
  const stored = new Map<string, StoredFile>()
  return {
    stored,
    async write(bytes) {
      const hash = createHash('sha256').update(bytes).digest('hex')
      stored.set(hash, { hash, bytes: bytes.length, writtenAt: now() })
      return { hash, bytes: bytes.length }
    },
    has: async (hash) => stored.has(hash),
    async *list() {
      yield* stored.values()
    },
    async remove(hash, before) {
      const found = stored.get(hash)
      return found !== undefined && found.writtenAt < before && stored.delete(hash)
    },
  }
}
