import type { BulkChangeInput, BulkOutcome, ExperimentView } from '@goalpost/contracts'
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
    more: false,
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
  const outcome = await bulk({ action: 'delete' })
  expect(outcome.done).toEqual([{ id: ended, name: 'ended' }])
  expect(outcome.refused).toEqual([
    { id: running, name: 'running', message: 'The experiment has not ended: cancel it first' },
  ])
  expect(await listed()).toEqual(['running'])
})

test('no more than the limit are changed, and the answer says that there are more', async () => {
  for (const name of ['a', 'b', 'c']) await submit(name)
  expect(await bulk({ action: 'cancel', limit: 2 })).toMatchObject({ done: [{ name: 'a' }, { name: 'b' }], more: true })
  expect(await listed('?state=cancelled')).toEqual(['a', 'b'])
})

test('experiments of other workspaces are never chosen', async () => {
  const id = await submit('theirs')
  const owner = key
  key = await service.createKey(`stranger-${number}`, 'admin')
  expect(await bulk({ action: 'cancel' })).toEqual({ done: [], refused: [], more: false })
  const view = await service.api.inject({ url: `/v1/experiments/${id}`, headers: bearer(owner) })
  expect(view.json<ExperimentView>().state).toBe('waiting')
})

test.each([{ action: 'explode' }, { action: 'delete', filter: { colour: 'red' } }, { action: 'delete', limit: 0 }])(
  '%j is refused',
  async (payload) => {
    expect((await send('POST', '/v1/experiments/bulk', payload)).statusCode).toBe(400)
  },
)

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

test('retention is read with every key and set by administrators', async () => {
  const none = { points: null, logs: null, events: null, checkpoints: null }
  expect((await send('GET', '/v1/retention')).json()).toEqual(none)
  expect((await send('PUT', '/v1/retention', { logs: 30 })).json()).toEqual({ ...none, logs: 30 })
  expect((await send('PUT', '/v1/retention', { logs: 0 })).statusCode).toBe(400)
  key = await service.createKey(`lab-${number}`, 'manage')
  expect((await send('PUT', '/v1/retention', { logs: 1 })).statusCode).toBe(403)
  expect((await send('GET', '/v1/retention')).json()).toEqual({ ...none, logs: 30 })
})
