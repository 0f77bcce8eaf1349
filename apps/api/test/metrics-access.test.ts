import { createMetrics } from '@goalpost/telemetry'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bearer, spec, startTestService, type TestService } from './harness.ts'

const token = 'a-token-for-the-scraper-alone-0123456789'

let service: TestService
let stranger: string
let operator: string
beforeAll(async () => {
  service = await startTestService()
  const owner = await service.createKey('secretive', 'submit')
  stranger = await service.createKey('mine', 'admin')
  operator = await service.createKey('mine', 'read', { operator: true })
  const sent = await service.api.inject({
    method: 'POST',
    url: '/v1/experiments',
    headers: bearer(owner),
    payload: spec,
  })
  expect(sent.statusCode).toBe(201)
})
afterAll(() => service.close())

const scrape = (headers: Record<string, string>, api = service.api) => api.inject({ url: '/metrics', headers })

describe('metrics of other workspaces', () => {
  it('are not shown to a key that is no operator’s, with whatever scope', async () => {
    const { statusCode, body } = await scrape(bearer(stranger))
    expect(statusCode).toBe(200)
    expect(body).toContain('goalpost_api_request_duration_seconds_count')
    expect(body).not.toContain('secretive')
    expect(body).not.toMatch(/goalpost_(tasks|experiments|verdicts|workers|database_up)/)
  })

  it('are shown to an operator', async () => {
    const { body } = await scrape(bearer(operator))
    expect(body).toContain('goalpost_tasks{workspace="secretive"')
    expect(body).toContain('goalpost_api_request_duration_seconds_count')
  })
})

describe('the token for metrics', () => {
  it('shows everything, and is no key for anything else', async () => {
    const api = await service.buildAnother({}, { metricsToken: token })
    try {
      expect((await scrape(bearer(token), api)).body).toContain('goalpost_tasks{workspace="secretive"')
      expect((await scrape(bearer(`${token}x`), api)).statusCode).toBe(401)
      expect((await api.inject({ url: '/v1/experiments', headers: bearer(token) })).statusCode).toBe(401)
    } finally {
      await api.close()
    }
  })

  it('is unknown unless it is set', async () => {
    expect((await scrape(bearer(token))).statusCode).toBe(401)
  })

  it('is accepted while the database is away, which the answer says', async () => {
    const away = { find: () => Promise.reject(new Error('away')), touch: () => Promise.reject(new Error('away')) }
    const metrics = createMetrics({ service: 'api' })
    metrics.measureFleet({ counts: away.find, workers: away.find })
    const apiKeys = { ...service.store.apiKeys, ...away }
    const api = await service.buildAnother({}, { metricsToken: token, apiKeys, metrics })
    try {
      const { statusCode, body } = await scrape(bearer(token), api)
      expect(statusCode).toBe(200)
      expect(body).toContain('goalpost_database_up{service="api"} 0')
    } finally {
      await api.close()
    }
  })
})
