import { connect } from 'node:net'
import { problem } from '@goalpost/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer, operationsOf, settings, spec, startTestService, type TestService, portOf } from './harness.ts'

let service: TestService
let key: string

beforeAll(async () => {
  service = await startTestService()
  key = await service.createKey('default', 'manage')
})
afterAll(() => service.close())

type Answer = {
  status: number
  code: string
  detail: string
  issues: { pointer: string; message: string; remedy?: string }[]
}

/** Every refusal is one problem document. */
async function refusal(request: {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  url: string
  body?: string | object
  headers?: object
}): Promise<Answer> {
  const { method = 'GET', url, body, headers = {} } = request
  const payload = body === undefined ? {} : { payload: body }
  const response = await service.api.inject({ method, url, headers: { ...bearer(key), ...headers }, ...payload })
  expect(response.headers['content-type'], response.body).toMatch(/^application\/problem\+json/)
  const parsed = problem.parse(response.json())
  expect(parsed.status).toBe(response.statusCode)
  return { status: parsed.status, code: parsed.code, detail: parsed.detail, issues: parsed.issues ?? [] }
}

const submit = (body: string | object, type = 'application/json') =>
  refusal({ method: 'POST', url: '/v1/experiments', body, headers: { 'content-type': type } })

async function experimentCount(): Promise<number> {
  const response = await service.api.inject({ url: '/v1/experiments', headers: bearer(key) })
  return response.json().items.length
}

describe('a wrong spec is refused with the place, the error and the remedy, and nothing is stored', () => {
  const huge = Array.from({ length: 30 }, (_, index) => index)
  test.each<[string, object, string, RegExp, RegExp?]>([
    ['an unknown field', { ...spec, sedes: 3 }, '/sedes', /unknown field `sedes`/, /Did you mean `seeds`/],
    ['an unknown option', { ...spec, options: { stpes: 3 } }, '/options/stpes', /unknown field `stpes`/, /`steps`/],
    [
      'an unknown option deep inside',
      { ...spec, options: { net: { hiden: [1] } } },
      '/options/net/hiden',
      /unknown/,
      /`hidden`/,
    ],
    [
      'an unknown option of a condition',
      { ...spec, conditions: [{ name: 'a', options: { skil: 1 } }] },
      '/conditions/0/options/skil',
      /unknown/,
    ],
    [
      'an option of a grid',
      { ...spec, conditions: undefined, grid: { skill: [0.5, 7] } },
      '/grid/skill/1',
      /between 0 and 1, but is 7/,
    ],
    [
      'out of range',
      { ...spec, conditions: undefined, options: { skill: 1.5 } },
      '/options/skill',
      /must be between 0 and 1, but is 1.5/,
    ],
    [
      'out of range, in the spec itself',
      { ...spec, priority: 1_000 },
      '/priority',
      /between -100 and 100, but is 1000/,
    ],
    ['a wrong type', { ...spec, options: { steps: 'many' } }, '/options/steps', /must be a number, but is "many"/],
    ['an unknown protocol', { ...spec, protocol: 'toi' }, '/protocol', /unknown protocol `toi`/, /`toy`/],
    [
      'two conditions of one name',
      { ...spec, conditions: [spec.conditions[0], { name: 'low', options: { skill: 0.3 } }] },
      '/conditions/1/name',
      /already/,
    ],
    [
      'two conditions that are the same',
      { ...spec, conditions: [spec.conditions[0], { name: 'b', options: { skill: 0.2 } }] },
      '/conditions/1',
      /same options/,
    ],
    [
      'a grid that explodes',
      { ...spec, conditions: undefined, grid: { skill: huge, steps: huge } },
      '/grid',
      /30 × 30 = 900 conditions, more than the 200/,
    ],
    [
      'too many runs',
      { ...spec, seeds: 1_000, conditions: [0, 1, 2].map((i) => ({ name: `${i}`, options: { skill: i / 9 } })) },
      '/seeds',
      /3000 runs/,
    ],
    ['grid and conditions at once', { ...spec, grid: { skill: [0.1] } }, '/grid', /both/],
    ['a seed twice', { ...spec, seeds: [1, 1] }, '/seeds/1', /already/],
    ['nothing at all', {}, '/apiVersion', /is missing/],
    ['a list', [], '', /must be an object, but is a list/],
  ])('%s', async (_what, body, pointer, message, remedy) => {
    const before = await experimentCount()
    const answer = await submit(body)
    expect(answer).toMatchObject({ status: 422, code: 'invalid-spec' })
    expect(answer.issues[0]?.pointer).toBe(pointer)
    expect(answer.issues[0]?.message).toMatch(message)
    if (remedy !== undefined) expect(answer.issues[0]?.remedy).toMatch(remedy)
    expect(await experimentCount()).toBe(before)
  })

  test('non-finite numbers are refused by name', async () => {
    const yaml = 'apiVersion: goalpost/v1\nprotocol: toy\nname: x\npriority: .inf\noptions: { skill: .nan }\n'
    const answer = await submit(yaml, 'application/yaml')
    expect(answer.code).toBe('invalid-spec')
    const messages = answer.issues.map(({ pointer, message }) => `${pointer} ${message}`)
    expect(messages).toContain('/priority must be a finite number, but is Infinity')
    expect(messages).toContain('/options/skill must be a finite number, but is NaN')
  })

  test('the same holds for a preview', async () => {
    const answer = await refusal({ method: 'POST', url: '/v1/experiments/preview', body: { ...spec, sedes: 1 } })
    expect(answer).toMatchObject({ status: 422, code: 'invalid-spec', issues: [{ pointer: '/sedes' }] })
  })
})

