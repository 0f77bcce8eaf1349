/** An attempt that gave no answer, for a reason that may pass. */
export type FailedAttempt = {
  /** From 1. */
  readonly attempt: number
  /** What the server asks for. */
  readonly retryAfterMs: number | null
  /** From 0 to 1. */
  readonly luck: number
}

const mostAttempts = 6
const firstWaitMs = 500
const longestWaitMs = 30_000
/** Longer ones are left to the service's own retries: the worker can do other work meanwhile. */
const longestRequestedWaitMs = 300_000

/** How long to wait for another attempt; null if there is to be none. */
export function decideRetry({ attempt, retryAfterMs, luck }: FailedAttempt): number | null {
  if (attempt >= mostAttempts) return null
  if (retryAfterMs !== null) return retryAfterMs <= longestRequestedWaitMs ? retryAfterMs : null
  const wait = Math.min(firstWaitMs * 2 ** (attempt - 1), longestWaitMs)
  return Math.round(wait * (0.5 + luck / 2))
}

/** `Retry-After` is a number of seconds or a date (RFC 9110); some servers send milliseconds beside it. */
export function readRetryAfter(headers: Pick<Headers, 'get'> | undefined, now: number): number | null {
  const milliseconds = Number.parseFloat(headers?.get('retry-after-ms') ?? '')
  if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds)
  const given = headers?.get('retry-after') ?? ''
  if (/^\s*\d+(\.\d+)?\s*$/.test(given)) return Number.parseFloat(given) * 1000
  const date = Date.parse(given)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}
