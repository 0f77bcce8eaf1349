import type { AuditEvent, BulkChangeInput, BulkOutcome, ExperimentView } from '@goalpost/contracts'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { bearer, spec, startTestService, type TestService } from './harness.ts'

let service: TestService
let key: string
let number = 0
beforeAll(async () => {
  service = await startTestService()
})
afterAll(() => service.close())
beforeEach(async () => {
  number += 1
  key = await service.createKey(`lab-${number}`, 'admin')
})

const send = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) =>
  service.api.inject({ method, url, headers: bearer(key), ...(payload && { payload }) })

async function submit(name: string): Promise<string> {
  const sent = await send('POST', '/v1/experiments', { ...spec, name, seeds: 1 })
  return sent.json<ExperimentView>().id
}

async function bulk(change: BulkChangeInput): Promise<BulkOutcome> {
  const response = await send('POST', '/v1/experiments/bulk', change)
  expect(response.statusCode, response.body).toBe(200)
  return response.json()
}

const names = (chosen: readonly { name: string }[]) => chosen.map(({ name }) => name)
const listed = async (query = '') =>
  names((await send('GET', `/v1/experiments${query}`)).json<{ items: { name: string }[] }>().items).toSorted()

test('an action changes all that the filter chooses, oldest first, and nothing else', async () => {
  for (const name of ['sweep-1', 'other', 'sweep-2']) await submit(name)
  const filter = { name: 'sweep' }
  expect(names((await bulk({ action: 'archive', filter, dryRun: true })).done)).toEqual(['sweep-1', 'sweep-2'])
  expect(await listed()).toEqual(['other', 'sweep-1', 'sweep-2'])
  expect(await bulk({ action: 'archive', filter })).toMatchObject({
    done: [{ name: 'sweep-1' }, { name: 'sweep-2' }],
    refused: [],
    nextCursor: null,
  })
  expect(await listed()).toEqual(['other'])
  // Archived ones are not in lists, unless the filter says so.
  expect((await bulk({ action: 'unarchive', filter })).done).toEqual([])
  expect((await bulk({ action: 'unarchive', filter: { ...filter, archived: 'only' } })).done).toHaveLength(2)
  expect(await listed()).toEqual(['other', 'sweep-1', 'sweep-2'])
})

test('one that is refused keeps no other from it, and is named with the reason', async () => {
  const running = await submit('running')
  const ended = await submit('ended')
  await send('POST', `/v1/experiments/${ended}/cancel`)
  const outcome = await bulk({ action: 'delete', filter: { protocol: spec.protocol } })
  expect(outcome.done).toEqual([{ id: ended, name: 'ended' }])
  expect(outcome.refused).toEqual([
    { id: running, name: 'running', message: 'The experiment has not ended: cancel it first' },
  ])
  expect(await listed()).toEqual(['running'])
})

test('no more than the limit are changed, and the cursor leads on to the others', async () => {
  for (const name of ['a', 'b', 'c']) await submit(name)
  const first = await bulk({ action: 'pause', limit: 2 })
  expect(names(first.done)).toEqual(['a', 'b'])
  const rest = await bulk({ action: 'pause', limit: 2, cursor: first.nextCursor! })
  expect(rest).toMatchObject({ done: [{ name: 'c' }], nextCursor: null })
})

test('repeating reaches the others, too: what is as wanted already takes no place', async () => {
  for (const name of ['a', 'b', 'c']) await submit(name)
  expect(names((await bulk({ action: 'cancel', limit: 2 })).done)).toEqual(['a', 'b'])
  expect(await bulk({ action: 'cancel', limit: 2 })).toMatchObject({ done: [{ name: 'c' }], nextCursor: null })
  expect((await bulk({ action: 'cancel' })).done).toEqual([])
  expect((await bulk({ action: 'resume' })).done).toEqual([])
})

test('retrying takes those with failed or cancelled tasks, and starts them again', async () => {
  for (const name of ['a', 'b']) await submit(name)
  const [a] = (await bulk({ action: 'cancel', filter: { name: 'a' } })).done
  expect(names((await bulk({ action: 'retry' })).done)).toEqual(['a'])
  const { state } = (await send('GET', `/v1/experiments/${a!.id}`)).json<ExperimentView>()
  expect(state).toBe('waiting')
  expect((await bulk({ action: 'retry' })).done).toEqual([])
})

test('retrying takes a cancelled experiment whose tasks all go on for another', async () => {
  const [cancelled] = [await submit('same'), await submit('same')]
  await send('POST', `/v1/experiments/${cancelled}/cancel`)
  const { tasks } = (await send('GET', `/v1/experiments/${cancelled}`)).json<ExperimentView>()
  expect(tasks).toMatchObject({ failed: 0, cancelled: 0 })
  expect((await bulk({ action: 'retry' })).done.map(({ id }) => id)).toEqual([cancelled])
  expect((await bulk({ action: 'retry' })).done).toEqual([])
})

test('retrying takes a search that the service stopped, although none of its tasks has failed', async () => {
  const id = await submit('stopped')
  await submit('sound')
  const client = new pg.Client(service.databaseUrl)
  await client.connect()
  await client.query('UPDATE experiments SET stop_reason = $1 WHERE id = $2', ['a value was refused', id])
  await client.end()
  expect(names((await bulk({ action: 'retry', dryRun: true })).done)).toEqual(['stopped'])
})

