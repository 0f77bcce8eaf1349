import { z } from 'zod'

/**
 * All errors of Goalpost. The API responds with `status` and problem details, the worker
 * retries if `retryable`, the CLI exits with `exit`. Infrastructure failures have their own retry budget.
 */
type ErrorRow = {
  readonly status: number
  readonly exit: number
  readonly retryable: boolean
  readonly kind: 'request' | 'experiment' | 'infrastructure'
  readonly title: string
}

// prettier-ignore
export const errorTable = {
  'malformed-body': { status: 400, exit: 2, retryable: false, kind: 'request', title: 'The body is not valid JSON or YAML' },
  'invalid-request': { status: 400, exit: 2, retryable: false, kind: 'request', title: 'The request does not match its schema' },
  'unknown-value': { status: 422, exit: 2, retryable: false, kind: 'request', title: 'The request names something that does not exist' },
  'invalid-spec': { status: 422, exit: 2, retryable: false, kind: 'request', title: 'The experiment spec is not valid' },
  'missing-key': { status: 401, exit: 4, retryable: false, kind: 'request', title: 'No API key was given' },
  'invalid-key': { status: 401, exit: 4, retryable: false, kind: 'request', title: 'The API key is not valid' },
  'invalid-session': { status: 401, exit: 4, retryable: false, kind: 'request', title: 'The session is not valid' },
  'invalid-csrf-token': { status: 403, exit: 4, retryable: false, kind: 'request', title: 'The CSRF token is missing or wrong' },
  'insufficient-scope': { status: 403, exit: 4, retryable: false, kind: 'request', title: 'The API key lacks a scope' },
  'not-found': { status: 404, exit: 3, retryable: false, kind: 'request', title: 'Not found' },
  'method-not-allowed': { status: 405, exit: 2, retryable: false, kind: 'request', title: 'The method is not allowed here' },
  'request-timeout': { status: 408, exit: 6, retryable: true, kind: 'request', title: 'The request took too long to arrive' },
  'state-conflict': { status: 409, exit: 5, retryable: false, kind: 'request', title: 'The state does not allow this' },
  'quota-exceeded': { status: 409, exit: 5, retryable: false, kind: 'request', title: 'The workspace has reached a limit' },
  'stale-version': { status: 412, exit: 5, retryable: false, kind: 'request', title: 'It has changed since it was read' },
  'body-too-large': { status: 413, exit: 2, retryable: false, kind: 'request', title: 'The body is too large' },
  'unsupported-media-type': { status: 415, exit: 2, retryable: false, kind: 'request', title: 'The content type is not supported' },
  'expectation-failed': { status: 417, exit: 2, retryable: false, kind: 'request', title: 'The Expect header is not supported' },
  'idempotency-mismatch': { status: 422, exit: 5, retryable: false, kind: 'request', title: 'This Idempotency-Key was used with another body' },
  'headers-too-large': { status: 431, exit: 2, retryable: false, kind: 'request', title: 'The headers are too large' },
  'too-many-requests': { status: 429, exit: 6, retryable: true, kind: 'request', title: 'Too many requests' },
  'compute-timeout': { status: 503, exit: 6, retryable: true, kind: 'request', title: 'The computation took too long' },
  'internal': { status: 500, exit: 1, retryable: false, kind: 'infrastructure', title: 'Something went wrong inside Goalpost' },
  'unavailable': { status: 503, exit: 6, retryable: true, kind: 'infrastructure', title: 'A service that Goalpost needs is not available' },
  'stale-epoch': { status: 409, exit: 1, retryable: false, kind: 'infrastructure', title: 'Another attempt has taken over this task' },
  'worker-lost': { status: 500, exit: 6, retryable: true, kind: 'infrastructure', title: 'The worker was lost' },
  'trainer-crashed': { status: 500, exit: 1, retryable: true, kind: 'infrastructure', title: 'The trainer process ended unexpectedly' },
  'artifact-missing': { status: 500, exit: 1, retryable: true, kind: 'infrastructure', title: 'A stored file is missing or damaged' },
  'storage-full': { status: 507, exit: 6, retryable: true, kind: 'infrastructure', title: 'The disk is full' },
  'task-failed': { status: 500, exit: 1, retryable: true, kind: 'experiment', title: 'The task failed' },
  'not-finite': { status: 500, exit: 1, retryable: false, kind: 'experiment', title: 'Training produced a non-finite number' },
  'model-refused': { status: 500, exit: 1, retryable: false, kind: 'experiment', title: 'The model does not fit the experiment' },
  'model-failed': { status: 500, exit: 1, retryable: true, kind: 'experiment', title: 'The model could not be run' },
  'endpoint-refused': { status: 500, exit: 1, retryable: false, kind: 'experiment', title: 'The worker may not use the endpoint, or the endpoint refuses the request' },
  'endpoint-failed': { status: 500, exit: 6, retryable: true, kind: 'infrastructure', title: 'The endpoint does not answer' },
  'cost-limit': { status: 500, exit: 1, retryable: false, kind: 'experiment', title: 'The cost limit was reached' },
  'engine-unavailable': { status: 500, exit: 1, retryable: false, kind: 'experiment', title: 'The engine is not available on this worker' },
  'experiment-failed': { status: 500, exit: 10, retryable: false, kind: 'experiment', title: 'The experiment failed' },
  'experiment-cancelled': { status: 409, exit: 11, retryable: false, kind: 'experiment', title: 'The experiment was cancelled' },
  'verification-failed': { status: 500, exit: 12, retryable: false, kind: 'experiment', title: 'The recomputed result differs' },
} as const satisfies Record<string, ErrorRow>

export type ErrorCode = keyof typeof errorTable
export const errorCode = z.enum(Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]])

/** One error in an input: where (RFC 6901 JSON pointer), what, and how to fix it. */
export const inputIssue = z.strictObject({
  pointer: z.string(),
  message: z.string(),
  remedy: z.string().optional(),
})
export type InputIssue = z.infer<typeof inputIssue>

/** RFC 9457 problem details. */
export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: errorCode,
  detail: z.string(),
  instance: z.string().optional(),
  issues: z.array(inputIssue).optional(),
})
export type Problem = z.infer<typeof problem>

/** An error with a code from the table, a public message, and optionally a cause for the logs. */
export class GoalpostError extends Error {
  readonly code: ErrorCode
  readonly issues: readonly InputIssue[]
  /** For `artifact-missing`: the hashes of the lost or damaged files. */
  readonly missing: readonly string[]

  constructor(
    code: ErrorCode,
    message: string,
    options: { issues?: readonly InputIssue[]; missing?: readonly string[]; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'GoalpostError'
    this.code = code
    this.issues = options.issues ?? []
    this.missing = options.missing ?? []
  }
}
