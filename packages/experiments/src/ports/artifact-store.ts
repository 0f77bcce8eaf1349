/** `writtenAt`: when it was last written, equal bytes included, to the hour. */
export type StoredFile = { readonly hash: string; readonly bytes: number; readonly writtenAt: Date }

/**
 * Immutable bytes, found by the SHA-256 of their content. Implemented by packages/artifacts.
 *
 * Errors: `artifact-missing` if the bytes are missing or do not match their hash, `storage-full`, `unavailable`.
 */
export type ArtifactStore = {
  /** Durable when it resolves. Writing equal bytes again is cheap, repairs a damaged copy, and counts as written. */
  write(bytes: Uint8Array): Promise<{ hash: string; bytes: number }>
  /** Verified against the hash. */
  read(hash: string): Promise<Uint8Array>
  has(hash: string): Promise<boolean>
  /** All files, in no order. */
  list(): AsyncIterable<StoredFile>
  /** False if it was written since `before`, or is not there. */
  remove(hash: string, before: Date): Promise<boolean>
  /** For downloads: ends with an error if the bytes are damaged. */
  stream(hash: string): Promise<{ bytes: number; body: AsyncIterable<Uint8Array> }>
}
