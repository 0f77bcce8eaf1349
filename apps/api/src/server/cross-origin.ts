import cors from '@fastify/cors'
import { z } from 'zod'
import type { Api } from './route-schemas.ts'

const methods = ['GET', 'POST', 'PUT', 'DELETE']
const allowedHeaders = [
  'authorization',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'last-event-id',
  'traceparent',
  'tracestate',
]
const exposedHeaders = ['etag', 'location', 'retry-after', 'ratelimit']
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
export async function addCrossOrigin(app: Api, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return
  await app.register(cors, {
    origin: [...origins],
    methods,
    allowedHeaders,
    exposedHeaders,
    maxAge: preflightSeconds,
    credentials: false,
    // An OPTIONS request that is no preflight is answered as any unknown route.
    strictPreflight: false,
  })
}
