import { APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai'
import { readRetryAfter } from './decide-retry.ts'

/** Why an attempt gave no answer. */
export type AttemptFailure = {
  /**
   * `temporary`: the same request may succeed later. `final`: it will not. `filtered`: the endpoint answers no such
   * prompt. `unreadable`: what came is not in the format.
   */
  readonly kind: 'temporary' | 'final' | 'filtered' | 'unreadable'
  /** Null without an answer of the server. */
  readonly status: number | null
  readonly retryAfterMs: number | null
  readonly message: string
}

const filters: readonly unknown[] = ['content_filter', 'content_policy_violation']

/** Reads an error of the client. `now`: milliseconds since 1970. */
export function explainAttempt(error: unknown, now: number): AttemptFailure {
  // The client's parser rejects a body that is not JSON.
  if (error instanceof SyntaxError) return unreadable('the reply is not JSON')
  if (error instanceof APIUserAbortError || error instanceof APIConnectionTimeoutError || isTimeout(error))
    return failureOf('temporary', null, 'no answer in time')
  if (error instanceof APIError && typeof error.status === 'number') {
    const { status, message, headers } = error
    if (status >= 300 && status < 400) return failureOf('final', status, `${status}: redirects are not followed`)
    return { ...failureOf(kindOf(error, status), status, message), retryAfterMs: readRetryAfter(headers, now) }
  }
  return failureOf('temporary', null, connectionMessage(error))
}

export function unreadable(message: string): AttemptFailure {
  return failureOf('unreadable', 200, message)
}

function kindOf({ code }: APIError, status: number): AttemptFailure['kind'] {
  if (filters.includes(code)) return 'filtered'
  // An account without money answers 429, too: no wait helps.
  if (code === 'insufficient_quota') return 'final'
  return status === 408 || status === 409 || status === 429 || status >= 500 ? 'temporary' : 'final'
}

function failureOf(kind: AttemptFailure['kind'], status: number | null, message: string): AttemptFailure {
  return { kind, status, retryAfterMs: null, message }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')
}

/** The cause says more than the client's own `Connection error.` */
function connectionMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} ${connectionMessage(error.cause)}` : error.message
}
