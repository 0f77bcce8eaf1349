import type { Api } from './route-schemas.ts'

const path = /^(\/[\w.~-]+)+$/

/**
 * A gateway that serves the API below a sub-path removes it from requests, and names it in `X-Forwarded-Prefix`:
 * redirects and the addresses of created resources then start with it.
 */
export function addForwardedPrefix(app: Api): void {
  app.addHook('onSend', async (request, reply) => {
    const prefix = request.headers['x-forwarded-prefix']
    const location = reply.getHeader('location')
    if (typeof prefix !== 'string' || typeof location !== 'string') return
    const trimmed = prefix.replace(/\/+$/, '')
    if (path.test(trimmed) && /^\/(?!\/)/.test(location)) void reply.header('location', trimmed + location)
  })
}