test('one that is refused does not stand in the way of the next', async () => {
  for (const name of ['a', 'b']) await submit(name)
  await bulk({ action: 'cancel', filter: { name: 'b' } })
  const first = await bulk({ action: 'delete', filter: { protocol: spec.protocol }, limit: 1 })
  expect(names(first.refused)).toEqual(['a'])
  const next = { action: 'delete', filter: { protocol: spec.protocol }, limit: 1, cursor: first.nextCursor! } as const
  expect(names((await bulk(next)).done)).toEqual(['b'])
})

test('experiments of other workspaces are never chosen', async () => {
  const id = await submit('theirs')
  const owner = key
  key = await service.createKey(`stranger-${number}`, 'admin')
  expect(await bulk({ action: 'cancel' })).toEqual({ done: [], refused: [], nextCursor: null })
  const view = await service.api.inject({ url: `/v1/experiments/${id}`, headers: bearer(owner) })
  expect(view.json<ExperimentView>().state).toBe('waiting')
})

test.each([
  { action: 'explode' },
  { action: 'delete' },
  { action: 'delete', filter: { colour: 'red' } },
  { action: 'pause', limit: 0 },
])('%j is refused', async (payload) => {
  expect((await send('POST', '/v1/experiments/bulk', payload)).statusCode).toBe(400)
})

test('a saved filter is listed, replaced, used and deleted by its name', async () => {
  const url = `/v1/filters/${encodeURIComponent('my sweeps')}`
  expect((await send('PUT', url, { filter: { name: 'sweep' } })).json()).toMatchObject({
    name: 'my sweeps',
    filter: { name: 'sweep', archived: 'exclude' },
  })
  await send('PUT', url, { filter: { name: 'sweep', state: 'failed' } })
  const { items } = (await send('GET', '/v1/filters')).json<{ items: { name: string; filter: object }[] }>()
  expect(items).toMatchObject([{ name: 'my sweeps', filter: { name: 'sweep', state: 'failed' } }])
  await submit('sweep-9')
  expect((await bulk({ action: 'archive', filter: items[0]!.filter })).done).toEqual([])
  expect((await send('DELETE', url)).statusCode).toBe(204)
  expect((await send('DELETE', url)).statusCode).toBe(404)
  expect((await send('GET', '/v1/filters')).json()).toEqual({ items: [] })
})

test("another key's filter is changed with scope `manage` only, and each change is in the audit log", async () => {
  const url = '/v1/filters/old'
  const keyNamed = async (name: string, scope: 'submit' | 'manage'): Promise<string> => {
    const created = await send('POST', '/v1/api-keys', { name, scope })
    return created.json<{ secret: string }>().secret
  }
  const [ann, bob, carol] = [
    await keyNamed('ann', 'submit'),
    await keyNamed('bob', 'submit'),
    await keyNamed('carol', 'manage'),
  ]
  const admin = key
  key = ann
  await send('PUT', url, { filter: { name: 'mine' } })
  await send('PUT', url, { filter: { name: 'ours' } })
  key = bob
  const refused = await send('PUT', url, { filter: {} })
  expect(refused.statusCode).toBe(403)
  expect(refused.json()).toMatchObject({ detail: expect.stringContaining('saved by the key ann') as string })
  expect((await send('DELETE', url)).statusCode).toBe(403)
  expect((await send('GET', url)).json()).toMatchObject({ filter: { name: 'ours' }, createdBy: 'ann' })
  key = carol
  expect((await send('PUT', url, { filter: { name: 'all' } })).json()).toMatchObject({ createdBy: 'carol' })
  expect((await send('DELETE', url)).statusCode).toBe(204)
  key = admin
  const { items } = (await send('GET', '/v1/audit?limit=4')).json<{ items: AuditEvent[] }>()
  const saved = (name: string, createdBy: string) => ({ filter: { name }, createdBy })
  expect(items).toMatchObject([
    { action: 'filter.deleted', actor: { name: 'carol' }, before: saved('all', 'carol'), after: null },
    { action: 'filter.replaced', before: saved('ours', 'ann'), after: saved('all', 'carol') },
    { action: 'filter.replaced', actor: { name: 'ann' }, before: saved('mine', 'ann'), after: saved('ours', 'ann') },
    { action: 'filter.saved', subject: { type: 'filter', id: 'old' }, before: null },
  ])
})

test('retention is read with every key and set by administrators', async () => {
  const none = { points: null, logs: null, events: null, checkpoints: null }
  expect((await send('GET', '/v1/retention')).json()).toEqual(none)
  expect((await send('PUT', '/v1/retention', { logs: 30 })).json()).toEqual({ ...none, logs: 30 })
  expect((await send('PUT', '/v1/retention', { logs: 0 })).statusCode).toBe(400)
  key = await service.createKey(`lab-${number}`, 'manage')
  expect((await send('PUT', '/v1/retention', { logs: 1 })).statusCode).toBe(403)
  expect((await send('GET', '/v1/retention')).json()).toEqual({ ...none, logs: 30 })
})
