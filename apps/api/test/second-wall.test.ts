import type { ExperimentView } from '@goalpost/contracts'
import { createStore, type Store } from '@goalpost/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApi } from '../src/app.ts'
import type { ApiDependencies } from '../src/dependencies.ts'
import type { Api } from '../src/server/route-schemas.ts'
import { bearer, createDependencies, spec, startTestService, type TestService } from './harness.ts'

/** An API with a bug: whoever asks, it reads the workspace of the owner. */
let service: TestService
let owner: string
let stranger: string
let experiment: ExperimentView
const closing: (() => Promise<void>)[] = []

beforeAll(async () => {
  service = await startTestService()
  owner = await service.createKey('theirs', 'admin')
  stranger = await service.createKey('mine', 'admin')
  const request = { method: 'POST', url: '/v1/experiments', headers: bearer(owner), payload: spec } as const
  experiment = (await service.api.inject(request)).json()
})
afterAll(async () => {
  for (const close of closing.toReversed()) await close()
  await service.close()
})

/** The same store, but every method is called for the owner's workspace. */
function mixUp<Port extends object>(port: Port, own: string): Port {
  return new Proxy(port, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver)
      if (typeof method !== 'function') return method
      return (first: unknown, ...rest: unknown[]) => {
        const mixedUp = typeof first === 'object' && first !== null ? { ...first, workspaceId: own } : own
        return method.call(target, mixedUp, ...rest) as unknown
      }
    },
  })
}

async function buildWithBug(confined: boolean): Promise<Api> {
  const store: Store = createStore({ url: service.databaseUrl, poolSize: 2, confined })
  const { deps, close } = await createDependencies(store, service.databaseUrl)
  const own = await service.store.workspaces.ensure('theirs')
  const buggy: ApiDependencies = {
    ...deps,
    experiments: mixUp(deps.experiments, own),
    webhooks: mixUp(deps.webhooks, own),
    models: mixUp(deps.models, own),
  }
  const api = await buildApi(buggy)
  closing.push(
    () => store.close(),
    close,
    async () => {
      await api.close()
    },
  )
  return api
}

const addresses = () => [
  `/v1/experiments/${experiment.id}`,
  `/v1/experiments/${experiment.id}/results`,
  `/v1/runs/${experiment.runs[0]?.id}`,
]

describe('an API that asks the database for another workspace', () => {
  test('shows it, if the database has no walls: the bug is real', async () => {
    const api = await buildWithBug(false)
    for (const url of addresses())
      expect([url, (await api.inject({ url, headers: bearer(stranger) })).statusCode]).toEqual([url, 200])
    expect((await api.inject({ url: '/v1/experiments', headers: bearer(stranger) })).json().items).toHaveLength(1)
  })

  test('shows and changes nothing behind the second wall', async () => {
    const api = await buildWithBug(true)
    for (const url of addresses())
      expect([url, (await api.inject({ url, headers: bearer(stranger) })).statusCode]).toEqual([url, 404])
    for (const url of ['/v1/experiments', '/v1/runs', '/v1/checkpoints'])
      expect((await api.inject({ url, headers: bearer(stranger) })).json()).toMatchObject({ items: [] })
    const cancel = {
      method: 'POST',
      url: `/v1/experiments/${experiment.id}/cancel`,
      headers: bearer(stranger),
    } as const
    expect((await api.inject(cancel)).statusCode).toBe(404)
    const webhook = { name: 'mine', url: 'https://example.org/', events: ['*'] }
    const made = await api.inject({ ...cancel, url: '/v1/webhooks', payload: webhook })
    expect([made.statusCode, made.body]).toEqual([500, expect.not.stringContaining('theirs') as string])
    expect((await api.inject({ url: addresses()[0]!, headers: bearer(owner) })).json().state).toBe('waiting')
    expect((await service.api.inject({ url: '/v1/webhooks', headers: bearer(owner) })).json().items).toEqual([])
  })

  test('keeps callers apart that ask at the same moment', async () => {
    const url = addresses()[0]!
    const asked = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? owner : stranger))
    const codes = await Promise.all(
      asked.map(async (key) => (await service.api.inject({ url, headers: bearer(key) })).statusCode),
    )
    expect(codes).toEqual(asked.map((key) => (key === owner ? 200 : 404)))
  })
})
