import type { ExperimentView } from '@goalpost/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer, operationsOf, spec, startTestService, toyEngines, type TestService } from './harness.ts'
import { queuedJobs } from './play-worker.ts'

let service: TestService
/** Everything belongs to `owner`; `stranger` has all rights in its own workspace. */
let owner: string
let stranger: string
let experiment: ExperimentView
let taskId: string
let ownersKeyId: string
let deliveryId: string
let gateRunId: string
let bisectionId: string
const hash = 'cd'.repeat(32)
const otherHash = 'ef'.repeat(32)

beforeAll(async () => {
  service = await startTestService()
  owner = await service.createKey('theirs', 'admin')
  stranger = await service.createKey('mine', 'admin')
  const self = await service.api.inject({ url: '/v1/api-keys/self', headers: bearer(owner) })
  ownersKeyId = self.json<{ id: string }>().id
  const created = await service.api.inject({
    method: 'POST',
    url: '/v1/experiments',
    headers: bearer(owner),
    payload: spec,
  })
  experiment = created.json()
  const [job] = await queuedJobs(service)
  const outcome = await service.store.ledger.claim(job ?? { taskId: '', epoch: 0 }, {
    id: 'w',
    leaseMs: 60_000,
    engines: toyEngines,
  })
  if (!outcome.ok) throw new Error(outcome.reason)
  taskId = outcome.claim.taskId
  const part = { name: 'p', hash, bytes: 1, mediaType: 'application/octet-stream', evidence: true }
  const parts = [part, { ...part, name: 'q', hash: otherHash }]
  await service.store.ledger.recordCheckpoint(outcome.claim, { step: 1, parts })
  await service.store.ledger.recordLogs(outcome.claim, [
    { at: new Date().toISOString(), level: 'info', message: 'secret' },
  ])
  await service.api.inject({
    method: 'POST',
    url: '/v1/models/mouse/versions',
    headers: bearer(owner),
    payload: { artifact: hash, tags: ['secret'], aliases: ['best'] },
  })
  const put = (url: string, method: 'PUT' | 'POST', payload: object) =>
    service.api.inject({ method, url, headers: bearer(owner), payload })
  await put('/v1/webhooks', 'POST', { name: 'mouse', url: 'https://secret.example.org/', events: ['experiment.*'] })
  deliveryId = (await put('/v1/webhooks/mouse/test', 'POST', {})).json<{ id: string }>().id
  await put('/v1/schedules/mouse', 'PUT', {
    apiVersion: 'goalpost/v1',
    name: 'mouse',
    cron: '0 2 * * *',
    action: { type: 'experiment', spec: { ...spec, name: 'secret' } },
  })
  await put('/v1/filters/mouse', 'PUT', { filter: { name: 'secret' } })
  await put('/v1/models/mouse/versions', 'POST', { artifact: otherHash })
  const rule = { kind: 'absolute', name: 'scores', condition: 'default', measure: 'score', atLeast: 0.5 }
  await put('/v1/gates/mouse', 'PUT', {
    apiVersion: 'goalpost/v1',
    name: 'mouse',
    model: 'mouse',
    spec: { apiVersion: 'goalpost/v1', protocol: 'toy', name: 'secret', seeds: 1 },
    rules: [rule],
  })
  gateRunId = (await put('/v1/gates/mouse/runs', 'POST', { version: 1 })).json<{ id: string }>().id
  const search = await put('/v1/gates/mouse/bisections', 'POST', { good: 1, bad: 2 })
  bisectionId = search.json<{ id: string }>().id
})
afterAll(() => service.close())

/** These create what they name. */
const creations = [
  'put /v1/filters/{name}',
  'post /v1/models/{name}/versions',
  'put /v1/schedules/{name}',
  'put /v1/gates/{name}',
]

/** Names something in a workspace. */
const namesSomething = ({ path, method }: ReturnType<typeof operationsOf>[number]): boolean =>
  /\{(id|hash)\}|^\/v1\/(models|schedules|webhooks|gates|filters)\/\{name\}/.test(path) &&
  !creations.includes(`${method} ${path}`)

