import type { ExperimentView, FleetView, PreviewView, TaskView } from '@goalpost/contracts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { bearer, spec, startTestService, toyEngines, type TestService } from './harness.ts'

let service: TestService
let admin: string
let neighbour: string
let reader: string

beforeAll(async () => {
  service = await startTestService()
  admin = await service.createKey('main', 'admin', { operator: true })
  neighbour = await service.createKey('elsewhere', 'admin')
  reader = await service.createKey('main', 'read')
}, 60_000)
afterAll(() => service.close())

const get = (url: string, headers: Record<string, string> = {}, key = admin) =>
  service.api.inject({ url, headers: { ...headers, ...bearer(key) } })
const post = (url: string, payload?: object, headers: Record<string, string> = {}) =>
  service.api.inject({ method: 'POST', url, headers: { ...headers, ...bearer(admin) }, payload: payload ?? {} })

const announce = (id: string, engine: string, device: 'cpu' | 'gpu') =>
  service.store.workers.announce({
    id,
    host: `host-of-${id}`,
    codeRevision: 'test',
    cores: 8,
    queues: [{ device, slots: 1 }],
    engines: [{ name: engine, device, build: '1', deviceName: 'Some Card' }],
  })
const elsewhere = (engine: string) => ({ ...spec, name: engine, resources: { engine, device: 'gpu' } })

describe('the workers', () => {
  test('are shown to every key as engines and counts, and with their hosts only to operators', async () => {
    const seen = (await get('/v1/workers', {}, reader)).json<FleetView>()
    expect((await get('/v1/workers', {}, neighbour)).json()).toEqual(seen)
    expect(seen).toEqual({
      workers: 1,
      starting: 0,
      engines: [{ name: 'toy:engine', device: 'cpu', workers: 1, slots: 3 }],
      queue: [],
      items: [],
    })
    const { items } = (await get('/v1/workers')).json<FleetView>()
    expect(items).toMatchObject([{ id: 'worker-1', host: 'toys', cores: 2, engines: toyEngines }])
    expect((await service.api.inject({ url: '/v1/workers' })).statusCode).toBe(401)
  })
})

test.each(['/v1/experiments', '/v1/runs', '/v1/workers'])('%s is sent once while nothing changes', async (url) => {
  const first = await get(url, {}, reader)
  const etag = String(first.headers.etag)
  const again = await get(url, { 'if-none-match': etag }, reader)
  expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag])
  await post('/v1/experiments', { ...spec, name: `changes ${url}`, resources: { engine: 'card:etag', device: 'gpu' } })
  const changed = await get(url, { 'if-none-match': etag }, reader)
  expect(changed.statusCode).toBe(200)
  expect(changed.headers.etag).not.toBe(etag)
})

test('the list can be limited to a span of time', async () => {
  const { createdAt } = (await post('/v1/experiments', { ...spec, name: 'dated' })).json<ExperimentView>()
  const found = async (query: string) =>
    (await get(`/v1/experiments?name=dated&${query}`)).json<{ items: unknown[] }>().items.length
  expect(await found(`createdAfter=${createdAt}`)).toBe(1)
  expect(await found(`createdBefore=${createdAt}`)).toBe(0)
  const wrong = await get('/v1/experiments?createdAfter=yesterday')
  expect([wrong.statusCode, wrong.body]).toEqual([400, expect.stringContaining('createdAfter')])
})

test('the queue counts open tasks of the own workspace by engine and state', async () => {
  const { id } = (await post('/v1/experiments', elsewhere('card:queue'))).json<ExperimentView>()
  const own = (await get('/v1/workers')).json<FleetView>().queue.filter(({ engine }) => engine === 'card:queue')
  expect(own.map(({ device, state }) => `${device} ${state}`)).toContain('gpu ready')
  expect((await get('/v1/workers', {}, neighbour)).json<FleetView>().queue).toEqual([])
  await post(`/v1/experiments/${id}/cancel`)
  const { queue } = (await get('/v1/workers')).json<FleetView>()
  expect(queue.filter(({ engine }) => engine === 'card:queue')).toEqual([])
})

describe('an engine that no worker has', () => {
  const notice = 'waiting for a worker with card:one on a GPU; none is running'

  test('gives a warning in the preview', async () => {
    const { warnings } = (await post('/v1/experiments/preview', elsewhere('card:one'))).json<PreviewView>()
    expect(warnings).toContainEqual({ condition: null, message: `Its tasks would be ${notice}` })
    const available = (await post('/v1/experiments/preview', spec)).json<PreviewView>()
    expect(available.warnings.filter(({ condition }) => condition === null)).toEqual([])
  })

  test('is the reason why experiment and task wait, until such a worker starts', async () => {
    const submitted = await post('/v1/experiments', elsewhere('card:one'))
    const { id, runs, notices } = submitted.json<ExperimentView>()
    expect(notices).toEqual([notice])
    const task = `/v1/tasks/${runs[0]!.tasks[0]!.id}`
    expect((await get(task)).json<TaskView>()).toMatchObject({ notices: [notice], resources: { device: 'gpu' } })
    const url = `/v1/experiments/${id}`
    const etag = String(submitted.headers.etag)
    expect((await get(url, { 'if-none-match': etag })).statusCode).toBe(304)
    await announce('one', 'card:one', 'gpu')
    // The experiment has not changed, but a poller must get the new notice.
    await vi.waitFor(
      async () => {
        const again = await get(url, { 'if-none-match': etag })
        expect(again.statusCode).toBe(200)
        expect(again.json<ExperimentView>()).toMatchObject({ notices: [], revision: submitted.json().revision })
      },
      { timeout: 10_000 },
    )
    expect((await get(task)).json<TaskView>().notices).toEqual([])
    // A change names the state of the experiment, independent of workers.
    expect((await post(`${url}/cancel`, undefined, { 'if-match': etag })).statusCode).toBe(200)
  })

  test('does not matter to an ended experiment', async () => {
    const { id } = (await post('/v1/experiments', elsewhere('card:two'))).json<ExperimentView>()
    const cancelled = (await post(`/v1/experiments/${id}/cancel`)).json<ExperimentView>()
    expect(cancelled).toMatchObject({ state: 'cancelled', notices: [] })
  })
})
