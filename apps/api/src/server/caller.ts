import { GoalpostError } from '@goalpost/contracts'
import type { FastifyRequest } from 'fastify'

/** The workspace of the request's API key. */
export function workspaceOf(request: FastifyRequest): string {
  if (request.caller === null) throw new GoalpostError('internal', 'A route that needs a workspace was declared public')
  return request.caller.workspaceId
}

export function mayAdminister({ caller }: FastifyRequest): boolean {
  return caller?.scopes.includes('admin') ?? false
}
