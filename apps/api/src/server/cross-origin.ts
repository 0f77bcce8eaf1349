import { z } from 'zod'
import type { Api } from './route-schemas.ts'

const allowedMethods = 'GET, POST, PUT, DELETE'
const allowedHeaders = 'authorization, content-type, idempotency-key, if-match, if-none-match, last-event-id'
const exposedHeaders = 'etag, location, retry-after, ratelimit'
const preflightSeconds = 600

/** Origins of other sites, separated by commas, e.g. `https://lab.example.org,http://localhost:5173`. */
export const originList = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter((origin) => origin.trim() !== ''))
  .pipe(
    z.array(z.string().trim().refine(isOrigin, 'must be origins such as `https://lab.example.org`, without a path')),
  )

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text)
}

/**
 * Lets pages of other sites that the operator has named use the API with a key (CORS). Sessions stay closed to them:
 * their cookie is for this site, and no answer allows credentials.
 */
export function addCrossOrigin(app: Api, origins: readonly string[]): void {
  if (origins.length === 0) return
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers
    void reply.header('vary', 'origin')
    if (origin === undefined || !origins.includes(origin)) return
    void reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', exposedHeaders)
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) return
    return reply
      .status(204)
      .header('access-control-allow-methods', allowedMethods)
      .header('access-control-allow-headers', allowedHeaders)
      .header('access-control-max-age', preflightSeconds)
      .send()
  })
}