describe('a body that cannot be read is refused with the reason', () => {
  test.each([
    [
      'malformed JSON',
      '{"name": "x",\n  "seeds": }',
      'application/json',
      400,
      'malformed-body',
      /JSON, line 2, column 12/,
    ],
    ['malformed YAML', 'name: [1, 2\nseeds: 3\n', 'application/yaml', 400, 'malformed-body', /YAML, line 2, column 1/],
    [
      'a prototype in disguise',
      '{"options": {"__proto__": {"a": 1}}}',
      'application/json',
      400,
      'malformed-body',
      /__proto__/,
    ],
    ['a NUL in a text', '{"name": "a\\u0000b"}', 'application/json', 400, 'malformed-body', /NUL/],
    ['half a character', '{"options": {"\\ud83d": 1}}', 'application/json', 400, 'malformed-body', /surrogate/],
    ['deep nesting', '['.repeat(30_000) + ']'.repeat(30_000), 'application/json', 400, 'malformed-body', /nested/],
    [
      'another content type',
      '<spec/>',
      'application/xml',
      415,
      'unsupported-media-type',
      /application\/json or application\/yaml/,
    ],
    ['a form', 'a=1', 'application/x-www-form-urlencoded', 415, 'unsupported-media-type', /application\/json/],
    [
      'a body over the limit',
      JSON.stringify({ a: 'x'.repeat(settings.bodyLimitBytes) }),
      'application/json',
      413,
      'body-too-large',
      /not exceed 100000 bytes/,
    ],
  ] as const)('%s', async (_what, body, type, status, code, detail) => {
    const answer = await submit(body, type)
    expect(answer).toMatchObject({ status, code })
    expect(answer.detail).toMatch(detail)
  })
  const twice = '{"apiVersion": "goalpost/v1",\n "name": "a", "name": "b"}'
  const latin = Buffer.from('{"name": "\u00e9"}', 'latin1')
  const bodyRoutes = [
    '/v1/experiments',
    '/v1/experiments/preview',
    '/v1/experiments/0197a1de-0000-7000-8000-000000000000/extend',
    '/v1/comparisons',
    '/v1/protocols/toy/tools/words/echo',
  ]
  test.each(bodyRoutes)('%s reads only the bytes', async (url) => {
    const send = (body: string | Buffer, type = 'application/json') =>
      refusal({ method: 'POST', url, body, headers: { 'content-type': type } })
    const malformed = { status: 400, code: 'malformed-body' }
    expect(await send(twice)).toMatchObject({
      ...malformed,
      detail: expect.stringMatching(/line 2, column 15.*`name`/),
    })
    expect(await send('name: a\nname: b\n', 'application/yaml')).toMatchObject(malformed)
    for (const type of ['application/json', 'application/yaml'])
      expect(await send(latin, type)).toMatchObject({ ...malformed, detail: expect.stringContaining('not UTF-8') })
    expect(await send('['.repeat(90_000))).toMatchObject(malformed)
    for (const charset of ['utf-16', '"ISO-8859-1"'])
      expect(await send('{}', `application/json; charset=${charset}`)).toMatchObject({
        status: 415,
        code: 'unsupported-media-type',
        detail: expect.stringContaining('UTF-8'),
      })
  })

  test('another name of the charset UTF-8 is accepted', async () => {
    for (const charset of ['utf-8', 'UTF8', '"utf-8"', 'us-ascii'])
      expect((await submit({}, `application/json; charset=${charset}`)).code).toBe('invalid-spec')
  })

  test('no body', async () => {
    expect(await refusal({ method: 'POST', url: '/v1/experiments' })).toMatchObject({
      status: 422,
      code: 'invalid-spec',
    })
  })
})

