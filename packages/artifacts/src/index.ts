export { createArtifactStore } from './artifact-store.ts'
export { readSalt, readSecret } from './read-salt.ts'
export { contentHash, shardedPath } from './content-hash.ts'
