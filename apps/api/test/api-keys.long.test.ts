import type { ApiKeyView, AuditEvent, CreatedApiKey, WorkspaceView } from '@goalpost/contracts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { bearer, spec, startTestService, type TestService } from './harness.ts'

let service: TestService
let admin: string
let operator: string

beforeAll(async () => {
  service = await startTestService()
  admin = await service.createKey('lab', 'admin')
  operator = await service.createKey('default', 'admin', { operator: true })
})
afterAll(() => service.close())

type Method = 'GET' | 'POST' | 'DELETE'
const call = (method: Method, url: string, { as = admin, body }: { as?: string; body?: object } = {}) =>
  service.api.inject({ method, url, headers: bearer(as), ...(body === undefined ? {} : { payload: body }) })
const create = async (body: object): Promise<CreatedApiKey> =>
  (await call('POST', '/v1/api-keys', { body })).json<CreatedApiKey>()
const self = (as: string) => call('GET', '/v1/api-keys/self', { as })

describe('keys', () => {
  test('are created with a secret that is shown once, and work with their scope', async () => {
    const { key, secret } = await create({ name: 'nightly', scope: 'submit', expiresInDays: 30 })
    expect(secret).toMatch(/^gp_[\w-]{43}$/)
    expect(key).toMatchObject({ name: 'nightly', scope: 'submit', state: 'active', workspace: 'lab', operator: false })
    expect(Date.parse(key.expiresAt ?? '') - Date.parse(key.createdAt)).toBeCloseTo(30 * 86_400_000, -4)
    const listed = (await call('GET', '/v1/api-keys')).body
    expect(listed).toContain('nightly')
    expect(listed).not.toContain(secret)
    const submitted = await call('POST', '/v1/experiments', { as: secret, body: { ...spec, name: 'by key' } })
    expect(submitted.statusCode).toBe(201)
    const { id } = submitted.json<{ id: string }>()
    expect((await call('POST', `/v1/experiments/${id}/cancel`, { as: secret })).statusCode).toBe(403)
    expect((await call('POST', '/v1/api-keys', { as: secret, body: { name: 'more' } })).statusCode).toBe(403)
  })

  test('show when they were last used', async () => {
    const { key, secret } = await create({ name: 'used', scope: 'read' })
    expect(key.lastUsedAt).toBeNull()
    await self(secret)
    await vi.waitFor(
      async () => {
        const seen = (await call('GET', `/v1/api-keys/${key.id}`)).json<ApiKeyView>()
        expect(Date.now() - Date.parse(seen.lastUsedAt ?? '1970')).toBeLessThan(70_000)
      },
      { timeout: 10_000 },
    )
  })

  test('stop working when they expire', async () => {
    const secret = await service.createKey('lab', 'read', { expiresAt: new Date(Date.now() + 3_000) })
    expect((await self(secret)).statusCode).toBe(200)
    await vi.waitFor(async () => expect((await self(secret)).statusCode).toBe(401), { timeout: 10_000 })
  })

  test('are revoked at once, at every API process', async () => {
    const { key, secret } = await create({ name: 'leaked', scope: 'manage' })
    const other = await service.buildAnother()
    const url = await other.listen({ port: 0, host: '127.0.0.1' })
    const ask = async () => (await fetch(`${url}/v1/api-keys/self`, { headers: bearer(secret) })).status
    await vi.waitFor(async () => expect(await ask()).toBe(200), { timeout: 10_000 })
    const revoked = await call('DELETE', `/v1/api-keys/${key.id}`)
    expect(revoked.json<ApiKeyView>().state).toBe('revoked')
    const before = performance.now()
    await vi.waitFor(async () => expect(await ask()).toBe(401), { timeout: 4_000, interval: 20 })
    // Without the notification it would be remembered for five seconds.
    expect(performance.now() - before).toBeLessThan(4_000)
    expect((await call('DELETE', `/v1/api-keys/${key.id}`)).json()).toEqual(revoked.json())
    await other.close()
  })

  test('are rotated: both secrets work until the grace period ends', async () => {
    const first = await create({ name: 'ci', scope: 'manage' })
    const rotated = await call('POST', `/v1/api-keys/${first.key.id}/rotate`, { body: { graceHours: 1 } })
    const second = rotated.json<CreatedApiKey>()
    expect(rotated.statusCode).toBe(201)
    expect(second.key).toMatchObject({ name: 'ci', scope: 'manage', state: 'active', expiresAt: null })
    expect((await self(first.secret)).statusCode).toBe(200)
    expect((await self(second.secret)).statusCode).toBe(200)
    const former = (await call('GET', `/v1/api-keys/${first.key.id}`)).json<ApiKeyView>()
    expect(Date.parse(former.expiresAt ?? '') - Date.now()).toBeGreaterThan(3_500_000)
    await call('POST', `/v1/api-keys/${second.key.id}/rotate`, { body: { graceHours: 0 } })
    await vi.waitFor(async () => expect((await self(second.secret)).statusCode).toBe(401), { timeout: 6_000 })
    const again = await call('POST', `/v1/api-keys/${second.key.id}/rotate`, { body: {} })
    expect([again.statusCode, again.json<{ code: string }>().code]).toEqual([409, 'state-conflict'])
  })

  test('the last one that may manage keys cannot be revoked', async () => {
    const alone = await service.createKey('alone', 'admin')
    const { id } = (await self(alone)).json<ApiKeyView>()
    const refused = await call('DELETE', `/v1/api-keys/${id}`, { as: alone })
    expect(refused.statusCode).toBe(409)
    expect(refused.json<{ detail: string }>().detail).toContain('create another')
    await call('POST', '/v1/api-keys', { as: alone, body: { name: 'second', scope: 'admin' } })
    expect((await call('DELETE', `/v1/api-keys/${id}`, { as: alone })).statusCode).toBe(200)
  })

  test.each([
    [{}, '/name'],
    [{ name: '' }, '/name'],
    [{ name: 'a\u001b[2J' }, '/name'],
    [{ name: 'x', scope: 'root' }, '/scope'],
    [{ name: 'x', expiresInDays: 0 }, '/expiresInDays'],
    [{ name: 'x', operator: true }, '/operator'],
  ])('%j is refused, naming the field', async (body, pointer) => {
    const response = await call('POST', '/v1/api-keys', { body })
    expect(response.statusCode).toBe(400)
    expect(response.json<{ issues: { pointer: string }[] }>().issues.map((issue) => issue.pointer)).toContain(pointer)
  })
})

