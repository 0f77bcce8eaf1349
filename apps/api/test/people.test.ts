import type { AuditEvent, CreatedApiKey, CreatedInvitation, InvitationView, MemberView } from '@goalpost/contracts'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer, startTestService, type TestService } from './harness.ts'
import { hashSecret } from '../src/server/authentication.ts'

let service: TestService
let admin: string

beforeAll(async () => {
  service = await startTestService()
  admin = await service.createKey('lab', 'admin')
})
afterAll(() => service.close())

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

async function ask<Answer>(method: Method, url: string, payload?: object, key = admin) {
  const response = await service.api.inject({ method, url, headers: bearer(key), ...(payload && { payload }) })
  return { status: response.statusCode, answer: response.body === '' ? (null as Answer) : response.json<Answer>() }
}

const accept = (token: string) =>
  service.api.inject({ method: 'POST', url: '/v1/invitations/accept', payload: { token } })
const invite = async (invitation: object) =>
  (await ask<CreatedInvitation>('POST', '/v1/invitations', invitation)).answer

async function latestAudit(): Promise<AuditEvent | undefined> {
  return (await ask<{ items: AuditEvent[] }>('GET', '/v1/audit?limit=1')).answer.items[0]
}

/** As only time, or an earlier version, does it. */
async function changeKey(id: string, assignment: string): Promise<void> {
  const client = new Client(service.databaseUrl)
  await client.connect()
  await client.query(`UPDATE api_keys SET ${assignment} WHERE id = $1`, [id])
  await client.end()
}

describe('an invitation', () => {
  test('gives the first person who opens it a key with its name and scope', async () => {
    const { invitation, path, token } = await invite({ name: 'Ada', scope: 'read' })
    expect([invitation.state, invitation.scope, path]).toEqual(['open', 'read', `/join#${token}`])
    const answers = await Promise.all([accept(token), accept(token)])
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 401])
    const { key, secret } = answers.find(({ statusCode }) => statusCode === 201)!.json<CreatedApiKey>()
    expect(key).toMatchObject({ name: 'Ada', scope: 'read', workspace: 'lab', operator: false })
    const { status } = await ask('GET', '/v1/experiments', undefined, secret)
    const { status: refused } = await ask('GET', '/v1/api-keys', undefined, secret)
    expect([status, refused]).toEqual([200, 403])
    expect(await latestAudit()).toMatchObject({
      action: 'invitation.accepted',
      actor: { keyId: key.id, name: 'Ada' },
      address: '127.0.0.1',
      subject: { type: 'invitation', id: invitation.id },
    })
  })

  test('is stored without its token', async () => {
    const { token } = await invite({ name: 'Grace' })
    const { answer } = await ask<{ items: InvitationView[] }>('GET', '/v1/invitations')
    expect(JSON.stringify(answer)).not.toContain(token)
    // The hash is no token.
    expect((await accept(hashSecret(token))).statusCode).toBe(401)
    expect((await accept(token)).statusCode).toBe(201)
  })

  test('that was revoked, or has expired, or is unknown, gives nothing', async () => {
    const { invitation, token } = await invite({ name: 'Mallory' })
    const revoked = await ask<InvitationView>('DELETE', `/v1/invitations/${invitation.id}`)
    expect([revoked.status, revoked.answer.state]).toEqual([200, 'revoked'])
    const lab = await service.store.workspaces.ensure('lab')
    const expired = {
      name: 'Late',
      scope: 'read',
      tokenHash: hashSecret('late'),
      expiresAt: new Date(Date.now() - 1),
    } as const
    await service.store.invitations.create(lab, expired, { key: null, address: null })
    for (const given of [token, 'late', 'gp_unknown']) {
      const response = await accept(given)
      expect([response.statusCode, response.json().code]).toEqual([401, 'invalid-session'])
    }
    const { answer } = await ask<{ items: InvitationView[] }>('GET', '/v1/invitations?limit=2')
    expect(answer.items.map(({ state }) => state)).toEqual(['expired', 'revoked'])
  })

  test('that was accepted cannot be revoked: its key can', async () => {
    const { invitation, token } = await invite({ name: 'Linus' })
    const { key } = (await accept(token)).json<CreatedApiKey>()
    const { status, answer } = await ask<{ detail: string }>('DELETE', `/v1/invitations/${invitation.id}`)
    expect([status, answer.detail]).toEqual([409, expect.stringContaining('revoke the key') as string])
    expect((await ask('DELETE', `/v1/api-keys/${key.id}`)).status).toBe(200)
  })

  test.each([
    { name: '', scope: 'read' },
    { name: 'x', scope: 'operator' },
    { name: 'x', expiresInDays: 31 },
    { name: 'line\nbreak' },
  ])('%j is refused', async (invitation) => {
    expect((await ask('POST', '/v1/invitations', invitation)).status).toBe(400)
  })
})

