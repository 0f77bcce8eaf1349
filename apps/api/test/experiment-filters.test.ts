import type { ExperimentSummary } from '@goalpost/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bearer, spec, startTestService, type TestService } from './harness.ts'

let service: TestService
let headers: { authorization: string }
let firstId: string

beforeAll(async () => {
  service = await startTestService()
  headers = bearer(await service.createKey('lab', 'admin'))
  const submit = async (name: string, labels: Record<string, string>) => {
    const payload = { ...spec, name, labels }
    const response = await service.api.inject({ method: 'POST', url: '/v1/experiments', headers, payload })
    return response.json<{ id: string }>().id
  }
  firstId = await submit('corner at 100%', { team: 'alignment', ticket: 'a=b' })
  await submit('dish', { team: 'Interpretability', said: String.raw`"50%\60" is Ändern's` })
  await submit('keys', {})
})
afterAll(() => service.close())

async function names(query: Record<string, string>): Promise<string[]> {
  const response = await service.api.inject({ url: '/v1/experiments', query, headers })
  return response.json<{ items: ExperimentSummary[] }>().items.map(({ name }) => name)
}

test.each([
  ['team', ['dish', 'corner at 100%']],
  ['team=alignment', ['corner at 100%']],
  ['ticket=a=b', ['corner at 100%']],
  ['team=', []],
  ['owner', []],
])('the label %s selects %j', async (label, expected) => {
  expect(await names({ label })).toEqual(expected)
})

test.each([
  ['KEY', ['keys']],
  ['interpret', ['dish']],
  ['100%', ['corner at 100%']],
  ['team', []],
  ['said', []],
  ['"', ['dish']],
  [String.raw`50%\60" IS`, ['dish']],
  [String.raw`50%\\60`, []],
  ['Ändern', ['dish']],
])('searching for %s finds names and values of labels: %j', async (search, expected) => {
  expect(await names({ search })).toEqual(expected)
})

test.each([
  ['60" dish', ['dish']],
  ['dish "is 60"', []],
  ['corner 100%', ['corner at 100%']],
  ['100% corner', ['corner at 100%']],
  ['"corner at"', ['corner at 100%']],
  ['"at corner"', []],
  ['corner dish', []],
  ['toy keys', ['keys']],
  ['keys test', ['keys']],
  ['" "', ['keys', 'dish', 'corner at 100%']],
])('searching for %s finds what has all words and phrases: %j', async (search, expected) => {
  expect(await names({ search })).toEqual(expected)
})

test('searching finds words of a note', async () => {
  const payload = { note: 'Learning rate too HIGH?' }
  await service.api.inject({ method: 'PUT', url: `/v1/experiments/${firstId}/note`, headers, payload })
  expect(await names({ search: 'too high' })).toEqual(['corner at 100%'])
  expect(await names({ search: '"high too"' })).toEqual([])
  expect(await names({ search: 'too_high' })).toEqual([])
})

test('searching finds an experiment by its id, from its beginning', async () => {
  expect(await names({ search: firstId })).toEqual(['corner at 100%'])
  expect(await names({ search: firstId.slice(1) })).toEqual([])
})

test('filters combine', async () => {
  expect(await names({ label: 'team', search: 'dish' })).toEqual(['dish'])
})

test('an owner is the whole name of a key', async () => {
  const payload = { name: 'ann', scope: 'submit' }
  const key = await service.api.inject({ method: 'POST', url: '/v1/api-keys', headers, payload })
  const ann = bearer(key.json<{ secret: string }>().secret)
  const hers = { ...spec, name: 'hers' }
  await service.api.inject({ method: 'POST', url: '/v1/experiments', headers: ann, payload: hers })
  expect(await names({ createdBy: 'ann' })).toEqual(['hers'])
  expect(await names({ createdBy: 'an' })).toEqual([])
  expect(await names({ createdBy: 'test' })).toEqual(['keys', 'dish', 'corner at 100%'])
})

test('lists are sorted by name, page by page', async () => {
  const sorted = await names({ sort: 'name' })
  expect(sorted).toEqual(sorted.toSorted())
  expect(await names({ sort: '-name' })).toEqual(sorted.toReversed())
})