describe('a request that does not fit its route is refused', () => {
  const id = '0197a1de-0000-7000-8000-000000000000'
  test.each([
    ['an unknown query parameter', '/v1/experiments?stat=running', 400, 'invalid-request', '/query/stat'],
    ['a limit out of range', '/v1/experiments?limit=0', 400, 'invalid-request', '/query/limit'],
    ['a non-numeric limit', '/v1/runs?limit=ten', 400, 'invalid-request', '/query/limit'],
    ['an unknown state', '/v1/experiments?state=runing', 400, 'invalid-request', '/query/state'],
    ['an unknown order', '/v1/experiments?sort=seeds', 400, 'invalid-request', '/query/sort'],
    ['an unknown type of events', '/v1/events?events=experiment.finished', 400, 'invalid-request', '/query/events/0'],
    ['an id of events that is none', '/v1/events?lastEventId=latest', 400, 'invalid-request', '/query/lastEventId'],
    ['an invented cursor', '/v1/experiments?cursor=abc', 400, 'invalid-request', '/cursor'],
    ['a malformed id in the query', '/v1/runs?experimentId=7', 400, 'invalid-request', '/query/experimentId'],
    ['a trend of no name', '/v1/trend', 400, 'invalid-request', '/query/name'],
    ['a trend of an unknown name', '/v1/trend?name=nobody', 404, 'not-found', undefined],
    ['a malformed id', '/v1/experiments/7', 404, 'not-found', undefined],
    ['an unknown id', `/v1/experiments/${id}`, 404, 'not-found', undefined],
    ['a malformed hash', '/v1/artifacts/zz', 404, 'not-found', undefined],
    ['an unknown path', '/v1/experimints', 404, 'not-found', undefined],
    ['a broken escape in the path', '/v1/runs/%E0%A4%A', 400, 'invalid-request', undefined],
    ['a NUL in the query', '/v1/experiments?name=%00', 400, 'invalid-request', '/query/name'],
  ] as const)('%s', async (_what, url, status, code, pointer) => {
    const answer = await refusal({ url })
    expect([answer.status, answer.code, answer.issues[0]?.pointer]).toEqual([status, code, pointer])
  })

  test('a nearly correct path is answered with the correct one', async () => {
    expect((await refusal({ url: '/v1/experimnts' })).detail).toMatch(/Did you mean `\/v1\/experiments`/)
  })

  test('an unknown method of an address is answered with the known ones', async () => {
    const response = await service.api.inject({
      method: 'DELETE',
      url: `/v1/experiments/${id}/results`,
      headers: bearer(key),
    })
    expect([response.statusCode, response.headers.allow, response.json().code]).toEqual([
      405,
      'GET, HEAD',
      'method-not-allowed',
    ])
  })

  test('an error about a number out of range in a query names the value', async () => {
    const answer = await refusal({ url: '/v1/experiments?limit=-1' })
    expect(answer.detail).toBe('/query/limit: must be between 1 and 200, but is -1')
  })

  test('a missing page is not found with any method', async () => {
    const answer = await refusal({ url: '/docs/static/nothing.js' })
    expect(answer).toMatchObject({
      status: 404,
      code: 'not-found',
      detail: expect.stringMatching(/^Not found: .docs.static.nothing.js/),
    })
  })

  test('a too long id is not found', async () => {
    const answer = await refusal({ url: `/v1/experiments/${'x'.repeat(300)}` })
    expect([answer.status, answer.detail]).toEqual([404, 'A path segment is longer than any id or name'])
  })

  test('an error about a header out of bounds names it', async () => {
    const headers = { 'idempotency-key': 'x'.repeat(201) }
    const answer = await refusal({ method: 'POST', url: '/v1/experiments', body: spec, headers })
    expect([answer.status, answer.issues[0]?.pointer]).toEqual([400, '/headers/idempotency-key'])
  })

  test.each([
    ['bytes that are not HTTP', 'GARBAGE\r\n\r\n', 400, 'invalid-request'],
    ['a request without Host', 'GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n', 400, 'invalid-request'],
    [
      'a request without Host, of an address that nobody serves',
      'GET /nowhere HTTP/1.1\r\nconnection: close\r\n\r\n',
      400,
      'invalid-request',
    ],
    ['an unknown Expect', 'GET /healthz HTTP/1.1\r\nhost: x\r\nexpect: rain\r\n\r\n', 417, 'expectation-failed'],
  ])('%s is answered with a problem, too', async (_what, request, status, code) => {
    const answer = await exchange(request)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(answer).toMatch(/content-type: application\/problem\+json/i)
    const body = answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1)
    expect(problem.parse(JSON.parse(body))).toMatchObject({ status, code })
  })

  test('HTTP/1.0 needs no Host', async () => {
    expect(await exchange('GET /healthz HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 200 /)
  })

  /** The complete answer to these bytes. */
  async function exchange(request: string): Promise<string> {
    const api = await service.buildAnother()
    await api.listen({ port: 0, host: '127.0.0.1' })
    const port = portOf(api.server)
    const answer = await new Promise<string>((resolve) => {
      let text = ''
      const socket = connect(port, '127.0.0.1', () => socket.write(request))
      socket.on('data', (chunk) => (text += chunk.toString()))
      socket.on('close', () => resolve(text))
    })
    await api.close()
    return answer
  }
})

describe('keys', () => {
  test('none, a malformed one and an unknown one are refused alike', async () => {
    const answers = [
      await refusal({ url: '/v1/experiments', headers: { authorization: '' } }),
      await refusal({ url: '/v1/experiments', headers: { authorization: 'Basic eDp5' } }),
      await refusal({ url: '/v1/experiments', headers: bearer('gp_made-up') }),
    ]
    expect(answers.map(({ status, code }) => [status, code])).toEqual([
      [401, 'missing-key'],
      [401, 'missing-key'],
      [401, 'invalid-key'],
    ])
  })

  test('a read-only key can only read and preview', async () => {
    const reader = bearer(await service.createKey('default', 'read'))
    const call = (method: 'GET' | 'POST', url: string, payload: object = spec) =>
      service.api.inject({ method, url, headers: reader, ...(method === 'POST' ? { payload } : {}) })
    expect((await call('GET', '/v1/experiments')).statusCode).toBe(200)
    expect((await call('POST', '/v1/experiments/preview')).statusCode).toBe(200)
    const refused = await call('POST', '/v1/experiments')
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'insufficient-scope'])
  })

  test('every route except health, documentation, signing in and 404 requires one', async () => {
    const open: Record<string, number> = {
      'get /healthz': 200,
      'get /readyz': 200,
      'get /openapi.json': 200,
      'get /v1/sign-in-methods': 200,
      // The secret is in the body, which is missing here.
      'post /v1/session': 400,
      'post /v1/invitations/accept': 400,
      // Not set up here, and not started in this browser.
      'get /v1/oidc/sign-in': 404,
      'get /v1/oidc/callback': 401,
    }
    for (const { method, path } of operationsOf(service.api)) {
      const url = path
        .replace('{id}', '0197a1de-0000-7000-8000-000000000000')
        .replace('{hash}', 'ab'.repeat(32))
        .replace('{name}', 'toy')
      const { statusCode } = await service.api.inject({ method: method.toUpperCase() as 'GET', url })
      const operation = `${method} ${path}`
      expect([operation, statusCode]).toEqual([operation, open[operation] ?? 401])
    }
  })
})
