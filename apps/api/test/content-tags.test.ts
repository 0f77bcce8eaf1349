import { afterAll, beforeAll, expect, test } from 'vitest'
import { bearer, operationsOf, spec, startTestService, type TestService } from './harness.ts'

let service: TestService
let headers: { authorization: string }

beforeAll(async () => {
  service = await startTestService()
  headers = bearer(await service.createKey('lab', 'admin', { operator: true }))
})
afterAll(() => service.close())

const get = (url: string, etag?: string) =>
  service.api.inject({ url, headers: { ...headers, ...(etag !== undefined && { 'if-none-match': etag }) } })
const send = (method: 'POST' | 'PUT', url: string, payload: object) =>
  service.api.inject({ method, url, headers, payload })

const queries: Readonly<Record<string, string>> = { '/v1/trend': '?name=first' }

test('every answer that has no revision is sent once while nothing changes, and says so in the document', async () => {
  await send('POST', '/v1/experiments', spec)
  const paths = service.api.swagger().paths ?? {}
  const polled = operationsOf(service.api).filter(
    ({ method, path }) => method === 'get' && path.startsWith('/v1/') && !path.includes('{'),
  )
  const tagged: string[] = []
  for (const { path } of polled) {
    const described = Object.keys(paths[path]?.get?.responses ?? {})
    if (path === '/v1/events' || path.startsWith('/v1/oidc')) continue
    const { headers: answered } = await get(path + (queries[path] ?? ''))
    if (answered['cache-control'] === 'no-store') {
      expect([path, answered.etag, described.includes('304')]).toEqual([path, undefined, false])
      continue
    }
    const again = await get(path + (queries[path] ?? ''), String(answered.etag))
    expect([path, again.statusCode, again.body, again.headers.etag]).toEqual([path, 304, '', answered.etag])
    expect([path, again.headers['content-type']]).toEqual([path, undefined])
    expect([path, described]).toEqual([path, expect.arrayContaining(['304'])])
    tagged.push(path)
  }
  expect(tagged).toEqual(
    expect.arrayContaining(['/v1/models', '/v1/gates', '/v1/webhooks', '/v1/schedules', '/v1/audit', '/v1/storage']),
  )
})

test('the lists of models and gates change their tag when something in them changes', async () => {
  const hash = (await upload()).json<{ hash: string }>().hash
  const [models, gates] = [await get('/v1/models'), await get('/v1/gates')]
  await send('POST', '/v1/models/mouse/versions', { artifact: hash })
  const registered = await get('/v1/models', String(models.headers.etag))
  expect([registered.statusCode, registered.json().items]).toEqual([200, [expect.objectContaining({ name: 'mouse' })]])
  const rule = { kind: 'absolute', name: 'scores', condition: 'default', measure: 'score', atLeast: 0.5 }
  const gate = {
    apiVersion: 'goalpost/v1',
    name: 'cheese',
    model: 'mouse',
    spec: { apiVersion: 'goalpost/v1', protocol: 'toy', name: 'gated', seeds: 1 },
    rules: [rule],
  }
  expect((await send('PUT', '/v1/gates/cheese', gate)).statusCode).toBe(201)
  const applied = await get('/v1/gates', String(gates.headers.etag))
  expect([applied.statusCode, applied.json().items]).toEqual([200, [expect.objectContaining({ name: 'cheese' })]])
  for (const url of [
    '/v1/gates/cheese',
    '/v1/gates/cheese/runs',
    '/v1/gates/cheese/bisections',
    '/v1/models/mouse/versions',
  ]) {
    const { etag } = (await get(url)).headers
    expect([url, (await get(url, String(etag))).statusCode]).toEqual([url, 304])
  }
})

const upload = () =>
  service.api.inject({
    method: 'POST',
    url: '/v1/artifacts?name=policy',
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    payload: Buffer.from('bytes'),
  })

test('refusals have no tag', async () => {
  const missing = await get('/v1/gates/nothing')
  expect([missing.statusCode, missing.headers.etag]).toEqual([404, undefined])
  const { etag } = (await get('/v1/models')).headers
  const refused = await service.api.inject({ url: '/v1/models', headers: { 'if-none-match': String(etag) } })
  expect(refused.statusCode).toBe(401)
})
