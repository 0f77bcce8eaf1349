import { createHash } from 'node:crypto'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import { GoalpostError } from '@goalpost/contracts'
import type { ApiDependencies } from '../dependencies.ts'
import { createAuthenticator } from './authentication.ts'
import type { Api } from './route-schemas.ts'

/** What stands before every handler: headers that browsers mind, who is asking, and how often. */
export async function addGuards(app: Api, { apiKeys, settings, now }: ApiDependencies): Promise<void> {
  // Whether there is TLS is for the proxy to know that ends it: browsers must not be told to insist on it here.
  await app.register(helmet, {
    strictTransportSecurity: false,
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
  })
  const authenticator = createAuthenticator(apiKeys, now)
  await app.register(rateLimit, {
    max: settings.requestsPerMinute,
    timeWindow: 60_000,
    enableDraftSpec: true,
    // A key that was made up counts for the address that sends it: otherwise a fresh one would be a fresh budget.
    keyGenerator: ({ headers, ip }) => authenticator.recognise(headers.authorization) ?? shortHash(ip),
    errorResponseBuilder: (_request, { max, after }) =>
      new GoalpostError('too-many-requests', `At most ${max} requests per minute; try again in ${after}`),
  })
  app.decorateRequest('caller', null)
  app.addHook('onRequest', async (request) => {
    if (request.is404) return
    const access = request.routeOptions.config.access ?? 'admin'
    if (access === 'public') return
    request.caller = await authenticator.authenticate(request.headers.authorization, access)
  })
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16)
}
