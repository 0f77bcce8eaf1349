import { GoalpostError, signInMethods, workspaceName } from '@goalpost/contracts'
import type { Account } from '@goalpost/experiments'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import type { OidcAttempt, OidcSignIn } from '../../oidc.ts'
import { createSecret, hashSecret } from '../../server/authentication.ts'
import { json, problems, type Api } from '../../server/route-schemas.ts'
import { sessionCookieFor } from '../../server/session-cookie.ts'
import { sessionSeconds } from '../sessions/session-routes.ts'
import { refusalByProvider, RefusedSignIn, refuseSignIn } from './sign-in-refusal.ts'

const tags = ['Administration']
const attemptCookie = 'goalpost_oidc'
const attemptSeconds = 600

const attemptSchema = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  workspace: z.string().nullable(),
})

const redirected = z.null().describe('To the address in Location')

type Dependencies = Pick<ApiDependencies, 'oidc' | 'members' | 'sessions' | 'now'>

/** Sign-in with an account elsewhere, if it is set up. */
export function addOidcRoutes(app: Api, deps: Dependencies): void {
  addMethodsRoute(app, deps)
  addStartRoute(app, deps)
  addCallbackRoute(app, deps)
}

function addMethodsRoute(app: Api, { oidc }: Dependencies): void {
  app.get(
    '/v1/sign-in-methods',
    {
      config: { access: 'public' },
      schema: {
        tags,
        operationId: 'getSignInMethods',
        summary: 'How people can sign in besides with an API key',
        response: { 200: json('The methods', signInMethods), ...problems },
      },
    },
    async () => ({ oidc: oidc === null ? null : { name: oidc.name, path: '/v1/oidc/sign-in' } }),
  )
}

function addStartRoute(app: Api, deps: Dependencies): void {
  app.get(
    '/v1/oidc/sign-in',
    {
      config: { access: 'public' },
      schema: {
        tags,
        operationId: 'startOidcSignIn',
        summary: 'For browsers: go to the sign-in provider',
        querystring: z.strictObject({ workspace: workspaceName.optional().describe('For members of several') }),
        response: { 302: redirected, ...problems },
      },
    },
    async (request, reply) => {
      try {
        const { address, attempt } = await requireOidc(deps.oidc).start(request.query.workspace ?? null)
        const cookie = attemptCookieFor(deps, JSON.stringify(attempt), attemptSeconds)
        return leadTo(reply, address, [cookie])
      } catch (error) {
        return refuseSignIn(request, reply, error)
      }
    },
  )
}

function addCallbackRoute(app: Api, deps: Dependencies): void {
  app.get(
    '/v1/oidc/callback',
    {
      config: { access: 'public' },
      schema: {
        tags,
        operationId: 'finishOidcSignIn',
        summary: 'For browsers: come back from the sign-in provider',
        querystring: z.looseObject({ state: z.string().max(500).optional() }),
        response: { 302: redirected, ...problems },
      },
    },
    async (request, reply) => {
      try {
        const secret = await signIn(deps, request)
        const session = sessionCookieFor({ origin: deps.oidc?.publicUrl }, { secret, maxAgeSeconds: sessionSeconds })
        return leadTo(reply, '/', [session, attemptCookieFor(deps, '', 0)])
      } catch (error) {
        return refuseSignIn(request, reply, error)
      }
    },
  )
}

function leadTo(reply: FastifyReply, address: string, cookies: string[]): FastifyReply {
  return reply
    .status(302)
    .header('cache-control', 'no-store')
    .header('set-cookie', cookies)
    .header('location', address)
    .send(null)
}

type Returned = {
  readonly url: string
  readonly ip: string
  readonly headers: { readonly cookie?: string | undefined }
}

/** The secret of a new session. */
async function signIn({ oidc, members, sessions, now }: Dependencies, { url, ip, headers }: Returned): Promise<string> {
  const attempt = readAttempt(headers.cookie ?? '')
  if (attempt === null) throw oldOrForeign()
  const query = new URLSearchParams(url.split('?')[1] ?? '')
  // Only the provider knows the state: others cannot make this page say that it declined.
  if (query.get('state') !== attempt.state) throw oldOrForeign()
  if (query.has('error')) throw refusalByProvider(query)
  const account = await requireOidc(oidc).finish(query.toString(), attempt)
  const keyId = await members.signIn(account, { workspace: attempt.workspace, address: ip })
  if (keyId === null) throw refuseAccount(account)
  const secret = createSecret()
  const expiresAt = new Date(now() + sessionSeconds * 1_000)
  await sessions.create(keyId, { secretHash: hashSecret(secret), expiresAt })
  return secret
}

function oldOrForeign(): RefusedSignIn {
  const message = 'This sign-in was not started in this browser, or too long ago: start again'
  return new RefusedSignIn('lost', { code: 'invalid-session', message })
}

function refuseAccount({ email }: Account): RefusedSignIn {
  const who = email ?? 'This account, whose address is not verified,'
  return new RefusedSignIn(email === null ? 'not-verified' : 'not-a-member', {
    code: 'insufficient-scope',
    message: `${who} is not a member: ask an administrator for goalpost members add`,
  })
}

function requireOidc(oidc: OidcSignIn | null): OidcSignIn {
  if (oidc !== null) return oidc
  throw new GoalpostError('not-found', 'Sign-in with an account elsewhere is not set up here (GOALPOST_OIDC_ISSUER)')
}

/** `Lax`, as the provider's page leads back; scripts cannot read it. */
function attemptCookieFor({ oidc }: Dependencies, text: string, seconds: number): string {
  const { protocol, pathname } = new URL(oidc?.publicUrl ?? 'http://localhost')
  const secure = protocol === 'https:' ? '; Secure' : ''
  const path = `${pathname.replace(/\/$/, '')}/v1/oidc`
  const value = Buffer.from(text).toString('base64url')
  return `${attemptCookie}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`
}

function readAttempt(cookie: string): OidcAttempt | null {
  const value = new RegExp(`(?:^|;) *${attemptCookie}=([\\w-]{1,2000}) *(?:;|$)`).exec(cookie)?.[1]
  if (value === undefined) return null
  try {
    return attemptSchema.parse(JSON.parse(Buffer.from(value, 'base64url').toString('utf8')))
  } catch {
    return null
  }
}