describe('a member', () => {
  const account = { issuer: 'https://id.example', subject: 'u1', email: 'Ada@Example.org' }
  const signIn = (change: Partial<typeof account> | { email: null } = {}, workspace: string | null = null) =>
    service.store.members.signIn({ ...account, ...change }, { workspace, address: '192.0.2.7' })
  const add = (member: object) => ask<MemberView>('POST', '/v1/members', member)

  test('is known by a verified address at first, and by the account from then on', async () => {
    expect(await signIn()).toBeNull()
    const { status, answer: member } = await add({ email: 'ada@example.org', scope: 'manage' })
    expect([status, member.scope, member.signedInAt]).toEqual([201, 'manage', null])
    expect(await signIn({ email: null })).toBeNull()
    expect(await signIn()).toBe(member.id)
    expect(await latestAudit()).toMatchObject({
      action: 'member.signed-in',
      actor: { keyId: member.id, name: 'ada@example.org' },
      address: '192.0.2.7',
    })
    expect(await signIn({ email: 'married@example.org' })).toBe(member.id)
    // The address is somebody else's by now, or the provider is another.
    expect(await signIn({ subject: 'u2' })).toBeNull()
    expect(await signIn({ issuer: 'https://other.example' })).toBeNull()
    expect((await add({ email: 'ADA@example.org' })).status).toBe(409)
  })

  test('of several workspaces chooses one, or gets the one used last', async () => {
    const other = await service.createKey('other', 'admin')
    const payload = { email: 'ada@example.org', scope: 'read' }
    const { answer } = await ask<MemberView>('POST', '/v1/members', payload, other)
    const inLab = await signIn({}, 'lab')
    expect(await signIn({}, 'other')).toBe(answer.id)
    expect(await signIn()).toBe(answer.id)
    expect(await signIn({}, 'lab')).toBe(inLab)
    expect(await signIn()).toBe(inLab)
    expect(await signIn({}, 'third')).toBeNull()
  })

  test('who is removed cannot sign in, and has no session any more', async () => {
    const { answer: member } = await add({ email: 'bob@example.org' })
    const bob = { subject: 'bob', email: 'bob@example.org' }
    const keyId = await signIn(bob)
    const secret = 'gp_session_of_bob'
    await service.store.sessions.create(keyId!, {
      secretHash: hashSecret(secret),
      expiresAt: new Date(Date.now() + 60_000),
    })
    expect(await service.store.sessions.find(hashSecret(secret))).toMatchObject({ scope: 'submit' })
    expect((await ask('DELETE', `/v1/members/${member.id}`)).status).toBe(204)
    expect(await service.store.sessions.find(hashSecret(secret))).toBeNull()
    expect(await signIn(bob)).toBeNull()
    expect((await ask('DELETE', `/v1/members/${member.id}`)).status).toBe(404)
    expect((await add({ email: 'bob@example.org' })).status).toBe(201)
  })

  test('gets another scope, which open sessions have at once, and the audit log keeps', async () => {
    const { answer: member } = await add({ email: 'gus@example.org', scope: 'read' })
    const secret = 'gp_session_of_gus'
    const expiresAt = new Date(Date.now() + 60_000)
    await service.store.sessions.create(member.id, { secretHash: hashSecret(secret), expiresAt })
    const change = (scope: string) => ask<MemberView>('PUT', `/v1/members/${member.id}`, { scope })
    expect(await change('manage')).toMatchObject({ status: 200, answer: { id: member.id, scope: 'manage' } })
    expect(await service.store.sessions.find(hashSecret(secret))).toMatchObject({ scope: 'manage' })
    expect(await latestAudit()).toMatchObject({
      action: 'member.changed',
      subject: { type: 'member', name: 'gus@example.org' },
      before: { scope: 'read' },
      after: { scope: 'manage' },
    })
    const audited = (await latestAudit())?.id
    expect((await change('manage')).status).toBe(200)
    expect((await latestAudit())?.id).toBe(audited)
    expect((await change('operator')).status).toBe(400)
    expect((await ask('DELETE', `/v1/members/${member.id}`)).status).toBe(204)
    expect((await change('read')).status).toBe(404)
  })

  test('has a key that is marked as theirs', async () => {
    const { answer: member } = await add({ email: 'hal@example.org' })
    const { answer } = await ask<{ items: { id: string; member: boolean }[] }>('GET', '/v1/api-keys?limit=200')
    const marked = answer.items.filter((each) => each.member).map(({ id }) => id)
    expect(marked).toContain(member.id)
    const { answer: self } = await ask<{ id: string; member: boolean }>('GET', '/v1/api-keys/self')
    expect([self.member, marked.includes(self.id)]).toEqual([false, false])
    expect((await ask<{ member: boolean }>('GET', `/v1/api-keys/${member.id}`)).answer.member).toBe(true)
  })

  test('has a key that can neither be revoked nor rotated by itself, as its successor would stay', async () => {
    const { answer: member } = await add({ email: 'carol@example.org', scope: 'manage' })
    for (const [method, url] of [
      ['DELETE', `/v1/api-keys/${member.id}`],
      ['POST', `/v1/api-keys/${member.id}/rotate`],
    ] as const) {
      const { status, answer } = await ask<{ detail: string }>(method, url, method === 'POST' ? {} : undefined)
      expect([status, answer.detail]).toEqual([409, expect.stringContaining('members remove') as string])
    }
    expect(await signIn({ subject: 'carol', email: 'carol@example.org' })).toBe(member.id)
  })

  test('whose key works no more can be added again', async () => {
    const { answer: former } = await add({ email: 'dan@example.org' })
    const dan = { subject: 'dan', email: 'dan@example.org' }
    expect(await signIn(dan)).toBe(former.id)
    await changeKey(former.id, 'revoked_at = now()')
    expect(await signIn(dan)).toBeNull()
    const { status, answer: member } = await add({ email: 'dan@example.org' })
    expect([status, await signIn(dan)]).toEqual([201, member.id])
  })

  test('who is the last administrator stays', async () => {
    const only = await service.createKey('small', 'admin')
    const { answer: self } = await ask<{ id: string }>('GET', '/v1/api-keys/self', undefined, only)
    const addAdmin = async (email: string) =>
      (await ask<MemberView>('POST', '/v1/members', { email, scope: 'admin' }, only)).answer
    const [first, second] = [await addAdmin('eve@example.org'), await addAdmin('fay@example.org')]
    // Members are no reason to revoke the last key: they depend on the provider.
    expect((await ask('DELETE', `/v1/api-keys/${self.id}`, undefined, only)).status).toBe(409)
    expect((await ask('DELETE', `/v1/members/${first.id}`, undefined, only)).status).toBe(204)
    expect((await ask('PUT', `/v1/members/${second.id}`, { scope: 'admin' }, only)).status).toBe(200)
    await changeKey(self.id, "expires_at = now() - interval '1 s'")
    const workspaceId = await service.store.workspaces.ensure('small')
    const remove = () => service.store.members.remove(workspaceId, second.id, { key: null, address: null })
    expect(await remove()).toMatchObject({ ok: false, code: 'state-conflict' })
    const actor = { key: null, address: null }
    const demoted = await service.store.members.change(workspaceId, second.id, 'manage', actor)
    expect(demoted).toMatchObject({ ok: false, code: 'state-conflict' })
    await changeKey(self.id, 'expires_at = NULL')
    expect(await remove()).toEqual({ ok: true })
  })
})
