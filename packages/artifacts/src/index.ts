export { createArtifactStore, parseArtifactLocation, type ArtifactLocation } from './artifact-store.ts'
export { createFilesystemStore } from './filesystem-store.ts'
export { createS3Store, type S3Location } from './s3-store.ts'
