import type { ArtifactAccess, ArtifactStore } from '@goalpost/experiments'

/** The artifact store for executors, whose writes return references with a name and a type. */
export function accessArtifacts(store: ArtifactStore): ArtifactAccess {
  return {
    read: (hash) => store.read(hash),
    async write({ name, bytes, mediaType, evidence = false }) {
      return { name, mediaType, evidence, ...(await store.write(bytes)) }
    },
  }
}
