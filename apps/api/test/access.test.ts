import { apiKeyScope } from '@goalpost/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderOpenApi } from '../src/server/render-openapi.ts'
import { hashSecret } from '../src/server/authentication.ts'
import { csrfTokenOf } from '../src/server/credentials.ts'
import { createSession } from './create-session.ts'
import { bearer, startTestService, type TestService } from './harness.ts'

type Operation = { readonly security: readonly { readonly apiKey?: readonly string[] }[] }
type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }

const document: Document = JSON.parse(await renderOpenApi())
const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { security }]) => ({
    method: method.toUpperCase(),
    path,
    access: security[0]?.apiKey?.[0] ?? 'public',
  })),
)
const guarded = routes.filter(({ access }) => access !== 'public')

let service: TestService
const keys: Record<string, string> = {}
const sessions: Record<string, string> = {}

beforeAll(async () => {
  service = await startTestService()
  for (const scope of apiKeyScope.options) keys[scope] = await service.createKey('lab', scope)
  keys.expired = await service.createKey('lab', 'admin', { expiresAt: new Date(Date.now() - 1) })
  keys.revoked = await service.createKey('lab', 'admin', { operator: true })
  const lab = await service.store.workspaces.ensure('lab')
  const [newest] = (await service.store.apiKeys.list(lab, { limit: 1 })).items
  await service.store.apiKeys.revoke(lab, newest?.id ?? '', { key: null, address: null })
  for (const scope of apiKeyScope.options) sessions[scope] = await createSession(service.store, keys[scope]!)
  sessions.operator = await createSession(service.store, await service.createKey('lab', 'admin', { operator: true }))
  const admin = keys.admin!
  sessions.expired = await createSession(service.store, admin, { expiresAt: new Date(Date.now() - 1) })
  sessions.ended = await createSession(service.store, admin)
  await service.store.sessions.revoke(hashSecret(sessions.ended))
  const shortLived = await service.createKey('lab', 'admin')
  sessions.keyRevoked = await createSession(service.store, shortLived)
  const key = await service.store.apiKeys.find(hashSecret(shortLived))
  await service.store.apiKeys.revoke(lab, key!.id, { key: null, address: null })
})
afterAll(() => service.close())

async function ask({ method, path }: { method: string; path: string }, headers: Record<string, string>) {
  // The only stream that is about nothing that could be missing: it would not end.
  const query = path === '/v1/events' ? '?follow=false' : ''
  const url = path.replaceAll(/\{(\w+)\}/g, '01a20000-0000-7000-8000-000000000000') + query
  const { statusCode, body } = await service.api.inject({ method: method as 'GET', url, headers })
  return { statusCode, code: statusCode >= 400 ? (JSON.parse(body) as { code: string }).code : null }
}

/** How a caller is turned away; null is no error. */
const refusals: ReadonlySet<string | null> = new Set([
  'missing-key',
  'invalid-key',
  'invalid-session',
  'invalid-csrf-token',
  'insufficient-scope',
])

const cookie = (secret: string) => ({ cookie: `theme=dark; goalpost_session=${secret}` })
const signedIn = (secret: string) => ({ ...cookie(secret), 'x-csrf-token': csrfTokenOf(secret) })

test('only documentation, health and signing in need no key', () => {
  expect(
    routes
      .filter(({ access }) => access === 'public')
      .map(({ method, path }) => `${method} ${path}`)
      .toSorted(),
  ).toEqual([
    'GET /healthz',
    'GET /openapi.json',
    'GET /readyz',
    'GET /v1/oidc/callback',
    'GET /v1/oidc/sign-in',
    'GET /v1/sign-in-methods',
    'POST /v1/invitations/accept',
    'POST /v1/session',
  ])
  expect(guarded.length).toBeGreaterThan(90)
})

describe.each(guarded)('$method $path', (route) => {
  test('refuses a missing, unknown, expired or revoked key', async () => {
    expect(await ask(route, {})).toEqual({ statusCode: 401, code: 'missing-key' })
    for (const key of ['gp_unknown', keys.expired, keys.revoked])
      expect(await ask(route, bearer(key ?? ''))).toEqual({ statusCode: 401, code: 'invalid-key' })
  })

  test(`refuses a key without ${route.access}, and no other`, async () => {
    const needed = apiKeyScope.options.findIndex((scope) => scope === route.access)
    for (const [index, scope] of apiKeyScope.options.entries()) {
      const { code } = await ask(route, bearer(keys[scope] ?? ''))
      if (needed === -1 || index < needed) expect([scope, code]).toEqual([scope, 'insufficient-scope'])
      // A key has no session that could be told of or ended.
      else if (route.path === '/v1/session') expect([scope, code]).toEqual([scope, 'invalid-session'])
      else expect([scope, refusals.has(code)]).toEqual([scope, false])
    }
  })

  test('refuses an unknown, expired or ended session, and one of a revoked key', async () => {
    for (const secret of ['gp_unknown', sessions.expired!, sessions.ended!, sessions.keyRevoked!])
      expect(await ask(route, signedIn(secret))).toEqual({ statusCode: 401, code: 'invalid-session' })
    // A key is no session, nor a session a key.
    expect(await ask(route, signedIn(keys.admin!))).toEqual({ statusCode: 401, code: 'invalid-session' })
    expect(await ask(route, bearer(sessions.admin!))).toEqual({ statusCode: 401, code: 'invalid-key' })
  })

  test(`refuses a session without ${route.access}, and no other`, async () => {
    // The last one here would end the session that the other routes are asked with.
    if (route.method === 'DELETE' && route.path === '/v1/session') return
    const needed = apiKeyScope.options.findIndex((scope) => scope === route.access)
    for (const [index, scope] of apiKeyScope.options.entries()) {
      const { code } = await ask(route, signedIn(sessions[scope]!))
      if (needed === -1 || index < needed) expect([scope, code]).toEqual([scope, 'insufficient-scope'])
      else expect([scope, refusals.has(code)]).toEqual([scope, false])
    }
  })

  test('refuses a change with a session whose CSRF token is missing or wrong', async () => {
    const secret = sessions.operator!
    // With the token it would end the session.
    const ends = route.method === 'DELETE' && route.path === '/v1/session'
    const allowed = ends ? null : await ask(route, signedIn(secret))
    expect(refusals.has(allowed?.code ?? null)).toBe(false)
    for (const token of ['', 'x', csrfTokenOf('gp_other')]) {
      const answer = await ask(route, { ...cookie(secret), ...(token === '' ? {} : { 'x-csrf-token': token }) })
      expect(answer).toEqual(route.method === 'GET' ? allowed : { statusCode: 403, code: 'invalid-csrf-token' })
    }
  })
})
