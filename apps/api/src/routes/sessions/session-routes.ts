import {
  GoalpostError,
  newSession,
  sessionView,
  signInLink,
  type NewSession,
  type SessionView,
} from '@goalpost/contracts'
import type { FastifyRequest } from 'fastify'
import type { ApiDependencies } from '../../dependencies.ts'
import { createSecret, hashSecret } from '../../server/authentication.ts'
import { callerOf } from '../../server/caller.ts'
import { credentialsOf, csrfTokenOf } from '../../server/credentials.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, bodyMediaTypes, deleted, json, problems } from '../../server/route-schemas.ts'
import { removedCookie, sessionCookieFor } from '../../server/session-cookie.ts'
import { smallBodyBytes, smallBodyOf } from '../../server/small-body.ts'

const tags = ['Administration']
export const sessionSeconds = 7 * 86_400
const linkMs = 10 * 60_000

/** Browsers sign in with a session instead of a key. */
export function addSessionRoutes(
  app: Api,
  deps: Pick<ApiDependencies, 'apiKeys' | 'sessions' | 'database' | 'now'>,
): void {
  const { sessions, now } = deps

  app.post(
    '/v1/session',
    {
      config: { access: 'public' },
      bodyLimit: smallBodyBytes,
      schema: {
        tags,
        operationId: 'startSession',
        summary: 'Sign in: exchange an API key, or the token of a sign-in link, for a session',
        description: 'The session is a cookie that scripts cannot read. It has the rights of the key and ends with it.',
        consumes: bodyMediaTypes,
        body: newSession,
        response: { 201: json('The session, with the token for changes', sessionView), ...problems },
      },
    },
    async (request, reply) => {
      const keyId = await keyToSignInWith(deps, smallBodyOf(request, newSession))
      const secret = createSecret()
      const session = { secretHash: hashSecret(secret), expiresAt: new Date(now() + sessionSeconds * 1_000) }
      await sessions.create(keyId, session)
      const view = await readSession(deps, secret)
      const cookie = sessionCookieFor(request.headers, { secret, maxAgeSeconds: sessionSeconds })
      return reply.status(201).header('cache-control', 'no-store').header('set-cookie', cookie).send(view)
    },
  )

  app.get(
    '/v1/session',
    {
      config: { access: 'read', neverStored: true },
      schema: {
        tags,
        operationId: 'getSession',
        summary: 'The session of this request: its workspace, scope and token for changes',
        response: { 200: json('The session', sessionView), ...problems },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return readSession(deps, sessionSecretOf(request))
    },
  )

  app.delete(
    '/v1/session',
    {
      config: { access: 'read' },
      schema: { tags, operationId: 'endSession', summary: 'Sign out', response: { 204: deleted, ...problems } },
    },
    async (request, reply) => {
      await sessions.revoke(hashSecret(sessionSecretOf(request)))
      return reply.status(204).header('set-cookie', sessionCookieFor(request.headers, removedCookie)).send(null)
    },
  )

  app.post(
    '/v1/sign-in-links',
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'createSignInLink',
        summary: 'A link that signs a browser in once, with the rights of this key',
        response: { 201: json('The link, which works for ten minutes', signInLink), ...problems },
      },
    },
    async (request, reply) => {
      const token = createSecret()
      const expiresAt = new Date(now() + linkMs)
      await sessions.createLink(callerOf(request).id, { tokenHash: hashSecret(token), expiresAt })
      const link = { path: `/sign-in#${token}`, token, expiresAt: expiresAt.toISOString() }
      return reply.status(201).header('cache-control', 'no-store').send(link)
    },
  )
}

type Stores = Pick<ApiDependencies, 'apiKeys' | 'sessions' | 'database'>

async function keyToSignInWith({ apiKeys, sessions }: Stores, given: NewSession): Promise<string> {
  if ('token' in given) {
    const keyId = await sessions.redeemLink(hashSecret(given.token))
    if (keyId !== null) return keyId
    throw new GoalpostError('invalid-session', 'This sign-in link has expired or was used: create another one')
  }
  const key = await apiKeys.find(hashSecret(given.apiKey))
  if (key !== null) return key.id
  throw new GoalpostError('invalid-key', 'This API key is unknown, expired or revoked')
}

async function readSession({ apiKeys, sessions, database }: Stores, secret: string): Promise<SessionView> {
  const session = await sessions.find(hashSecret(secret))
  if (session === null) throw new GoalpostError('invalid-session', 'This session has ended: sign in again')
  const { id, workspaceId, scope, operator, expiresAtMs } = session
  const key = await database.within(workspaceId, () => apiKeys.get(workspaceId, id))
  if (key === null) throw notFound('API key', id)
  const expiresAt = new Date(expiresAtMs).toISOString()
  return { key: key.name, workspace: key.workspace, scope, operator, expiresAt, csrfToken: csrfTokenOf(secret) }
}

function sessionSecretOf({ headers }: FastifyRequest): string {
  const credentials = credentialsOf(headers)
  if (credentials?.kind === 'session') return credentials.secret
  throw new GoalpostError('invalid-session', 'This request has an API key, not a session')
}
