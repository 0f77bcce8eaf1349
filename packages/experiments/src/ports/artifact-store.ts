/**
 * Immutable bytes, found by the SHA-256 of their content. Implemented by packages/artifacts.
 *
 * Errors: `artifact-missing` if the bytes are missing or do not match their hash, `storage-full`, `unavailable`.
 */
export type ArtifactStore = {
  /** Durable when it resolves. Writing equal bytes again is free, and repairs a damaged copy. */
  write(bytes: Uint8Array): Promise<{ hash: string; bytes: number }>
  /** Verified against the hash. */
  read(hash: string): Promise<Uint8Array>
  has(hash: string): Promise<boolean>
  /** For downloads: ends with an error if the bytes are damaged. */
  stream(hash: string): Promise<{ bytes: number; body: AsyncIterable<Uint8Array> }>
}
