import type { SessionView, SignInLink } from '@goalpost/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bearer, startTestService, type TestService } from './harness.ts'

let service: TestService
let key: string

beforeAll(async () => {
  service = await startTestService()
  key = await service.createKey('lab', 'manage')
  // Listening servers are notified of ended sessions.
  await service.api.listen({ port: 0 })
})
afterAll(() => service.close())

type Body = Record<string, string>
const signIn = (payload: Body, headers: Record<string, string> = {}) =>
  service.api.inject({ method: 'POST', url: '/v1/session', payload, headers })

/** The headers of a signed-in browser. */
async function browser(payload: Body = { apiKey: key }) {
  const response = await signIn(payload)
  const [cookie = ''] = String(response.headers['set-cookie']).split(';')
  return { cookie, 'x-csrf-token': response.json<SessionView>().csrfToken }
}

const createLink = async (headers: Record<string, string>) =>
  (await service.api.inject({ method: 'POST', url: '/v1/sign-in-links', headers })).json<SignInLink>()

test('a key is exchanged for a cookie that scripts and other sites cannot use', async () => {
  const response = await signIn({ apiKey: key })
  expect(response.statusCode).toBe(201)
  expect(response.json()).toMatchObject({ key: 'test', workspace: 'lab', scope: 'manage', operator: false })
  expect(response.headers['set-cookie']).toMatch(
    /^goalpost_session=[\w-]{40,}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict$/,
  )
  expect(response.headers['cache-control']).toBe('no-store')
  expect(response.body).not.toContain(/goalpost_session=([\w-]+)/.exec(String(response.headers['set-cookie']))![1])
})

test('over HTTPS the cookie is never sent over HTTP', async () => {
  const { headers } = await signIn({ apiKey: key }, { origin: 'https://lab.example' })
  expect(headers['set-cookie']).toMatch(/; Secure$/)
})

test('the database has no secret of a session or link', async () => {
  const { cookie } = await browser()
  const { token } = await createLink(bearer(key))
  const secrets = [cookie.split('=')[1]!, token]
  const stored = await service.store.sessions.find(secrets[0]!)
  expect(stored).toBeNull()
  expect(await service.store.sessions.redeemLink(token)).toBeNull()
})

test('a session reads and changes what its key may', async () => {
  const headers = await browser()
  const read = await service.api.inject({ url: '/v1/session', headers: { cookie: headers.cookie } })
  expect(read.json()).toMatchObject({ scope: 'manage', csrfToken: headers['x-csrf-token'] })
  const experiments = await service.api.inject({ url: '/v1/experiments', headers: { cookie: headers.cookie } })
  expect(experiments.statusCode).toBe(200)
})

test('signing out ends the session at once, and removes the cookie', async () => {
  const headers = await browser()
  const response = await service.api.inject({ method: 'DELETE', url: '/v1/session', headers })
  expect([response.statusCode, response.headers['set-cookie']]).toEqual([
    204,
    'goalpost_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict',
  ])
  const code = async () => (await service.api.inject({ url: '/v1/experiments', headers })).json().code
  await expect.poll(code).toBe('invalid-session')
})

test('a sign-in link works once, with the rights of the key that created it', async () => {
  const { path, token } = await createLink(bearer(key))
  expect(path).toBe(`/sign-in#${token}`)
  const responses = await Promise.all([signIn({ token }), signIn({ token })])
  expect(responses.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 401])
  expect(responses.find(({ statusCode }) => statusCode === 201)?.json()).toMatchObject({ scope: 'manage' })
})

test('an expired link, an unknown one and an unknown key start no session', async () => {
  const expired = 'ab'.repeat(32)
  const { id } = (await service.api.inject({ url: '/v1/api-keys/self', headers: bearer(key) })).json<{ id: string }>()
  await service.store.sessions.createLink(id, { tokenHash: expired, expiresAt: new Date(Date.now() - 1) })
  expect(await service.store.sessions.redeemLink(expired)).toBeNull()
  for (const [body, code] of [
    [{ token: 'gp_unknown' }, 'invalid-session'],
    [{ apiKey: 'gp_unknown' }, 'invalid-key'],
  ] as const) {
    const response = await signIn(body)
    expect([response.statusCode, response.json().code, response.headers['set-cookie']]).toEqual([401, code, undefined])
  }
})

test('a form of another site cannot sign a browser in: it cannot send JSON', async () => {
  const response = await service.api.inject({
    method: 'POST',
    url: '/v1/session',
    headers: { 'content-type': 'text/plain' },
    payload: JSON.stringify({ apiKey: key }),
  })
  expect(response.statusCode).toBe(415)
})
