import { createStore, migrate } from '@goalpost/store'
import { startPostgresServer, type PostgresServer } from '@goalpost/testing'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { buildApi } from '../src/app.ts'
import { createKey } from './create-key.ts'
import type { Api } from '../src/server/route-schemas.ts'
import { bearer, createDependencies, spec } from './harness.ts'

let server: PostgresServer
let api: Api
let key: string
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  server = await startPostgresServer()
  closing.push(() => server.close())
  const url = server.url('postgres')
  await migrate(url)
  const store = createStore({ url, poolSize: 5 })
  const { deps, close } = await createDependencies(store, url)
  closing.push(() => store.close(), close)
  api = await buildApi(deps)
  closing.push(() => api.close())
  key = await createKey(store, { workspace: 'default', scope: 'manage' })
})
afterAll(async () => {
  for (const close of closing.toReversed()) await close()
})

const list = () => api.inject({ url: '/v1/experiments', headers: bearer(key) })
const submit = () =>
  api.inject({
    method: 'POST',
    url: '/v1/experiments',
    headers: { ...bearer(key), 'idempotency-key': 'o' },
    payload: spec,
  })
const ready = () => api.inject({ url: '/readyz' })

test('during a database outage every request is answered with 503, and all works again right after it', async () => {
  expect([(await list()).statusCode, (await ready()).statusCode]).toEqual([200, 200])

  await server.stop()
  for (const ask of [list, submit, ready]) {
    const response = await ask()
    expect([response.statusCode, response.json().code]).toEqual([503, 'unavailable'])
    expect(response.headers['retry-after']).toBe('2')
    expect(response.body).not.toMatch(/ECONNREFUSED|127\.0\.0\.1|prisma/i)
  }
  expect((await api.inject({ url: '/healthz' })).statusCode).toBe(200)

  await server.start()
  await vi.waitFor(async () => expect((await ready()).statusCode).toBe(200), { timeout: 20_000 })
  expect((await submit()).statusCode).toBe(201)
  expect((await list()).json().items).toHaveLength(1)
})
