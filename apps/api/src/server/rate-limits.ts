import { createHash } from 'node:crypto'
import rateLimit from '@fastify/rate-limit'
import { GoalpostError } from '@goalpost/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Authenticator } from './authentication.ts'
import { credentialsOf } from './credentials.ts'
import type { Api } from './route-schemas.ts'

export type RateLimits = {
  /** Per API key, in one process. */
  readonly requestsPerMinute: number
  /** Per client address, for all requests without a key that was valid lately. */
  readonly requestsPerMinuteOfAddress: number
}

const windowMs = 60_000

/**
 * A key has a budget of its own, so nobody behind the same address can use it up. Requests without a key, and those with
 * one that was not valid lately, count against their address: otherwise each made-up key would have its own budget.
 */
export async function addRateLimits(app: Api, limits: RateLimits, authenticator: Authenticator): Promise<void> {
  const budgetOf = ({ headers, ip }: FastifyRequest): string => {
    const key = authenticator.recognise(credentialsOf(headers))
    return key === null ? `address ${shortHash(ip)}` : `key ${key}`
  }
  await app.register(rateLimit, {
    global: false,
    max: (_request, budget) =>
      budget.startsWith('key ') ? limits.requestsPerMinute : limits.requestsPerMinuteOfAddress,
    timeWindow: windowMs,
    enableDraftSpec: true,
    keyGenerator: budgetOf,
    errorResponseBuilder: (request, { max, ttl }) => refusal(budgetOf(request), max, Math.ceil(ttl / 1_000)),
  })
  // For all requests, before the key is checked: the plugin's own hooks of routes run after that, so it would never see a
  // request that is refused.
  const count = app.rateLimit()
  app.addHook('onRequest', async function (request, reply) {
    if (request.routeOptions.config.rateLimit !== false) await count.call(this, request, reply)
  })
  app.addHook('onSend', addStructuredFields)
}

function refusal(budget: string, most: number, seconds: number): GoalpostError {
  const [whose, remedy] = budget.startsWith('key ')
    ? ['key', 'Follow /v1/events instead of polling, or let the operator raise GOALPOST_REQUESTS_PER_MINUTE']
    : ['address without a valid key', 'Send a valid API key, which has a limit of its own']
  return new GoalpostError(
    'too-many-requests',
    `At most ${most} requests per minute for each ${whose}: wait ${seconds} s, as Retry-After says. ${remedy}`,
  )
}

/** The two fields of the current draft of the RateLimit standard, beside the three of earlier drafts. */
async function addStructuredFields(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const most = reply.getHeader('ratelimit-limit')
  if (most === undefined) return
  const [remaining, reset] = [reply.getHeader('ratelimit-remaining'), reply.getHeader('ratelimit-reset')]
  void reply.header('ratelimit', `"minute";r=${String(remaining)};t=${String(reset)}`)
  void reply.header('ratelimit-policy', `"minute";q=${String(most)};w=${windowMs / 1_000}`)
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16)
}
