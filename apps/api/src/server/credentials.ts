import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { csrfHeader, GoalpostError, sessionCookie } from '@goalpost/contracts'

/** The secret of an API key, or of a browser's session. */
export type Credentials = { readonly kind: 'key' | 'session'; readonly secret: string }

/** A key counts before a session: browsers send the cookie by themselves. Null if there is neither. */
export function credentialsOf({ authorization, cookie }: IncomingHttpHeaders): Credentials | null {
  if (authorization !== undefined) {
    const key = /^Bearer +(\S{1,200})$/i.exec(authorization)?.[1]
    return key === undefined ? null : { kind: 'key', secret: key }
  }
  const session = new RegExp(`(?:^|;) *${sessionCookie}=([\\w-]{1,200}) *(?:;|$)`).exec(cookie ?? '')?.[1]
  return session === undefined ? null : { kind: 'session', secret: session }
}

/** Whether a scraper sent the static token, which needs no database. Never without a token in the settings. */
export function isMetricsToken(credentials: Credentials | null, token: string | null): boolean {
  if (token === null || credentials?.kind !== 'key') return false
  return timingSafeEqual(sha256(credentials.secret), sha256(token))
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Only scripts of the dashboard can read it; requests from other sites may carry the cookie, but not this. */
export function csrfTokenOf(sessionSecret: string): string {
  return createHash('sha256').update(`csrf ${sessionSecret}`).digest('base64url')
}

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

type Request = { readonly method: string; readonly headers: IncomingHttpHeaders }

/** Throws `invalid-csrf-token` for a change with a session that another site may have sent. */
export function requireOwnRequest({ kind, secret }: Credentials, { method, headers }: Request): void {
  if (kind === 'key' || safeMethods.has(method)) return
  const given = Buffer.from(String(headers[csrfHeader] ?? ''))
  const expected = Buffer.from(csrfTokenOf(secret))
  if (given.length === expected.length && timingSafeEqual(given, expected)) return
  throw new GoalpostError(
    'invalid-csrf-token',
    `Send the header \`${csrfHeader}\` with the \`csrfToken\` of GET /v1/session`,
  )
}
