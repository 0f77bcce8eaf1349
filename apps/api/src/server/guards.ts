import helmet from '@fastify/helmet'
import type { ApiDependencies } from '../dependencies.ts'
import { createAuthenticator } from './authentication.ts'
import { credentialsOf, requireOwnRequest } from './credentials.ts'
import { addRateLimits } from './rate-limits.ts'
import type { Api } from './route-schemas.ts'

/** Runs before every handler: security headers, authentication and rate limits. */
export async function addGuards(
  app: Api,
  { apiKeys, sessions, database, settings, now }: ApiDependencies,
): Promise<void> {
  // TLS ends at a proxy, which alone can decide on HSTS.
  await app.register(helmet, {
    strictTransportSecurity: false,
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
  })
  const authenticator = createAuthenticator({ keys: apiKeys, sessions }, { now })
  let watch: ReturnType<typeof apiKeys.watch> | undefined
  app.addHook('onListen', async () => {
    watch = apiKeys.watch(authenticator.forget)
  })
  app.addHook('onClose', async () => watch?.close())
  await addRateLimits(app, settings, authenticator)
  app.decorateRequest('caller', null)
  app.addHook('onRequest', async (request) => {
    if (request.is404) return
    const access = request.routeOptions.config.access ?? 'admin'
    if (access === 'public') return
    const credentials = credentialsOf(request.headers)
    request.caller = await authenticator.authenticate(credentials, access)
    if (credentials !== null) requireOwnRequest(credentials, request)
  })
  // The last hook before the handler, as the context is lost while a body arrives.
  app.addHook('preHandler', ({ caller }, _reply, done) => {
    if (caller === null) done()
    else database.within(caller.workspaceId, done)
  })
}
