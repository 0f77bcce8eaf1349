import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ApiSettings } from '../src/dependencies.ts'
import { parseRanges } from '@goalpost/experiments'
import type { Api } from '../src/server/route-schemas.ts'
import { bearer, portOf, settings, startTestService, type TestService } from './harness.ts'

let service: TestService
let key: string
const apis: Api[] = []
const sockets: Socket[] = []

beforeAll(async () => {
  service = await startTestService()
  key = await service.createKey('lab', 'read')
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const api of apis.splice(0)) await api.close()
})
afterAll(() => service.close())

async function build(change: Partial<ApiSettings>): Promise<Api> {
  const api = await service.buildAnother(change)
  apis.push(api)
  return api
}

describe('rate limits', () => {
  const ask = (api: Api, headers: Record<string, string>, remoteAddress = '192.0.2.1') =>
    api.inject({ url: '/v1/protocols', headers, remoteAddress })

  test('a key has a budget, which standard headers describe', async () => {
    const api = await build({ requestsPerMinute: 3 })
    await ask(api, bearer(key))
    const answers = []
    for (let asked = 0; asked < 4; asked++) answers.push(await ask(api, bearer(key)))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 429])
    expect(answers[0]!.headers).toMatchObject({
      'ratelimit-limit': '3',
      'ratelimit-remaining': '2',
      'ratelimit-policy': '"minute";q=3;w=60',
      ratelimit: expect.stringMatching(/^"minute";r=2;t=\d+$/) as string,
    })
    const refused = answers[3]!
    expect(refused.json()).toMatchObject({ code: 'too-many-requests' })
    expect(refused.json<{ detail: string }>().detail).toMatch(
      /^At most 3 requests per minute for each key: wait \d+ s, as Retry-After says. Follow \/v1\/events/,
    )
    const wait = Number(refused.headers['retry-after'])
    expect([wait > 0, wait <= 60, refused.headers['ratelimit-remaining']]).toEqual([true, true, '0'])
  })

  test('made-up keys use up the budget of their address, and that of nobody else', async () => {
    const api = await build({ requestsPerMinuteOfAddress: 5 })
    // Known from here on, even after the few seconds for which keys are cached.
    await ask(api, bearer(key))
    for (let asked = 0; asked < 4; asked++) {
      expect((await ask(api, bearer(`gp_made_up_${asked}`))).statusCode).toBe(401)
    }
    const refused = await ask(api, bearer('gp_made_up_again'))
    expect([refused.statusCode, refused.json<{ detail: string }>().detail]).toEqual([
      429,
      expect.stringContaining('for each address without a valid key') as string,
    ])
    expect((await ask(api, bearer(key))).statusCode).toBe(200)
    expect((await ask(api, bearer('gp_made_up'), '192.0.2.2')).statusCode).toBe(401)
  })

  test('only a trusted gateway says whose address it is', async () => {
    const trustedProxies = parseRanges('10.0.0.0/8')
    const api = await build({ requestsPerMinuteOfAddress: 1, trustedProxies })
    const from = (gateway: string, client: string) => ask(api, { 'x-forwarded-for': client }, gateway)
    const codes = []
    for (const [gateway, client] of [
      ['10.1.2.3', '198.51.100.1'],
      ['10.1.2.3', '198.51.100.2'],
      ['10.1.2.3', '198.51.100.1'],
      ['203.0.113.9', '198.51.100.3'],
      ['203.0.113.9', '198.51.100.4'],
    ] as const)
      codes.push((await from(gateway, client)).statusCode)
    expect(codes).toEqual([401, 401, 429, 401, 429])
  })

  test('a client has one budget in its /64 of IPv6, and one as IPv4 address however it is written', async () => {
    const api = await build({ requestsPerMinuteOfAddress: 1 })
    const codes = []
    for (const address of [
      '2001:db8:0:1::1',
      '2001:db8:0:1:ffff::2',
      '2001:db8:0:2::1',
      '192.0.2.9',
      '::ffff:192.0.2.9',
    ])
      codes.push((await ask(api, {}, address)).statusCode)
    expect(codes).toEqual([401, 429, 401, 401, 429])
  })

  test('health has no limit, as load balancers ask often', async () => {
    const api = await build({ requestsPerMinuteOfAddress: 1 })
    for (let asked = 0; asked < 3; asked++) expect((await api.inject('/healthz')).statusCode).toBe(200)
  })
})

describe('slow and many clients', () => {
  async function listen(connections: Partial<ApiSettings['connections']>, change: Partial<ApiSettings> = {}) {
    const api = await build({ ...change, connections: { ...settings.connections, ...connections } })
    await api.listen({ port: 0, host: '127.0.0.1' })
    return portOf(api.server)
  }

  /** A connection, and what it receives until it is closed. */
  async function open(port: number, text = '') {
    const socket = connect(port, '127.0.0.1')
    sockets.push(socket)
    let received = ''
    socket.on('data', (chunk: Buffer) => (received += chunk.toString()))
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    if (text !== '') socket.write(text)
    return { socket, ended: once(socket, 'close').then(() => received), soFar: () => received }
  }

  const begun =
    'POST /v1/session HTTP/1.1\r\nHost: lab\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{'

  test.each([
    ['headers', 'GET /healthz HTTP/1.1\r\nHost: lab\r\n'],
    ['body', begun],
  ])('a request whose %s do not arrive in time is answered with 408', async (_part, text) => {
    const { ended } = await open(await listen({ requestMs: 200 }), text)
    expect(await ended).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n.*"code":"request-timeout"/s)
  })

  test('a connection on which nothing happens is closed', async () => {
    const { ended } = await open(await listen({ silentMs: 200 }))
    expect(await ended).toBe('')
  })

  test('an address has a number of connections, which become free again', async () => {
    const port = await listen({ mostOfAddress: 2 })
    const [first] = [await open(port), await open(port)]
    expect(await (await open(port)).ended).toBe('')
    first.socket.destroy()
    await first.ended
    const get = 'GET /healthz HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n'
    await expect.poll(async () => (await open(port, get)).ended).toMatch(/^HTTP\/1\.1 200/)
  })

  test('a client has a number of connections in its /64 of IPv6', async () => {
    const api = await build({ connections: { ...settings.connections, mostOfAddress: 2 } })
    const connection = (remoteAddress: string) => {
      const socket = Object.assign(new Duplex({ read() {}, write() {} }), { remoteAddress })
      api.server.emit('connection', socket)
      return socket.destroyed
    }
    const addresses = ['2001:db8:0:1::1', '2001:db8:0:1::2', '2001:db8:0:1::3', '2001:db8:0:2::1']
    expect(addresses.map(connection)).toEqual([false, false, true, false])
  })

  test('the connections of a trusted gateway are those of its clients', async () => {
    const port = await listen({ mostOfAddress: 1 }, { trustedProxies: parseRanges('127.0.0.0/8') })
    const get = 'GET /healthz HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n'
    await open(port)
    expect(await (await open(port, get)).ended).toMatch(/^HTTP\/1\.1 200/)
  })

  test('a process has a number of connections', async () => {
    const port = await listen({ most: 1 })
    await open(port)
    expect(await (await open(port)).ended).toBe('')
  })

  test('headers have a limit', async () => {
    const text = `GET /healthz HTTP/1.1\r\nHost: lab\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`
    const { ended } = await open(await listen({}), text)
    expect(await ended).toMatch(/^HTTP\/1\.1 431 .*"code":"headers-too-large"/s)
  })
})
