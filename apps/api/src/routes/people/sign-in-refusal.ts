import { errorTable, GoalpostError, type SignInRefusal } from '@goalpost/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { acceptsPage } from '../../server/dashboard.ts'
import { logProblem } from '../../server/problems.ts'

/** A sign-in with an account elsewhere that failed, and why, for the page on which it ends. */
export class RefusedSignIn extends GoalpostError {
  readonly refusal: SignInRefusal

  constructor(refusal: SignInRefusal, code: 'invalid-session' | 'insufficient-scope', message: string) {
    super(code, message)
    this.refusal = refusal
  }
}

/** Leads people to the sign-in page, which says what has happened and what to do. Programs get the error itself. */
export function refuseSignIn(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
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
