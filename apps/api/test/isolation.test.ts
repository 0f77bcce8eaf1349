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
const hash = 'cd'.repeat(32)
const otherHash = 'ef'.repeat(32)

beforeAll(async () => {
  service = await startTestService()
  owner = await service.createKey('theirs', 'admin')
  stranger = await service.createKey('mine', 'admin')
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
  await put('/v1/webhooks/mouse/test', 'POST', {})
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
  await put('/v1/gates/mouse/runs', 'POST', { version: 1 })
  await put('/v1/gates/mouse/bisections', 'POST', { good: 1, bad: 2 })
  await put('/v1/invitations', 'POST', { name: 'secret' })
  await put('/v1/members', 'POST', { email: 'secret@example.org' })
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
  /\{(id|hash)\}|^\/v1\/(models|schedules|webhooks|gates|filters|experiments\/by-name)\/\{name\}/.test(path) &&
  !creations.includes(`${method} ${path}`)

/** Where an id is not in the list that its address continues. */
const unlisted = (): Readonly<Record<string, string>> => ({ '/v1/tasks': taskId })

/** An address with ids and names of the owner's workspace: an id is that of the first item of the owner's list. */
async function urlElsewhere(path: string): Promise<string> {
  if (path.endsWith('/by-name/{name}')) return path.replace('{name}', experiment.name)
  const named = path.replaceAll(/\{(hash|name|version|alias)\}/g, (_whole, name: string) => names[name] ?? '')
  if (!named.includes('{id}')) return named
  const list = named.slice(0, named.indexOf('/{id}'))
  const id = unlisted()[list] ?? (await firstId(list))
  return named.replace('{id}', id)
}

const names: Readonly<Record<string, string>> = { hash, name: 'mouse', version: '1', alias: 'best' }

async function firstId(list: string): Promise<string> {
  const { items = [] } = (await service.api.inject({ url: list, headers: bearer(owner) })).json<{
    items?: { id: string }[]
  }>()
  const id = items[0]?.id
  if (id === undefined) throw new Error(`The owner has nothing in ${list}: create something in beforeAll`)
  return id
}

const bodies: Record<string, object> = {
  extend: { seeds: 1 },
  tags: { add: ['mine'] },
  note: { note: 'mine' },
  priority: { priority: 1 },
  deadline: { deadline: '1h' },
  '{id}': { scope: 'read' },
  '{alias}': { version: 1 },
  bisections: { good: 1, bad: 2 },
}

async function call(key: string, { method, path }: ReturnType<typeof operationsOf>[number], payload?: object) {
  const needsBody = method === 'post' || method === 'put'
  const body = needsBody ? { payload: payload ?? bodies[path.split('/').at(-1) ?? ''] ?? {} } : {}
  return service.api.inject({
    method: method.toUpperCase() as 'GET',
    url: await urlElsewhere(path),
    headers: bearer(key),
    ...body,
  })
}

test('at every address with an id, data of another workspace is not found', async () => {
  const addressed = operationsOf(service.api).filter(namesSomething)
  expect(addressed.length).toBeGreaterThanOrEqual(55)
  for (const operation of addressed) {
    const { statusCode, body } = await call(stranger, operation)
    expect(`${operation.method} ${operation.path} ${statusCode}`).toBe(`${operation.method} ${operation.path} 404`)
    expect(body).not.toContain('secret')
  }
})

/** What only the owner is told. */
const statusForOwner: Readonly<Record<string, number>> = {
  // The file of this checkpoint was never written.
  '/v1/artifacts/{hash}': 500,
  // It has not ended.
  '/v1/experiments/{id}/receipt': 409,
}

test('the same addresses answer their owner, so the test above used the right ones', async () => {
  const readable = operationsOf(service.api).filter(
    (operation) => namesSomething(operation) && operation.method === 'get' && !operation.path.endsWith('/events'),
  )
  for (const operation of readable) {
    const { statusCode } = await call(owner, operation)
    expect([operation.path, statusCode]).toEqual([operation.path, statusForOwner[operation.path] ?? 200])
  }
})

const uuids = (text: string): string[] => text.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []

test('no answer without an id in its address has an id of another workspace', async () => {
  // The description of the interface is the same for everybody; its patterns of ids look like ids.
  const general = operationsOf(service.api).filter(
    ({ method, path }) => method === 'get' && !path.includes('{') && path !== '/openapi.json',
  )
  expect(general.length).toBeGreaterThanOrEqual(25)
  const read = async (key: string, path: string): Promise<string> => {
    const query = { '/v1/events': '?follow=false&lastEventId=0', '/v1/trend': '?name=first' }[path] ?? ''
    return (await service.api.inject({ url: path + query, headers: bearer(key) })).body
  }
  const theirs = new Set<string>()
  for (const { path } of general) for (const id of uuids(await read(owner, path))) theirs.add(id)
  // Problems name their request, which is nobody else's.
  expect(theirs.size).toBeGreaterThan(20)
  for (const { path } of general) {
    const body = await read(stranger, path)
    expect([path, uuids(body).filter((id) => theirs.has(id))]).toEqual([path, []])
    expect([path, body.includes('secret')]).toEqual([path, false])
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

test('a league of, or a recommendation for, an experiment of another workspace likewise', async () => {
  const id = experiment.id
  for (const [path, body] of [
    ['/v1/leagues', { experiments: [id] }],
    ['/v1/recommendations', { experimentId: id, league: [id] }],
  ] as const)
    expect((await call(stranger, { method: 'post', path }, body)).statusCode).toBe(404)
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
