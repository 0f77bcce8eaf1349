import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { MemberView } from '@goalpost/contracts'
import { createLogger } from '@goalpost/telemetry'
import { Provider } from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createOidcSignIn } from '../src/oidc.ts'
import type { Api } from '../src/server/route-schemas.ts'
import { createBrowser, type Browser } from './browser.ts'
import { bearer, portOf, startTestService, type TestService } from './harness.ts'

/** A real provider on this machine. Whoever signs in there has an address, which is verified unless the name says no. */
let server: Server
let service: TestService
let api: Api
let publicUrl: string
let admin: string

beforeAll(async () => {
  server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${portOf(server)}`
  service = await startTestService()
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  publicUrl = `http://127.0.0.1:${portOf(probe)}`
  await new Promise((resolve) => probe.close(resolve))
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'goalpost', client_secret: 'hush', redirect_uris: [`${publicUrl}/v1/oidc/callback`] }],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@lab.example`, email_verified: !id.startsWith('unverified') }),
    }),
  })
  const answer = provider.callback()
  server.on('request', (request, response) => void answer(request, response))
  const settings = { issuer, clientId: 'goalpost', clientSecret: 'hush', name: 'Lab', publicUrl }
  api = await service.buildAnother({}, { oidc: createOidcSignIn(settings) })
  await api.listen({ host: '127.0.0.1', port: Number(new URL(publicUrl).port) })
  admin = await service.createKey('lab', 'admin')
  for (const email of ['ada@lab.example', 'unverified@lab.example']) await addMember(email)
})
afterAll(async () => {
  await api.close()
  await service.close()
  server.closeAllConnections()
  server.close()
})

async function addMember(email: string): Promise<MemberView> {
  const payload = { email, scope: 'manage' }
  return (await api.inject({ method: 'POST', url: '/v1/members', headers: bearer(admin), payload })).json()
}

/** Signs in at the provider and agrees; returns the address that the provider leads back to. */
async function signInElsewhere(
  browser: Browser,
  account: string,
  from = `${publicUrl}/v1/oidc/sign-in`,
): Promise<string> {
  let page = await browser.follow(from, `${publicUrl}/v1/oidc/callback`)
  const forms: Record<string, string>[] = [{ prompt: 'login', login: account, password: 'any' }, { prompt: 'consent' }]
  for (const form of forms) {
    if (page.stopped !== null) break
    const action = /action="([^"]+)"/.exec(page.body)?.[1]
    if (action === undefined) throw new Error(`The provider shows no form: ${page.body.slice(0, 500)}`)
    page = await browser.follow(new URL(action, page.address).href, `${publicUrl}/v1/oidc/callback`, form)
  }
  if (page.stopped === null) throw new Error(`The provider did not lead back: ${page.body.slice(0, 500)}`)
  return page.stopped
}

const problemOf = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code]

describe('sign-in at a provider', () => {
  test('starts a session of the member, which the audit log has', async () => {
    const browser = createBrowser()
    const back = await browser.get(await signInElsewhere(browser, 'ada'))
    expect([back.status, back.headers.get('location')]).toEqual([302, '/'])
    const [session, attempt] = back.headers.getSetCookie()
    expect(session).toMatch(/^goalpost_session=[\w-]{40,}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict$/)
    expect(attempt).toMatch(/^goalpost_oidc=; Path=\/v1\/oidc; Max-Age=0; HttpOnly; SameSite=Lax$/)
    const view = await browser.get(`${publicUrl}/v1/session`)
    expect(await view.json()).toMatchObject({
      key: 'ada@lab.example',
      workspace: 'lab',
      scope: 'manage',
      operator: false,
    })
    const audit = await api.inject({ url: '/v1/audit?limit=1', headers: bearer(admin) })
    expect(audit.json().items[0]).toMatchObject({ action: 'member.signed-in', actor: { name: 'ada@lab.example' } })
  })

  test('works once for each answer of the provider', async () => {
    const browser = createBrowser()
    const address = await signInElsewhere(browser, 'ada')
    const other = createBrowser()
    expect(await problemOf(await other.get(address))).toEqual([401, 'invalid-session'])
    const cookies = browser.copy()
    expect((await browser.get(address)).status).toBe(302)
    expect(await problemOf(await cookies.get(address))).toEqual([401, 'invalid-session'])
  })

  test('is refused with an answer to another attempt, or one that was changed', async () => {
    const [first, second] = [createBrowser(), createBrowser()]
    const address = await signInElsewhere(first, 'ada')
    await signInElsewhere(second, 'ada')
    expect(await problemOf(await second.get(address))).toEqual([401, 'invalid-session'])
    for (const [name, value] of [
      ['code', 'made-up'],
      ['state', 'made-up'],
      ['iss', 'https://evil.example'],
    ] as const) {
      const changed = new URL(address)
      changed.searchParams.set(name, value)
      expect([name, ...(await problemOf(await first.copy().get(changed.href)))]).toEqual([name, 401, 'invalid-session'])
    }
  })

  test.each(['stranger', 'unverified'])('gives an account without a membership nothing: %s', async (account) => {
    const browser = createBrowser()
    const response = await browser.get(await signInElsewhere(browser, account))
    expect(await problemOf(response)).toEqual([403, 'insufficient-scope'])
    expect(response.headers.getSetCookie()).toEqual([])
  })

  test('leads to the workspace that the member chose', async () => {
    const other = await service.createKey('other', 'admin')
    const payload = { email: 'ada@lab.example', scope: 'read' }
    await api.inject({ method: 'POST', url: '/v1/members', headers: bearer(other), payload })
    for (const workspace of ['other', 'lab']) {
      const browser = createBrowser()
      await browser.get(await signInElsewhere(browser, 'ada', `${publicUrl}/v1/oidc/sign-in?workspace=${workspace}`))
      expect(await (await browser.get(`${publicUrl}/v1/session`)).json()).toMatchObject({ workspace })
    }
  })
})

describe('a sign-in that fails leads a person to a page that says why:', () => {
  const person = () => createBrowser({ accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })
  const ending = (response: Response) => [
    response.status,
    response.headers.get('location'),
    response.headers.get('cache-control'),
  ]
  const page = (refusal: string) => [302, `/sign-in?refused=${refusal}`, 'no-store']

  test('the state is lost, or the sign-in was finished before', async () => {
    const address = await signInElsewhere(person(), 'ada')
    expect(ending(await person().get(address))).toEqual(page('lost'))
    const browser = person()
    const again = await signInElsewhere(browser, 'ada')
    const second = browser.copy()
    expect((await browser.get(again)).headers.get('location')).toBe('/')
    expect(ending(await browser.get(again))).toEqual(page('lost'))
    expect(ending(await second.get(again))).toEqual(page('not-valid'))
  })

  test('the provider declined, which only it can say', async () => {
    const browser = person()
    const address = new URL(await signInElsewhere(browser, 'ada'))
    const { searchParams } = address
    searchParams.delete('code')
    searchParams.set('error', 'access_denied')
    expect(ending(await browser.copy().get(address.href))).toEqual(page('declined'))
    searchParams.set('state', 'made-up')
    expect(ending(await browser.get(address.href))).toEqual(page('lost'))
  })

  test.each([
    ['stranger', 'not-a-member'],
    ['unverified', 'not-verified'],
  ])('the account %s is %s', async (account, refusal) => {
    const browser = person()
    const response = await browser.get(await signInElsewhere(browser, account))
    expect(ending(response)).toEqual(page(refusal))
    expect(response.headers.getSetCookie()).toEqual([])
  })

  test('the provider is away, or none is set', async () => {
    const settings = { issuer: 'http://127.0.0.1:9', clientId: 'x', clientSecret: null, name: 'Lab', publicUrl }
    const lines: string[] = []
    const destination = { write: (line: string) => void lines.push(line) }
    const logger = createLogger({ service: 'api', level: 'error', destination })
    const away = await service.buildAnother({}, { oidc: createOidcSignIn(settings), logger })
    const headers = { accept: 'text/html', 'x-forwarded-prefix': '/goalpost' }
    const response = await away.inject({ url: '/v1/oidc/sign-in', headers })
    expect([response.statusCode, response.headers.location]).toEqual([302, '/goalpost/sign-in?refused=unavailable'])
    expect(lines.join('')).toContain('The sign-in provider cannot be reached')
    await away.close()
    const none = await service.api.inject({ url: '/v1/oidc/sign-in', headers: { accept: 'text/html' } })
    expect(none.headers.location).toBe('/sign-in?refused=misconfigured')
  })
})

describe('a sign-in that the provider refuses names the reason on the page, and its own words in the log:', () => {
  const attempt = { state: 'mine', nonce: 'n', verifier: 'v'.repeat(43), workspace: null }
  const cookie = `goalpost_oidc=${Buffer.from(JSON.stringify(attempt)).toString('base64url')}`

  /** Comes back from a provider whose token endpoint gives that answer, or repeats a header; null: it hangs up. */
  async function comeBack(query: string, answer: readonly [number, object | 'text' | 'headers'] | null) {
    const provider = createServer((request, response) => {
      const issuer = `http://${request.headers.host}`
      const metadata = { issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` }
      const [status, body] = request.url === '/token' ? (answer ?? [0, {}]) : [200, metadata]
      if (status === 0) return void request.socket.destroy()
      const repeated = { error: 'no', error_description: request.headers.authorization }
      const text = body === 'text' ? '<p>hello' : JSON.stringify(body === 'headers' ? repeated : body)
      response.writeHead(status, { 'content-type': body === 'text' ? 'text/html' : 'application/json' }).end(text)
    }).listen(0, '127.0.0.1')
    await once(provider, 'listening')
    const issuer = `http://127.0.0.1:${portOf(provider)}`
    const settings = { issuer, clientId: 'goalpost', clientSecret: 'wrong-(secret)_!', name: 'Lab', publicUrl }
    const lines: string[] = []
    const logger = createLogger({
      service: 'api',
      level: 'warn',
      destination: { write: (line) => void lines.push(line) },
    })
    const built = await service.buildAnother({}, { oidc: createOidcSignIn(settings), logger })
    const headers = { accept: 'text/html', cookie }
    const response = await built.inject({ url: `/v1/oidc/callback?state=mine&${query}`, headers })
    await built.close()
    provider.closeAllConnections()
    provider.close()
    return { page: response.headers.location, log: lines.join('') }
  }

  test.each([
    ['code=1', [401, { error: 'invalid_client' }], 'misconfigured', 'invalid_client'],
    ['code=1', [400, { error: 'unauthorized_client', error_description: 'no PKCE' }], 'misconfigured', 'no PKCE'],
    ['code=1', [400, { error: 'invalid_grant' }], 'not-valid', 'invalid_grant'],
    ['code=1', [503, {}], 'unavailable', '503'],
    ['code=1', [200, 'text'], 'not-valid', 'content-type'],
    ['code=1', [400, 'headers'], 'not-valid', '400, no, Basic …'],
    ['code=1', null, 'unavailable', 'fetch failed'],
    ['error=access_denied', null, 'declined', 'access_denied'],
    ['error=invalid_scope&error_description=no+email', null, 'misconfigured', 'invalid_scope: no email'],
    ['error=temporarily_unavailable', null, 'unavailable', 'temporarily_unavailable'],
  ] as const)('%s, then %j: %s', async (query, answer, refusal, words) => {
    const { page, log } = await comeBack(query, answer)
    expect(page).toBe(`/sign-in?refused=${refusal}`)
    expect(log).toContain(words)
  })
})

