import type { ArtifactAccess, ArtifactStore } from '@goalpost/experiments'

/** A store of bytes as executors see it: what they write becomes a reference with a name and a type. */
export function accessArtifacts(store: ArtifactStore): ArtifactAccess {
  return {
    read: (hash) => store.read(hash),
    async write({ name, bytes, mediaType, evidence = false }) {
      return { name, mediaType, evidence, ...(await store.write(bytes)) }
    },
  }
}
