import { z } from 'zod'
import { readRetryAfter } from './decide-retry.ts'
import type { Sent } from './send-request.ts'

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

const errorBody = z.object({ error: z.object({ message: z.string().nullish(), code: z.unknown().optional() }) })

/** Reads an answer whose status is an error. `now`: milliseconds since 1970. */
export function explainStatus({ status, headers, text }: Sent, now: number): AttemptFailure {
  if (status >= 300 && status < 400) return failureOf('final', status, `${status}: redirects are not followed`)
  const { data } = errorBody.safeParse(parseJson(text))
  const message = `${status} ${data?.error.message ?? text ?? ''}`.trim()
  return { ...failureOf(kindOf(data?.error.code, status), status, message), retryAfterMs: readRetryAfter(headers, now) }
}

/** Reads an error of `fetch`. */
export function explainError(error: unknown): AttemptFailure {
  const isLate = error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')
  return failureOf('temporary', null, isLate ? 'no answer in time' : connectionMessage(error))
}

export function unreadable(message: string): AttemptFailure {
  return failureOf('unreadable', 200, message)
}

/** Undefined if it is none. */
export function parseJson(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

function kindOf(code: unknown, status: number): AttemptFailure['kind'] {
  if (filters.includes(code)) return 'filtered'
  // An account without money answers 429, too: no wait helps.
  if (code === 'insufficient_quota') return 'final'
  return status === 408 || status === 409 || status === 429 || status >= 500 ? 'temporary' : 'final'
}

function failureOf(kind: AttemptFailure['kind'], status: number | null, message: string): AttemptFailure {
  return { kind, status, retryAfterMs: null, message }
}

/** The cause says more than `fetch failed`. */
function connectionMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${connectionMessage(error.cause)}` : error.message
}
