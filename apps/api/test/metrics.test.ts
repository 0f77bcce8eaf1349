import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startTestService, type TestService } from './harness.ts'

let service: TestService
let key: string
let url: string
beforeAll(async () => {
  service = await startTestService()
  key = await service.createKey('lab', 'admin', { operator: true })
  url = await service.api.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => service.close())

const headers = () => ({ authorization: `Bearer ${key}` })
const scrape = async () => (await fetch(`${url}/metrics`, { headers: headers() })).text()

it('shows tasks, experiments and live workers of the whole database', async () => {
  const spec = { apiVersion: 'goalpost/v1', protocol: 'toy', name: 'metrics', seeds: 2 }
  const sent = await service.api.inject({ method: 'POST', url: '/v1/experiments', headers: headers(), payload: spec })
  expect(sent.statusCode).toBe(201)
  const text = await scrape()
  expect(text).toMatch(/^goalpost_tasks\{workspace="lab",device="cpu",state="ready",service="api"\} [1-9]/m)
  expect(text).toContain('goalpost_experiments{workspace="lab",state="waiting",service="api"} 1')
  expect(text).toContain('goalpost_workers{device="cpu",service="api"} 1')
})

it('counts open event streams until their clients leave', async () => {
  const client = new AbortController()
  const stream = await fetch(`${url}/v1/events`, { headers: headers(), signal: client.signal })
  expect(stream.status).toBe(200)
  expect(await scrape()).toContain('goalpost_event_streams{service="api"} 1')
  client.abort()
  const isClosed = async () => expect(await scrape()).toContain('goalpost_event_streams{service="api"} 0')
  await vi.waitFor(isClosed, { timeout: 15_000 })
})
