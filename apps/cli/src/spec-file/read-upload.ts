import { stat } from 'node:fs/promises'
import { limits } from '@goalpost/contracts'
import { readInput } from './read-input.ts'

/**
 * The bytes of a file to upload. A service can be configured for larger files than usual, and reports itself if
 * one is too large; an input of unknown length, such as a pipe, is read up to the usual limit.
 */
export async function readUpload(path: string): Promise<Buffer> {
  const plain = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
  return readInput({ path, mostBytes: plain ? limits.largestUploadBytes : limits.uploadBytes, what: 'an upload' })
}
