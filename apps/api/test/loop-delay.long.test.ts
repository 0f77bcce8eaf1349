import { request as httpRequest } from 'node:http'
import { limits } from '@goalpost/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Api } from '../src/server/route-schemas.ts'
import { bearer, spec, startTestService, type TestService, portOf } from './harness.ts'

/** The longest that a client may delay all others. */
const mostMs = 50
/** A blocked loop is blocked every time; garbage collection is only occasional. */
const tries = 5

let service: TestService
let api: Api
let port: number
let key: string
let experiment: string

beforeAll(async () => {
  service = await startTestService()
  api = await service.buildAnother({ bodyLimitBytes: limits.bodyBytes, uploadLimitBytes: limits.uploadBytes })
  await api.listen({ port: 0, host: '127.0.0.1' })
  port = portOf(api.server)
  key = await service.createKey('default', 'admin')
  const made = await send({ method: 'POST', url: '/v1/experiments', body: text({ ...spec, name: 'small' }) })
  experiment = JSON.parse(made.body).id
})
afterAll(async () => {
  await api.close()
  await service.close()
})

type Sent = { readonly method?: string; readonly url: string; readonly type?: string; readonly body?: Buffer }
type Answer = { readonly status: number; readonly body: string }

/** Over a real socket, like a client. */
function send({ method = 'GET', url, type = 'application/json', body }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = {
      ...bearer(key),
      ...(body === undefined ? {} : { 'content-type': type, 'content-length': body.length }),
    }
    const sent = httpRequest({ host: '127.0.0.1', port, method, path: url, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/**
 * The longest CPU time of the loop's thread between two turns during `work`. CPU time, not the
 * clock's: other programs or threads that use the processor also delay the loop, which is irrelevant here.
 */
async function longestHold(work: () => Promise<unknown>): Promise<number> {
  const spent = (): number => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1_000
  }
  let longest = 0
  let last = spent()
  const look = (): void => {
    const now = spent()
    longest = Math.max(longest, now - last)
    last = now
  }
  const ticker = setInterval(look, 1)
  await work()
  look()
  clearInterval(ticker)
  return longest
}

async function leastHold(sent: Sent): Promise<{ heldMs: number; status: number }> {
  let heldMs = Number.POSITIVE_INFINITY
  let status = 0
  for (let attempt = 0; attempt < tries && heldMs > mostMs; attempt++) {
    const held = await longestHold(async () => {
      ;({ status } = await send(sent))
    })
    heldMs = Math.min(heldMs, held)
  }
  return { heldMs, status }
}

const text = (value: object): Buffer => Buffer.from(JSON.stringify(value))
const lines = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, i) => line(i))
const fields = (count: number) => Object.fromEntries(lines(count, (i) => `k${i}`).map((name) => [name, 1]))
const fill = (piece: string) => Buffer.from(piece.repeat(Math.floor(limits.bodyBytes / piece.length)))

const yaml = 'application/yaml'
/** Each as large or as costly as possible. */
const worst: [what: string, body: Buffer, type?: string][] = [
  ['90,000 names in YAML', Buffer.from(lines(90_000, (i) => `k${i}: 1`).join('\n')), yaml],
  ['49,000 names in YAML', Buffer.from(lines(49_000, (i) => `k${i}: 1`).join('\n')), yaml],
  ['49,000 aliases', Buffer.from(`a: &a 1\n${lines(24_000, (i) => `k${i}: *a`).join('\n')}`), yaml],
  ['nothing but lines', fill('\n'), yaml],
  ['open brackets in YAML', fill('['), yaml],
  ['one folded text', Buffer.concat([Buffer.from('name: >\n'), fill(' a\n').subarray(9)]), yaml],
  ['open brackets in JSON', fill('[')],
  ['49,000 names in JSON', text(fields(49_000))],
  ['49,000 names among the options', text({ ...spec, options: fields(49_000) })],
  ['49,000 values in a list', text({ ...spec, seeds: Array(49_000).fill(-1), arms: Array(49_000).fill({}) })],
  ['long names', text(Object.fromEntries(lines(10, (i) => `${i}`.repeat(100_000)).map((name) => [name, 1])))],
  ['no UTF-8', fill('\u00e9').subarray(1)],
]
const routes = [
  '/v1/experiments',
  '/v1/experiments/preview',
  '/v1/experiments/ID/extend',
  '/v1/comparisons',
  '/v1/protocols/toy/tools/words/echo',
  '/v1/experiments/ID/cancel',
] as const

describe.each(routes)('POST %s does not block other requests', (route) => {
  test.each<[string, Buffer, string?]>(worst)('%s', async (_what, body, type) => {
    const { heldMs, status } = await leastHold({
      method: 'POST',
      url: route.replace('ID', experiment),
      body,
      ...(type === undefined ? {} : { type }),
    })
    expect(status).toBeLessThan(500)
    expect(heldMs).toBeLessThan(mostMs)
  })
})

test.each(['/v1/experiments', '/v1/experiments/preview'])(
  'the largest possible experiment, sent to %s, blocks no other request',
  async (url) => {
    const conditions = lines(200, (i) => `c${i}`).map((name, i) => ({ name, options: { skill: i / 200 } }))
    const { heldMs, status } = await leastHold({
      method: 'POST',
      url,
      body: text({ ...spec, seeds: 10, conditions }),
    })
    expect(status).toBeLessThan(300)
    expect(heldMs).toBeLessThan(mostMs)
  },
)

test('the largest upload blocks no other request', async () => {
  const body = Buffer.alloc(limits.uploadBytes, 7)
  const { heldMs, status } = await leastHold({
    method: 'POST',
    url: '/v1/artifacts',
    type: 'application/octet-stream',
    body,
  })
  expect(status).toBeLessThan(300)
  expect(heldMs).toBeLessThan(mostMs)
})

const long = 'x'.repeat(14_000)
test.each([
  ['many parameters', `/v1/experiments?${lines(3_000, (i) => `a${i}`).join('&')}`],
  ['a long cursor', `/v1/experiments?cursor=${long}`],
  ['a cursor of brackets', `/v1/experiments?cursor=${Buffer.from('['.repeat(370)).toString('base64url')}`],
  ['a long name', `/v1/experiments?name=${long}`],
  ['escapes', `/v1/experiments?name=${'%25'.repeat(4_000)}`],
  ['a long path', `/v1/${long}`],
  ['many parts of a path', `/v1${'/a'.repeat(7_000)}`],
  ['a long id', `/v1/experiments/${long}`],
  ['the document', '/openapi.json'],
] as const)('an address blocks no other request: %s', async (_what, url) => {
  const { heldMs, status } = await leastHold({ url })
  expect(status).toBeLessThan(500)
  expect(heldMs).toBeLessThan(mostMs)
})
