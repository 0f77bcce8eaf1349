export { createArtifactStore } from './artifact-store.ts'
export { readSalt } from './read-salt.ts'
export { shardedPath } from './content-hash.ts'
