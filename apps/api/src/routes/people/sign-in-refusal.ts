import { errorTable, GoalpostError, type ErrorCode, type SignInRefusal } from '@goalpost/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { acceptsPage } from '../../server/dashboard.ts'
import { logProblem } from '../../server/problems.ts'

/** A sign-in with an account elsewhere that failed, and why, for the page on which it ends. */
export class RefusedSignIn extends GoalpostError {
  readonly refusal: SignInRefusal

  constructor(refusal: SignInRefusal, { code, message, cause }: Refused) {
    super(code, message, { cause })
    this.refusal = refusal
  }
}

type Refused = { readonly code: ErrorCode; readonly message: string; readonly cause?: unknown }

/** What the provider's `error` in the address says, RFC 6749, section 4.1.2.1: only the first is a person's decision. */
export function refusalByProvider(query: URLSearchParams): RefusedSignIn {
  const error = query.get('error') ?? ''
  const told = [error, query.get('error_description') ?? ''].map((text) => text.slice(0, 500))
  const cause = new Error(`The provider led back with ${told.filter((text) => text !== '').join(': ')}`)
  if (error === 'access_denied')
    return new RefusedSignIn('declined', {
      code: 'invalid-session',
      message: 'The sign-in provider did not sign you in: start again',
      cause,
    })
  if (error === 'server_error' || error === 'temporarily_unavailable')
    return new RefusedSignIn('unavailable', {
      code: 'unavailable',
      message: 'The sign-in provider cannot sign anybody in at the moment: try again in a minute',
      cause,
    })
  return new RefusedSignIn('misconfigured', {
    code: 'internal',
    message: 'The sign-in provider does not accept how this service asks: the operator finds its error in the log',
    cause,
  })
}

/**
 * Leads people to the sign-in page, which says what has happened and what to do. Programs get the error itself. The log
 * has every refusal: the operator cannot see what the browser was told.
 */
export function refuseSignIn(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof GoalpostError && errorTable[error.code].kind === 'request')
    request.log.warn({ err: error }, 'a sign-in was refused')
  if (!(error instanceof GoalpostError) || !acceptsPage(request.headers)) throw error
  logProblem(request, error)
  return reply
    .status(302)
    .header('cache-control', 'no-store')
    .header('vary', 'accept')
    .header('location', `/sign-in?refused=${refusalOf(error)}`)
    .send(null)
}

function refusalOf(error: GoalpostError): SignInRefusal {
  if (error instanceof RefusedSignIn) return error.refusal
  if (error.code === 'invalid-session') return 'not-valid'
  return errorTable[error.code].retryable ? 'unavailable' : 'misconfigured'
}
