import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Api } from '../src/server/route-schemas.ts'
import { bearer, startTestService, type TestService } from './harness.ts'

const lab = 'https://lab.example.org'

let service: TestService
let api: Api
let key: string

beforeAll(async () => {
  service = await startTestService()
  api = await service.buildAnother({ corsOrigins: [lab] })
  key = await service.createKey('default', 'read')
})
afterAll(async () => {
  await api.close()
  await service.close()
})

const preflight = (from: Api, origin: string) =>
  from.inject({
    method: 'OPTIONS',
    url: '/v1/experiments',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
  })

test('a page of a site that the operator has named may ask, and then use a key', async () => {
  const asked = await preflight(api, lab)
  expect(asked.statusCode).toBe(204)
  expect(asked.headers).toMatchObject({
    'access-control-allow-origin': lab,
    'access-control-allow-methods': expect.stringContaining('POST'),
    'access-control-allow-headers': expect.stringContaining('authorization'),
  })
  const answer = await api.inject({ url: '/v1/experiments', headers: { ...bearer(key), origin: lab } })
  expect(answer.statusCode).toBe(200)
  expect(answer.headers).toMatchObject({
    'access-control-allow-origin': lab,
    'access-control-expose-headers': expect.stringContaining('etag'),
    vary: expect.stringMatching(/\borigin\b/i),
  })
  // A refusal can be read as well.
  const refused = await api.inject({ url: '/v1/experiments', headers: { origin: lab } })
  expect([refused.statusCode, refused.headers['access-control-allow-origin']]).toEqual([401, lab])
})

test('a page may continue its own trace', async () => {
  const allowed = String((await preflight(api, lab)).headers['access-control-allow-headers'])
  expect(allowed.split(/, */)).toEqual(expect.arrayContaining(['traceparent', 'tracestate']))
})

test('no answer lets another site use the session of a browser', async () => {
  for (const answer of [await preflight(api, lab), await api.inject({ url: '/healthz', headers: { origin: lab } })])
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials')
})

test.each(['https://lab.example.org.evil.example', 'http://lab.example.org', 'null'])(
  'the site %s, which the operator has not named, may not',
  async (origin) => {
    expect((await preflight(api, origin)).headers).not.toHaveProperty('access-control-allow-origin')
    const answer = await api.inject({ url: '/v1/experiments', headers: { ...bearer(key), origin } })
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
  },
)

test('without such sites nothing is allowed', async () => {
  expect((await preflight(service.api, lab)).headers).not.toHaveProperty('access-control-allow-origin')
})