describe('workspaces', () => {
  test('are created by operators, who hand out their first key', async () => {
    const made = await call('POST', '/v1/workspaces', { as: operator, body: { name: 'interpretability' } })
    expect(made.statusCode).toBe(201)
    const url = '/v1/workspaces/interpretability/api-keys'
    const { key, secret } = (
      await call('POST', url, { as: operator, body: { name: 'lead', scope: 'admin' } })
    ).json<CreatedApiKey>()
    expect(key.workspace).toBe('interpretability')
    expect((await self(secret)).json<ApiKeyView>().workspace).toBe('interpretability')
    const { items } = (await call('GET', '/v1/workspaces', { as: operator })).json<{ items: WorkspaceView[] }>()
    expect(items.find(({ name }) => name === 'interpretability')?.activeKeys).toBe(1)
    const twice = await call('POST', '/v1/workspaces', { as: operator, body: { name: 'interpretability' } })
    expect(twice.statusCode).toBe(409)
    const nowhere = await call('POST', '/v1/workspaces/nowhere/api-keys', { as: operator, body: { name: 'x' } })
    expect(nowhere.statusCode).toBe(404)
    const misnamed = await call('POST', '/v1/workspaces', { as: operator, body: { name: 'A lab' } })
    expect(misnamed.statusCode).toBe(400)
  })

  test('an administrator of one workspace is no operator', async () => {
    expect((await call('GET', '/v1/workspaces')).statusCode).toBe(403)
    expect((await call('POST', '/v1/workspaces', { body: { name: 'mine' } })).statusCode).toBe(403)
  })
})

describe('the audit log', () => {
  test('says who changed what, from where, without secrets', async () => {
    const { key, secret } = await create({ name: 'audited', scope: 'read' })
    await call('DELETE', `/v1/api-keys/${key.id}`)
    const response = await call('GET', '/v1/audit?limit=2')
    const [revoked, created] = response.json<{ items: AuditEvent[] }>().items
    const actor = { name: 'test', keyId: (await self(admin)).json<ApiKeyView>().id }
    const subject = { type: 'api-key', id: key.id, name: 'audited' }
    expect(created).toMatchObject({ action: 'api-key.created', actor, subject, before: null, address: '127.0.0.1' })
    expect(created?.after).toEqual({ scope: 'read', operator: false, expiresAt: null })
    expect(revoked).toMatchObject({
      action: 'api-key.revoked',
      before: { state: 'active' },
      after: { state: 'revoked' },
    })
    expect(response.body).not.toContain(secret)
  })

  test('belongs to its workspace', async () => {
    const stranger = await service.createKey('strangers', 'admin')
    const { items } = (await call('GET', '/v1/audit', { as: stranger })).json<{ items: AuditEvent[] }>()
    expect(items.map(({ subject }) => subject.name)).toEqual(['test'])
  })
})

describe('the key of the settings', () => {
  const hash = (digit: string) => digit.repeat(64)

  test('replaces that of former settings, and stays revoked once it was revoked by hand', async () => {
    const { apiKeys } = service.store
    expect(await apiKeys.ensureBootstrap(hash('1'))).toBe(true)
    const first = await apiKeys.find(hash('1'))
    expect(first).toMatchObject({ scope: 'admin', operator: true })
    expect(await apiKeys.ensureBootstrap(hash('1'))).toBe(true)
    expect(await apiKeys.find(hash('1'))).toEqual(first)
    expect(await apiKeys.ensureBootstrap(hash('2'))).toBe(true)
    expect(await apiKeys.find(hash('1'))).toBeNull()
    const second = await apiKeys.find(hash('2'))
    await apiKeys.revoke(second?.workspaceId ?? '', second?.id ?? '', { key: null, address: null })
    expect(await apiKeys.ensureBootstrap(hash('2'))).toBe(false)
    expect(await apiKeys.find(hash('2'))).toBeNull()
  })
})
