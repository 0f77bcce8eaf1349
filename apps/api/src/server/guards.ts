import { createHash } from 'node:crypto'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import { GoalpostError } from '@goalpost/contracts'
import type { ApiDependencies } from '../dependencies.ts'
import { createAuthenticator } from './authentication.ts'
import { credentialsOf, isMetricsToken, requireOwnRequest } from './credentials.ts'
import type { Api } from './route-schemas.ts'

/** Runs before every handler: security headers, authentication and rate limits. */
export async function addGuards(app: Api, deps: ApiDependencies): Promise<void> {
  const { apiKeys, sessions, settings, metricsToken, now } = deps
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
  await app.register(rateLimit, {
    max: settings.requestsPerMinute,
    timeWindow: 60_000,
    enableDraftSpec: true,
    // Invalid keys count against their address: otherwise each made-up key would have its own budget.
    keyGenerator: ({ headers, ip }) => authenticator.recognise(credentialsOf(headers)) ?? shortHash(ip),
    errorResponseBuilder: (_request, { max, after }) =>
      new GoalpostError('too-many-requests', `At most ${max} requests per minute; try again in ${after}`),
  })
  app.decorateRequest('caller', null)
  app.addHook('onRequest', async (request) => {
    if (request.is404) return
    const { access = 'admin', acceptsMetricsToken = false } = request.routeOptions.config
    if (access === 'public') return
    const credentials = credentialsOf(request.headers)
    if (acceptsMetricsToken && isMetricsToken(credentials, metricsToken)) return
    request.caller = await authenticator.authenticate(credentials, access)
    if (credentials !== null) requireOwnRequest(credentials, request)
  })
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16)
}
