import Fastify from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { expect, test } from 'vitest'
import type { Authenticator } from './authentication.ts'
import { sendProblem, toGoalpostError } from './problems.ts'
import { addRateLimits } from './rate-limits.ts'

const authenticator: Authenticator = {
  authenticate: () => Promise.reject(new Error('Not needed here')),
  recognise: (credentials) => credentials?.secret ?? null,
  forget: () => undefined,
}

async function build() {
  const app = Fastify().withTypeProvider<ZodTypeProvider>()
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, toGoalpostError(error, 0)))
  await addRateLimits(app, { requestsPerMinute: 2, requestsPerMinuteOfAddress: 1 }, authenticator)
  app.get('/', () => 'ok')
  return {
    asKey: async (key: string) =>
      (await app.inject({ url: '/', headers: { authorization: `Bearer ${key}` } })).statusCode,
    asAddress: async (remoteAddress: string) => (await app.inject({ url: '/', remoteAddress })).statusCode,
  }
}

// The counters of the plugin are 5,000 unless another number is set.
const many = Array.from({ length: 5_100 }, (_, n) => n)

test('many addresses reset the budget of neither a key nor an address', async () => {
  const { asKey, asAddress } = await build()
  expect([await asKey('a'), await asKey('a'), await asAddress('192.0.2.1')]).toEqual([200, 200, 200])
  for (const n of many) await asAddress(`10.0.${n >> 8}.${n & 255}`)
  expect([await asKey('a'), await asAddress('192.0.2.1')]).toEqual([429, 429])
})

test('many keys reset the budget of none', async () => {
  const { asKey } = await build()
  expect([await asKey('a'), await asKey('a')]).toEqual([200, 200])
  for (const n of many) await asKey(`other-${n}`)
  expect(await asKey('a')).toBe(429)
})
