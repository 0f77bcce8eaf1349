import { GoalpostError } from '@goalpost/contracts'
import { findKnownCause } from './known-causes.ts'

/** PostgreSQL: serialization failure, deadlock. Both can be retried. */
const conflictStates = new Set(['40001', '40P01'])

/**
 * The server cannot be reached, stops, starts, or refuses more connections (SQLSTATE classes 08, 53 and 57P), as
 * reported by Node, pg or Prisma.
 */
const unavailableStates = /^(08\w{3}|53\w{3}|57P\d\d)$/

/** PostgreSQL: query_canceled, as it reports its statement_timeout. */
const timedOutState = '57014'

const unavailableCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
  'EAI_AGAIN',
  'ENOENT',
  'P1001',
  'P1002',
  'P1017',
  'P2024',
  'P2028',
  'P2037',
])
const unavailableKinds = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'])
const unavailableMessages =
  /terminated unexpectedly|connection terminated|timeout exceeded when trying to connect|not queryable|Client was closed/i

/** PostgreSQL: disk_full. The operating system may report it under another code. */
const fullStates = new Set(['53100'])
const fullMessages = /No space left on device|Disk quota exceeded|could not extend file/i

/** Reported as disk_full, though no disk is. */
const sharedMemoryMessages = /could not resize shared memory segment/i

type Details = {
  readonly codes: readonly string[]
  readonly kinds: readonly string[]
  readonly messages: readonly string[]
}

export function isRetryable(error: unknown): boolean {
  const { codes, kinds } = detailsOf(error)
  return (
    codes.some((code) => conflictStates.has(code) || code === 'P2034') || kinds.includes('TransactionWriteConflict')
  )
}

/**
 * Leaves our own errors as they are; everything else becomes `storage-full`, `unavailable` or `internal`, with the
 * cause kept for logs.
 */
export function toGoalpostError(error: unknown): GoalpostError {
  const ours = findOurs(error)
  if (ours !== null) return ours
  const { codes, kinds, messages } = detailsOf(error)
  if (messages.some((message) => sharedMemoryMessages.test(message)))
    return new GoalpostError(
      'storage-full',
      "The shared memory of the database's machine (/dev/shm) is full. Enlarge it; in Docker: --shm-size=256m",
      { cause: error },
    )
  if (codes.some((code) => fullStates.has(code)) || messages.some((message) => fullMessages.test(message)))
    return new GoalpostError('storage-full', 'The disk of the database is full', { cause: error })
  if (codes.includes(timedOutState))
    return new GoalpostError(
      'unavailable',
      'The database took too long for a statement: it is too busy, or the statement waited for another one',
      { cause: error },
    )
  const known = findKnownCause(codes, messages)
  if (known !== null) return new GoalpostError(known.code, known.text, { cause: error })
  const unavailable =
    isRetryable(error) ||
    codes.some((code) => unavailableCodes.has(code) || unavailableStates.test(code)) ||
    kinds.some((kind) => unavailableKinds.has(kind)) ||
    messages.some((message) => unavailableMessages.test(message))
  return unavailable
    ? new GoalpostError(
        'unavailable',
        isRetryable(error) ? 'The database is too busy' : 'The database cannot be reached',
        {
          cause: error,
        },
      )
    : new GoalpostError('internal', 'The database rejected a statement', { cause: error })
}

/** A session that cannot be used is refused by us, below Prisma, which wraps the error. */
function findOurs(error: unknown, depth = 0): GoalpostError | null {
  if (error instanceof GoalpostError) return error
  if (isRemade(error)) return new GoalpostError('unavailable', error.message.split('\n').at(-1) ?? '', { cause: error })
  return isObject(error) && depth < 6 ? findOurs(error['cause'], depth + 1) : null
}

/** Outside of transactions Prisma throws an error of its own with our code, and our text below its own. */
function isRemade(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'unavailable'
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** Errors are nested: Prisma's around the adapter's around pg's around Node's; some wrap several. */
function detailsOf(error: unknown): Details {
  const codes: string[] = []
  const kinds: string[] = []
  const messages: string[] = []
  const visit = (value: unknown, depth: number): void => {
    if (!isObject(value) || depth > 6) return
    const { code, originalCode, kind, message, reason, cause, meta, driverAdapterError, errors } = value
    for (const text of [code, originalCode]) if (typeof text === 'string') codes.push(text)
    if (typeof kind === 'string') kinds.push(kind)
    for (const text of [message, reason]) if (typeof text === 'string') messages.push(text)
    for (const inner of [cause, meta, driverAdapterError]) visit(inner, depth + 1)
    if (Array.isArray(errors)) for (const inner of errors) visit(inner, depth + 1)
  }
  visit(error, 0)
  return { codes, kinds, messages }
}