test('the sign-in page learns whether there is a provider', async () => {
  expect((await api.inject('/v1/sign-in-methods')).json()).toEqual({
    oidc: { name: 'Lab', path: '/v1/oidc/sign-in' },
  })
  expect((await service.api.inject('/v1/sign-in-methods')).json()).toEqual({ oidc: null })
  expect((await service.api.inject('/v1/oidc/sign-in')).statusCode).toBe(404)
})

test('a provider that is away is reported as such, and asked again the next time', async () => {
  const settings = { issuer: 'http://127.0.0.1:9', clientId: 'x', clientSecret: null, name: 'Lab', publicUrl }
  const away = await service.buildAnother({}, { oidc: createOidcSignIn(settings) })
  for (let asked = 0; asked < 2; asked++) {
    const response = await away.inject('/v1/oidc/sign-in')
    expect([response.statusCode, response.json().code]).toEqual([503, 'unavailable'])
  }
  await away.close()
})

test('an issuer that ends in a slash is used as it is, and another one is named in the log', async () => {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const logger = createLogger({ service: 'api', level: 'error', destination })
  const provider = createServer((request, response) => {
    const issuer = `http://${request.headers.host}/realm/`
    const found = request.url === '/realm/.well-known/openid-configuration'
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ issuer, authorization_endpoint: `${issuer}authorize` }))
  }).listen(0, '127.0.0.1')
  await once(provider, 'listening')
  const issuer = `http://127.0.0.1:${portOf(provider)}/realm/`
  const ask = async (configured: string) => {
    const settings = { issuer: configured, clientId: 'x', clientSecret: null, name: 'Lab', publicUrl }
    const built = await service.buildAnother({}, { oidc: createOidcSignIn(settings), logger })
    const response = await built.inject('/v1/oidc/sign-in')
    await built.close()
    return response
  }
  expect((await ask(issuer)).headers.location).toMatch(`${issuer}authorize?`)
  const refused = await ask(issuer.slice(0, -1))
  expect([refused.statusCode, refused.json().detail]).toEqual([
    500,
    expect.stringContaining('GOALPOST_OIDC_ISSUER') as string,
  ])
  expect(lines.join('')).toContain(
    `Expected the issuer ${issuer.slice(0, -1)}, but the metadata of the provider have ${issuer}`,
  )
  provider.closeAllConnections()
  provider.close()
})
