import type { IncomingHttpHeaders } from 'node:http'
import { sessionCookie } from '@goalpost/contracts'

/** `Set-Cookie` for a session; without a secret, the cookie is removed. */
export function sessionCookieFor(
  { origin }: IncomingHttpHeaders,
  { secret, maxAgeSeconds }: { readonly secret: string; readonly maxAgeSeconds: number },
): string {
  // TLS ends at a proxy: only the page's own address shows whether the browser uses it.
  const secure = origin?.startsWith('https://') === true ? '; Secure' : ''
  return `${sessionCookie}=${secret}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${secure}`
}

export const removedCookie = { secret: '', maxAgeSeconds: 0 }
