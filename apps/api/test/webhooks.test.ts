import { webhookWithSecret } from '@goalpost/contracts'
import { afterAll, beforeAll, expect, it, test } from 'vitest'
import { bearer, startTestService, type TestService } from './harness.ts'

let service: TestService
let write: string

beforeAll(async () => {
  service = await startTestService()
  write = await service.createKey('main', 'manage')
})
afterAll(() => service.close())

async function send(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) {
  const headers = { ...bearer(write), ...(payload === undefined ? {} : { 'content-type': 'application/json' }) }
  const response = await service.api.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
  return { status: response.statusCode, body: response.body === '' ? null : response.json(), text: response.body }
}

const team = { name: 'team', url: 'https://hooks.example.org/goalpost', events: ['experiment.*'] }

it('shows a secret when a webhook is created or rotated, and never again', async () => {
  const created = await send('POST', '/v1/webhooks', team)
  expect(created.status).toBe(201)
  const { secret } = webhookWithSecret.parse(created.body)
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  const rotated = await send('POST', '/v1/webhooks/team/rotate')
  expect(rotated.body.secret).not.toBe(secret)
  expect(rotated.body.webhook.previousSecretUntil).not.toBeNull()
  for (const path of ['', '/team', '/team/deliveries']) {
    const { text, status } = await send('GET', `/v1/webhooks${path}`)
    expect(status).toBe(200)
    expect(text).not.toContain('whsec_')
  }
  expect((await send('POST', '/v1/webhooks', team)).status).toBe(409)
})

it('keeps a log of deliveries, which can be repeated', async () => {
  await send('POST', '/v1/webhooks', { ...team, name: 'logged' })
  const added = await send('POST', '/v1/webhooks/logged/test')
  expect(added).toMatchObject({ status: 202, body: { type: 'webhook.test', state: 'pending', attempts: [] } })
  const { items } = (await send('GET', '/v1/webhooks/logged/deliveries?state=pending')).body
  expect(items).toEqual([added.body])
  const again = await send('POST', `/v1/webhooks/logged/deliveries/${added.body.id}/redeliver`)
  expect(again).toMatchObject({ status: 202, body: { messageId: added.body.messageId } })
  expect((await send('POST', `/v1/webhooks/team/deliveries/${added.body.id}/redeliver`)).status).toBe(404)
  expect((await send('DELETE', '/v1/webhooks/logged')).status).toBe(204)
  expect((await send('GET', '/v1/webhooks/logged/deliveries')).status).toBe(404)
})

test.each([
  ['/url', { url: 'http://169.254.169.254/latest' }, 'not a public address'],
  ['/url', { url: 'http://[::1]:80/' }, 'not a public address'],
  ['/url', { url: 'http://0x7f000001/' }, 'not a public address'],
  ['/url', { url: 'ftp://example.org' }, ''],
  ['/url', { url: 'https://user:secret@example.org' }, 'user name'],
  ['/url', { url: 'https://example.org/#part' }, 'fragment'],
  ['/events/0', { events: ['experiment.finished'] }, ''],
  ['/events', { events: [] }, ''],
  ['/name', { name: 'Not A Name' }, ''],
])('a webhook with a faulty %s is refused: %j', async (pointer, change, message) => {
  const { status, body } = await send('POST', '/v1/webhooks', { ...team, name: 'faulty', ...change })
  expect([400, 422]).toContain(status)
  expect(body.issues).toEqual(
    expect.arrayContaining([expect.objectContaining({ pointer, message: expect.stringContaining(message) })]),
  )
})
