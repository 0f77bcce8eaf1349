import { GoalpostError } from '@goalpost/contracts'
import type { Actor } from '@goalpost/experiments'
import type { FastifyRequest } from 'fastify'
import { includesScope, type Caller } from './authentication.ts'

/** The request's API key. */
export function callerOf({ caller }: FastifyRequest): Caller {
  if (caller === null) throw new GoalpostError('internal', 'A route that needs a workspace was declared public')
  return caller
}

/** The workspace of the request's API key. */
export function workspaceOf(request: FastifyRequest): string {
  return callerOf(request).workspaceId
}

/** Who makes the change, for the audit log. */
export function actorOf(request: FastifyRequest): Actor {
  const { id, name } = callerOf(request)
  return { key: { id, name }, address: request.ip }
}

export function mayManage({ caller }: FastifyRequest): boolean {
  return caller !== null && includesScope(caller.scope, 'manage')
}

export function mayAdminister({ caller }: FastifyRequest): boolean {
  return caller !== null && includesScope(caller.scope, 'admin')
}

/** Hosts of workers belong to the installation, not to a workspace. */
export function isOperator({ caller }: FastifyRequest): boolean {
  return caller?.operator ?? false
}
