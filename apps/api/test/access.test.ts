import { apiKeyScope } from '@goalpost/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderOpenApi } from '../src/server/render-openapi.ts'
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

beforeAll(async () => {
  service = await startTestService()
  for (const scope of apiKeyScope.options) keys[scope] = await service.createKey('lab', scope)
  keys.expired = await service.createKey('lab', 'admin', { expiresAt: new Date(Date.now() - 1) })
  keys.revoked = await service.createKey('lab', 'admin', { operator: true })
  const lab = await service.store.workspaces.ensure('lab')
  const [newest] = (await service.store.apiKeys.list(lab, { limit: 1 })).items
  await service.store.apiKeys.revoke(lab, newest?.id ?? '', { key: null, address: null })
})
afterAll(() => service.close())

async function ask({ method, path }: { method: string; path: string }, headers: Record<string, string>) {
  const url = path.replaceAll(/\{(\w+)\}/g, '01a20000-0000-7000-8000-000000000000')
  const { statusCode, body } = await service.api.inject({ method: method as 'GET', url, headers })
  return { statusCode, code: statusCode >= 400 ? (JSON.parse(body) as { code: string }).code : null }
}

test('only documentation, health and the welcome page need no key', () => {
  expect(
    routes
      .filter(({ access }) => access === 'public')
      .map(({ path }) => path)
      .toSorted(),
  ).toEqual(['/healthz', '/openapi.json', '/readyz'])
  expect(guarded.length).toBeGreaterThan(25)
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
      else expect([scope, code]).not.toEqual([scope, 'insufficient-scope'])
    }
  })
})
