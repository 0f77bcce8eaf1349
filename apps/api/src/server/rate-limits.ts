import { createHash } from 'node:crypto'
import rateLimit from '@fastify/rate-limit'
import { GoalpostError } from '@goalpost/contracts'
import { clientNetwork } from '@goalpost/experiments'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { knownKeys, type Authenticator } from './authentication.ts'
import { credentialsOf } from './credentials.ts'
import type { Api } from './route-schemas.ts'

export type RateLimits = {
  /** Per API key, in one process. */
  readonly requestsPerMinute: number
  /** Per client address, or /64 of IPv6, for all requests without a key that was valid lately. */
  readonly requestsPerMinuteOfAddress: number
}

const windowMs = 60_000

/**
 * A key has a budget of its own, so nobody behind the same address can use it up. Requests without a key, and those with
 * one that was not valid lately, count against their address: otherwise each made-up key would have its own budget.
 */
export async function addRateLimits(app: Api, limits: RateLimits, authenticator: Authenticator): Promise<void> {
  await app.register(rateLimit, { global: false, timeWindow: windowMs, enableDraftSpec: true })
  const keyOf = ({ headers }: FastifyRequest) => authenticator.recognise(credentialsOf(headers))
  // Each with counters of its own: many addresses must not push out those of keys.
  const countKey = app.rateLimit(counting(limits.requestsPerMinute, refusals.key, (request) => keyOf(request) ?? ''))
  const countAddress = app.rateLimit(
    counting(limits.requestsPerMinuteOfAddress, refusals.address, ({ ip }) => shortHash(clientNetwork(ip))),
  )
  // For all requests, before the key is checked: the plugin's own hooks of routes run after that, so it would never see a
  // request that is refused.
  app.addHook('onRequest', async function (request, reply) {
    if (request.routeOptions.config.rateLimit === false) return
    await (keyOf(request) === null ? countAddress : countKey).call(this, request, reply)
  })
  app.addHook('onSend', addStructuredFields)
}

/** More than the keys that `recognise` knows, so that no counter is dropped within its minute. */
const mostCounters = knownKeys * 5

type Refusal = { readonly whose: string; readonly remedy: string }

const refusals = {
  key: {
    whose: 'key',
    remedy: 'Follow /v1/events instead of polling, or let the operator raise GOALPOST_REQUESTS_PER_MINUTE',
  },
  address: {
    whose: 'address without a valid key',
    remedy: 'Send a valid API key, which has a limit of its own',
  },
} as const

function counting(max: number, { whose, remedy }: Refusal, keyGenerator: (request: FastifyRequest) => string) {
  return {
    max,
    cache: mostCounters,
    keyGenerator,
    errorResponseBuilder: (_request: FastifyRequest, { ttl }: { readonly ttl: number }): GoalpostError =>
      new GoalpostError(
        'too-many-requests',
        `At most ${max} requests per minute for each ${whose}: wait ${Math.ceil(ttl / 1_000)} s, as Retry-After says. ${remedy}`,
      ),
  }
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
