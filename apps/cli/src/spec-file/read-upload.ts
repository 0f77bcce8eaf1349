import { stat } from 'node:fs/promises'
import { limits } from '@goalpost/contracts'
import { readInput } from './read-input.ts'

/**
 * The bytes of a file to be uploaded. A service can be told to take files that are larger than usual, and says itself when
 * one is too large; what does not tell how long it is, such as a pipe, is read up to the usual limit.
 */
export async function readUpload(path: string): Promise<Buffer> {
  const plain = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
  return readInput({ path, mostBytes: plain ? limits.largestUploadBytes : limits.uploadBytes, what: 'an upload' })
}
