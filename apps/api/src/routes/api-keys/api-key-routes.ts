import {
  apiKeyView,
  auditEvent,
  createdApiKey,
  GoalpostError,
  keyRotation,
  newApiKey,
  page,
  pageQuery,
  type NewApiKey,
} from '@goalpost/contracts'
import type { KeyChange, KeyToStore } from '@goalpost/experiments'
import type { ApiDependencies } from '../../dependencies.ts'
import { createSecret, hashSecret } from '../../server/authentication.ts'
import { actorOf, callerOf, workspaceOf } from '../../server/caller.ts'
import { presentPage } from '../../server/pages.ts'
import { notFound } from '../../server/problems.ts'
import { smallBodyBytes, smallBodyOf } from '../../server/small-body.ts'
import { type Api, bodyMediaTypes, idParams, json, problems } from '../../server/route-schemas.ts'

const tags = ['Administration']
const dayMs = 86_400_000
const hourMs = 3_600_000

/** The keys of the caller's workspace. */
export function addApiKeyRoutes(app: Api, { apiKeys, now }: Pick<ApiDependencies, 'apiKeys' | 'now'>): void {
  app.get(
    '/v1/api-keys/self',
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'getOwnApiKey',
        summary: 'The key of this request: its workspace and scope',
        response: { 200: json('The key', apiKeyView), ...problems },
      },
    },
    async (request) => {
      const { workspaceId, id } = callerOf(request)
      const key = await apiKeys.get(workspaceId, id)
      if (key === null) throw notFound('API key', id)
      return key
    },
  )

  app.get(
    '/v1/api-keys',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        operationId: 'listApiKeys',
        summary: 'The keys of the workspace, newest first, with their last use',
        querystring: pageQuery,
        response: { 200: json('One page of keys', page(apiKeyView)), ...problems },
      },
    },
    async (request) => presentPage(await apiKeys.list(workspaceOf(request), request.query)),
  )

  app.post(
    '/v1/api-keys',
    {
      config: { access: 'admin' },
      bodyLimit: smallBodyBytes,
      schema: {
        tags,
        operationId: 'createApiKey',
        summary: 'Create a key',
        description: 'The answer contains the secret, which is stored nowhere and cannot be shown again.',
        consumes: bodyMediaTypes,
        body: newApiKey,
        response: { 201: json('The key and its secret', createdApiKey), ...problems },
      },
    },
    async (request, reply) => {
      const secret = createSecret()
      const stored = toStore(smallBodyOf(request, newApiKey), secret, now())
      const key = await apiKeys.create(workspaceOf(request), stored, actorOf(request))
      return reply.status(201).header('cache-control', 'no-store').send({ key, secret })
    },
  )

  app.get(
    '/v1/api-keys/:id',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        operationId: 'getApiKey',
        summary: 'One key',
        params: idParams,
        response: { 200: json('The key', apiKeyView), ...problems },
      },
    },
    async (request) => {
      const key = await apiKeys.get(workspaceOf(request), request.params.id)
      if (key === null) throw notFound('API key', request.params.id)
      return key
    },
  )

  app.delete(
    '/v1/api-keys/:id',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        operationId: 'revokeApiKey',
        summary: 'Revoke a key at once',
        description: 'Refused for the last key of the workspace with the scope admin. Revoking again changes nothing.',
        params: idParams,
        response: { 200: json('The revoked key', apiKeyView), ...problems },
      },
    },
    async (request) =>
      orRefuse(await apiKeys.revoke(workspaceOf(request), request.params.id, actorOf(request)), request.params.id),
  )

  app.post(
    '/v1/api-keys/:id/rotate',
    {
      config: { access: 'admin' },
      bodyLimit: smallBodyBytes,
      schema: {
        tags,
        operationId: 'rotateApiKey',
        summary: 'Replace a key with one of the same name and rights',
        description:
          'The previous secret keeps working for `graceHours`, so that programs can be changed in that time.',
        params: idParams,
        consumes: bodyMediaTypes,
        body: keyRotation,
        response: { 201: json('The new key and its secret', createdApiKey), ...problems },
      },
    },
    async (request, reply) => {
      const secret = createSecret()
      const rotation = {
        secretHash: hashSecret(secret),
        graceMs: smallBodyOf(request, keyRotation).graceHours * hourMs,
      }
      const { id } = request.params
      const key = orRefuse(await apiKeys.rotate(workspaceOf(request), id, rotation, actorOf(request)), id)
      return reply.status(201).header('cache-control', 'no-store').send({ key, secret })
    },
  )

  app.get(
    '/v1/audit',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        operationId: 'listAuditEvents',
        summary: 'Changes to keys and workspaces, newest first: who, what, from where',
        querystring: pageQuery,
        response: { 200: json('One page of changes', page(auditEvent)), ...problems },
      },
    },
    async (request) => presentPage(await apiKeys.audit(workspaceOf(request), request.query)),
  )
}

export function toStore({ name, scope, expiresInDays }: NewApiKey, secret: string, nowMs: number): KeyToStore {
  const expiresAt = expiresInDays === undefined ? null : new Date(nowMs + expiresInDays * dayMs)
  return { name, scope, secretHash: hashSecret(secret), expiresAt }
}

function orRefuse(change: KeyChange, id: string) {
  if (change.ok) return change.key
  if (change.code === 'not-found') throw notFound('API key', id)
  throw new GoalpostError(change.code, change.message)
}
