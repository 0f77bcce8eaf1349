import { GoalpostError, errorTable, type ErrorCode, type InputIssue, type Problem } from '@goalpost/contracts'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { boundIssues, boundText } from './bound-issues.ts'

export const problemMediaType = 'application/problem+json'

/** Fastify's errors in terms of the error table. Its other errors are bad requests or internal errors. */
const fastifyCodes: Readonly<Record<string, { code: ErrorCode; detail: string }>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'unsupported-media-type',
    detail: 'Send the body as application/json or application/yaml',
  },
  FST_ERR_MAX_PARAM_LENGTH: { code: 'not-found', detail: 'A path segment is longer than any id or name' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'malformed-body',
    detail: 'The body’s length differs from its Content-Length',
  },
}

/** Any thrown value as an error of the table. Internal details stay in the cause. */
export function toGoalpostError(error: unknown, bodyLimit: number): GoalpostError {
  if (error instanceof GoalpostError) return error
  const { code, statusCode, message } = (error ?? {}) as Partial<FastifyError>
  const known = fastifyCodes[code ?? '']
  if (known !== undefined) return new GoalpostError(known.code, known.detail, { cause: error })
  if (statusCode === 413)
    return new GoalpostError('body-too-large', `The body must not exceed ${bodyLimit} bytes`, { cause: error })
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new GoalpostError('invalid-request', message ?? 'The request is not valid', { cause: error })
  }
  return new GoalpostError('internal', 'Something went wrong on our side; search the log for this request id', {
    cause: error,
  })
}

/** RFC 9457. `instance` names the request, so that it can be found in the log. */
export function presentProblem(error: GoalpostError, requestId: string): Problem {
  const { status, title } = errorTable[error.code]
  return {
    type: `urn:goalpost:problem:${error.code}`,
    title,
    status,
    code: error.code,
    detail: boundText(error.message, 2_000),
    instance: `urn:goalpost:request:${requestId}`,
    ...(error.issues.length > 0 ? { issues: boundIssues(error.issues) } : {}),
  }
}

/** Writes it to the log unless it is the client's own. */
export function logProblem({ log }: Pick<FastifyRequest, 'log'>, error: GoalpostError): void {
  if (errorTable[error.code].kind !== 'request') log.error({ err: error, cause: error.cause }, error.message)
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: GoalpostError): FastifyReply {
  const { status } = errorTable[error.code]
  logProblem(request, error)
  if (status === 503 || status === 507) void reply.header('retry-after', '2')
  // Serialised here, as a problem must be sent even if the route's schema does not declare it.
  return reply
    .status(status)
    .type(problemMediaType)
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(presentProblem(error, request.id))
}

export function notFound(what: string, id: string): GoalpostError {
  return new GoalpostError('not-found', `There is no ${what} ${id.slice(0, 100)} in this workspace`)
}

export function invalidRequest(pointer: string, message: string, remedy?: string): GoalpostError {
  const issue: InputIssue = { pointer, message, ...(remedy === undefined ? {} : { remedy }) }
  return new GoalpostError('invalid-request', `${pointer}: ${message}`, { issues: [issue] })
}