test('a name is an address of the newest experiment that has it', async () => {
  const at = (name: string) => `/v1/experiments/by-name/${encodeURIComponent(name)}`
  const submit = (name: string) =>
    service.api.inject({ method: 'POST', url: '/v1/experiments', headers, payload: { ...spec, name } })
  const strange = 'a/b ?#%: ü'
  await submit(strange)
  const { id } = (await submit(strange)).json<{ id: string }>()
  const found = await service.api.inject({ url: at(strange), headers })
  expect([found.statusCode, found.json<{ id: string }>().id]).toEqual([200, id])
  expect(found.headers['content-location']).toBe(`/v1/experiments/${id}`)
  const { etag = '' } = found.headers
  expect((await service.api.inject({ url: `/v1/experiments/${id}`, headers })).headers.etag).toBe(etag)
  const poll = () => service.api.inject({ url: at(strange), headers: { ...headers, 'if-none-match': etag } })
  expect((await poll()).statusCode).toBe(304)
  expect(await names({ named: strange })).toEqual([strange, strange])
  const url = `/v1/experiments/${id}/cancel`
  const change = { method: 'POST', url, headers: { ...headers, 'if-match': etag } } as const
  expect((await service.api.inject(change)).statusCode).toBe(200)
  const newest = (await submit(strange)).json<{ id: string }>()
  const moved = await poll()
  expect([moved.statusCode, moved.json<{ id: string }>().id]).toEqual([200, newest.id])
  expect(await names({ named: 'a/b' })).toEqual([])
  const longest = 'ü'.repeat(120)
  await submit(longest)
  expect((await service.api.inject({ url: at(longest), headers })).statusCode).toBe(200)
  for (const name of ['a/b', 'x'.repeat(121), strange.toUpperCase()])
    expect([name, (await service.api.inject({ url: at(name), headers })).statusCode]).toEqual([name, 404])
})

test.each([
  ['state', 'running first'],
  ['-priority', 'the highest first'],
  ['verdict', 'the most serious first'],
  ['-progress', 'the most tasks done first'],
  ['-updated', 'the latest change first'],
])('lists are sorted by %s: %s', async (sort) => {
  const response = await service.api.inject({ url: '/v1/experiments', query: { sort, limit: '2' }, headers })
  expect(response.statusCode).toBe(200)
  const { nextCursor } = response.json<{ nextCursor: string }>()
  const next = await service.api.inject({
    url: '/v1/experiments',
    query: { sort, limit: '2', cursor: nextCursor },
    headers,
  })
  expect(next.statusCode).toBe(200)
  const other = await service.api.inject({ url: '/v1/experiments', query: { cursor: nextCursor }, headers })
  expect([other.statusCode, other.body]).toEqual([400, expect.stringContaining('/cursor')])
})

test('an order that does not exist is refused with those that do', async () => {
  const { statusCode, body } = await service.api.inject({ url: '/v1/experiments?sort=colour', headers })
  expect([statusCode, body]).toEqual([400, expect.stringContaining('-created')])
})

test('facets are the labels and submitters of experiments that are not archived, the most frequent first', async () => {
  const read = async () => (await service.api.inject({ url: '/v1/experiments/facets', headers })).json()
  const before = await read()
  const archived = { ...spec, name: 'archived', labels: { team: 'alignment', secret: 'x' } }
  const { id } = (
    await service.api.inject({ method: 'POST', url: '/v1/experiments', headers, payload: archived })
  ).json<{ id: string }>()
  const team = (value: string, experiments: number) => ({ name: 'team', value, experiments })
  const during = await read()
  expect(during.labels[0]).toEqual(team('alignment', 2))
  expect(during.labels).toContainEqual({ name: 'secret', value: 'x', experiments: 1 })
  await service.api.inject({ method: 'POST', url: `/v1/experiments/${id}/cancel`, headers })
  const put = await service.api.inject({ method: 'POST', url: `/v1/experiments/${id}/archive`, headers })
  expect([put.statusCode, await read()]).toEqual([200, before])
  expect(before.labels).toContainEqual(team('Interpretability', 1))
  const submitted = (await names({ createdBy: 'test' })).length
  expect(before.submitters).toEqual([
    { name: 'test', experiments: submitted },
    { name: 'ann', experiments: 1 },
  ])
})