/** Addresses with ids or names of another workspace. */
function urlElsewhere(path: string): string {
  const id = path.startsWith('/v1/experiments')
    ? experiment.id
    : path.startsWith('/v1/runs')
      ? (experiment.runs[0]?.id ?? '')
      : path.startsWith('/v1/api-keys')
        ? ownersKeyId
        : path.startsWith('/v1/webhooks')
          ? deliveryId
          : path.startsWith('/v1/gates/{name}/runs')
            ? gateRunId
            : path.startsWith('/v1/gates')
              ? bisectionId
              : taskId
  const values: Record<string, string> = { id, hash, name: 'mouse', version: '1', alias: 'best' }
  return path.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

const bodies: Record<string, object> = {
  extend: { seeds: 1 },
  tags: { add: ['mine'] },
  note: { note: 'mine' },
  priority: { priority: 1 },
  '{alias}': { version: 1 },
  bisections: { good: 1, bad: 2 },
}

function call(key: string, { method, path }: ReturnType<typeof operationsOf>[number], payload?: object) {
  const needsBody = method === 'post' || method === 'put'
  const body = needsBody ? { payload: payload ?? bodies[path.split('/').at(-1) ?? ''] ?? {} } : {}
  return service.api.inject({
    method: method.toUpperCase() as 'GET',
    url: urlElsewhere(path),
    headers: bearer(key),
    ...body,
  })
}

test('at every address with an id, data of another workspace is not found', async () => {
  const addressed = operationsOf(service.api).filter(namesSomething)
  expect(addressed.length).toBeGreaterThanOrEqual(20)
  for (const operation of addressed) {
    const { statusCode, body } = await call(stranger, operation)
    expect(`${operation.method} ${operation.path} ${statusCode}`).toBe(`${operation.method} ${operation.path} 404`)
    expect(body).not.toContain('secret')
  }
})

test('the same addresses answer their owner, so the test above used the right ones', async () => {
  const readable = operationsOf(service.api).filter(
    (operation) => namesSomething(operation) && operation.method === 'get' && !operation.path.endsWith('/events'),
  )
  for (const operation of readable) {
    const { statusCode } = await call(owner, operation)
    // The file of this checkpoint was never written, which its owner may know.
    expect([operation.path, statusCode]).toEqual([operation.path, operation.path.includes('artifacts') ? 500 : 200])
  }
})

describe('every list is empty', () => {
  test.each([
    '/v1/experiments',
    '/v1/runs',
    '/v1/checkpoints',
    '/v1/models',
    '/v1/schedules',
    '/v1/webhooks',
    '/v1/gates',
  ])('%s', async (url) => {
    expect((await service.api.inject({ url, headers: bearer(stranger) })).json()).toEqual({
      items: [],
      nextCursor: null,
    })
    expect((await service.api.inject({ url, headers: bearer(owner) })).json().items).not.toEqual([])
  })
  test('also if requested by an id of another workspace', async () => {
    for (const url of [
      `/v1/runs?experimentId=${experiment.id}`,
      `/v1/checkpoints?taskId=${taskId}`,
      `/v1/checkpoints?experimentId=${experiment.id}`,
    ]) {
      expect((await service.api.inject({ url, headers: bearer(stranger) })).json().items).toEqual([])
    }
  })
})

test('the event stream shows events of the caller’s workspace only, from any start id', async () => {
  const read = async (key: string, headers: object = {}) => {
    const url = '/v1/events?lastEventId=0&follow=false'
    return (await service.api.inject({ url, headers: { ...bearer(key), ...headers } })).body
  }
  expect(await read(owner)).toContain(`experiments/${experiment.id}`)
  // A workspace with a later event of its own: its stream passes the ids of the owner's.
  const third = await service.createKey('third', 'submit')
  const url = '/v1/experiments'
  const own = await service.api.inject({ method: 'POST', url, headers: bearer(third), payload: spec })
  for (const headers of [{}, { 'last-event-id': '1' }]) {
    const subjects = [...(await read(third, headers)).matchAll(/"subject":"([^"]*)"/g)].map(([, subject]) => subject)
    expect(subjects).toEqual([`experiments/${own.json<{ id: string }>().id}`])
  }
  expect((await read(stranger)).match(/^event: .*$/gm)).toEqual(['event: ready'])
})

test('the trend of a name in another workspace is not found', async () => {
  const url = `/v1/trend?name=${experiment.name}`
  expect((await service.api.inject({ url, headers: bearer(stranger) })).statusCode).toBe(404)
  expect((await service.api.inject({ url, headers: bearer(owner) })).json()).toMatchObject({ name: experiment.name })
})

test('a comparison with an experiment of another workspace is refused like one with a missing one', async () => {
  const { statusCode } = await call(
    stranger,
    { method: 'post', path: '/v1/comparisons' },
    { arms: [{ experimentId: experiment.id }] },
  )
  expect(statusCode).toBe(404)
})

test('nothing was changed by these requests', async () => {
  const { statusCode, body } = await call(owner, { method: 'get', path: '/v1/experiments/{id}' })
  const view: ExperimentView = JSON.parse(body)
  expect([statusCode, view.resolved, view.runs.length]).toEqual([200, experiment.resolved, experiment.runs.length])
  expect(view.state).not.toBe('cancelled')
})

test('results of another workspace are not reused: a preview does not reveal them', async () => {
  const preview = await service.api.inject({
    method: 'POST',
    url: '/v1/experiments/preview',
    headers: bearer(stranger),
    payload: spec,
  })
  expect(preview.json().reused).toBe(0)
})

test('one Idempotency-Key in two workspaces makes two experiments', async () => {
  const headers = { 'idempotency-key': 'shared' }
  const ids = await Promise.all(
    [owner, stranger].map(async (key) => {
      const response = await service.api.inject({
        method: 'POST',
        url: '/v1/experiments',
        headers: { ...bearer(key), ...headers },
        payload: spec,
      })
      return response.json<ExperimentView>().id
    }),
  )
  expect(new Set(ids).size).toBe(2)
})
