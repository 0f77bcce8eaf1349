import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestService, type TestService } from './harness.ts'

/** A proxy in front serves the API below /goalpost and removes that from the paths of requests. */
const forwarded = { 'x-forwarded-prefix': '/goalpost' }

let service: TestService
let authorization = ''
beforeAll(async () => {
  service = await startTestService()
  authorization = `Bearer ${await service.createKey('default', 'submit')}`
})
afterAll(() => service.close())

const upload = (headers: Record<string, string>) =>
  service.api.inject({
    method: 'POST',
    url: '/v1/artifacts',
    headers: { authorization, 'content-type': 'application/octet-stream', ...headers },
    // New bytes each time: files that exist already are not created.
    payload: Buffer.from(JSON.stringify(headers)),
  })

describe('below a sub-path', () => {
  test('the address of a created resource starts with the prefix', async () => {
    const { headers, statusCode } = await upload(forwarded)
    expect([statusCode, headers.location]).toEqual([
      201,
      expect.stringMatching(/^\/goalpost\/v1\/artifacts\/[0-9a-f]{64}$/),
    ])
  })

  test.each(['//evil.example', 'https://evil.example', '/a b', '/a/../b\\', ''])(
    'a prefix that is no path is ignored: %j',
    async (prefix) => {
      const { headers } = await upload({ 'x-forwarded-prefix': prefix })
      expect(headers.location).toMatch(/^\/v1\/artifacts\//)
    },
  )

  test('/docs redirects to an address relative to itself, and every file of the page has one', async () => {
    const { headers, statusCode } = await service.api.inject({ url: '/docs', headers: forwarded })
    expect([statusCode, headers.location]).toEqual([302, 'docs/'])
    const page = await service.api.inject({ url: '/docs/' })
    expect(page.body).toContain('<title>API of Goalpost</title>')
    const links = [...page.body.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link]) => link ?? '')
    expect(links.length).toBeGreaterThan(4)
    expect(links.filter((link) => !link.startsWith('./'))).toEqual([])
  })
})
