import { createReadStream } from 'node:fs'
import { errorMessage, GoalpostError, systemErrorCode } from '@goalpost/contracts'

/** What is read, and how much of it there may be. */
export type Input = {
  /** `-` is standard input. */
  readonly path: string
  readonly mostBytes: number
  /** What it is read as, for the refusal: `a spec`. */
  readonly what: string
}

/**
 * The bytes of a file, a pipe or a device. Reads until there are too many and no further: /dev/zero never ends, and neither
 * does what another program may write into a pipe.
 * @throws GoalpostError `body-too-large`, `not-found` or `invalid-request` in one line.
 */
export async function readInput({ path, mostBytes, what }: Input): Promise<Buffer> {
  const stream: AsyncIterable<Buffer> = path === '-' ? process.stdin : createReadStream(path)
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of stream) {
      bytes += chunk.length
      // Leaving the loop closes the stream, which the writer notices.
      if (bytes > mostBytes) throw tooLarge(path, mostBytes, what)
      chunks.push(chunk)
    }
  } catch (error) {
    throw error instanceof GoalpostError ? error : unreadable(path, error)
  }
  return Buffer.concat(chunks)
}

/** How a path is called in messages. */
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
  EACCES: 'reading it is not allowed',
}

function unreadable(path: string, error: unknown): GoalpostError {
  const reason = systemErrorCode(error)
  const code = reason === 'ENOENT' ? 'not-found' : 'invalid-request'
  return new GoalpostError(code, `${nameOf(path)}: ${reasons[reason ?? ''] ?? errorMessage(error)}`, { cause: error })
}
