import { createReadStream } from 'node:fs'
import { errorMessage, GoalpostError, systemErrorCode } from '@goalpost/contracts'

/** An input and its size limit. */
export type Input = {
  /** `-` is standard input. */
  readonly path: string
  readonly mostBytes: number
  /** The kind of input, for the error message: `a spec`. */
  readonly what: string
}

/**
 * The bytes of a file, a pipe or a device. Stops reading at the limit: /dev/zero never ends, nor
 * may a pipe from another program.
 * @throws GoalpostError `body-too-large`, `not-found` or `invalid-request` in one line.
 */
export async function readInput({ path, mostBytes, what }: Input): Promise<Buffer> {
  const stream: AsyncIterable<Buffer> = path === '-' ? process.stdin : createReadStream(path)
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of stream) {
      bytes += chunk.length
      // Leaving the loop closes the stream, which stops the writer.
      if (bytes > mostBytes) throw tooLarge(path, mostBytes, what)
      chunks.push(chunk)
    }
  } catch (error) {
    throw error instanceof GoalpostError ? error : unreadable(path, error)
  }
  return Buffer.concat(chunks)
}

/** A path's name in messages. */
export function nameOf(path: string): string {
  return path === '-' ? 'standard input' : path
}

function tooLarge(path: string, mostBytes: number, what: string): GoalpostError {
  const most = mostBytes.toLocaleString('en-US')
  return new GoalpostError('body-too-large', `${nameOf(path)} has more than ${most} bytes, the limit for ${what}`)
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
}

function unreadable(path: string, error: unknown): GoalpostError {
  const reason = systemErrorCode(error)
  const code = reason === 'ENOENT' ? 'not-found' : 'invalid-request'
  return new GoalpostError(code, `${nameOf(path)}: ${reasons[reason ?? ''] ?? errorMessage(error)}`, { cause: error })
}
