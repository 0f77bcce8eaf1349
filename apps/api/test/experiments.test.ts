import type { ExperimentView, PreviewView } from '@goalpost/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer, spec, startTestService, type TestService } from './harness.ts'

let service: TestService
let key: string

beforeAll(async () => {
  service = await startTestService()
  key = await service.createKey('default', 'manage')
})
afterAll(() => service.close())

function post(url: string, payload?: unknown, headers: Record<string, string> = {}) {
  const body = payload === undefined ? {} : { payload: payload as object }
  return service.api.inject({ method: 'POST', url, headers: { ...bearer(key), ...headers }, ...body })
}

function get(url: string, headers: Record<string, string> = {}) {
  return service.api.inject({ url, headers: { ...bearer(key), ...headers } })
}

async function submit(change: object = {}): Promise<ExperimentView> {
  const response = await post('/v1/experiments', { ...spec, ...change })
  expect(response.statusCode, response.body).toBe(201)
  return response.json()
}

describe('submitting', () => {
  test('stores the spec as sent and as resolved, with every run and task, and returns its location', async () => {
    const response = await post('/v1/experiments', spec)
    expect(response.statusCode).toBe(201)
    const view = response.json<ExperimentView>()
    expect(response.headers.location).toBe(`/v1/experiments/${view.id}`)
    expect(view.spec).toEqual(spec)
    expect(view.resolved.conditions[0]?.options).toEqual({
      skill: 0.2,
      steps: 10,
      net: { hidden: [8] },
      adviceMs: 0,
      salted: false,
    })
    expect(view.runs.map(({ condition, seed }) => [condition, seed])).toEqual([
      ['low', 0],
      ['low', 1],
      ['high', 0],
      ['high', 1],
    ])
    expect(view.sharedTasks.map(({ kind }) => kind)).toEqual(['analyse'])
    expect((await get(String(response.headers.location))).json()).toEqual(view)
  })

  test('resolves `auto`: the resolved spec names the engine, and tasks run on it', async () => {
    const view = await submit({ name: 'auto', resources: { engine: 'auto' } })
    expect(view.resolved.resources.engine).toBe('toy:engine')
    const task = await get(`/v1/tasks/${view.runs[0]!.tasks[0]!.id}`)
    expect(task.json().resources.engine).toBe('toy:engine')
  })

  test('also accepts YAML', async () => {
    const yaml = 'apiVersion: goalpost/v1\nprotocol: toy\nname: from yaml\nseeds: [3]\n'
    const response = await post('/v1/experiments', yaml, { 'content-type': 'application/yaml' })
    expect(response.statusCode, response.body).toBe(201)
    expect(response.json<ExperimentView>().resolved.seeds).toEqual([3])
  })

  test('with an Idempotency-Key, a repetition in any format is answered with the first one', async () => {
    const headers = { 'idempotency-key': 'once' }
    const first = await post('/v1/experiments', { ...spec, name: 'once' }, headers)
    const again = await post('/v1/experiments', { ...spec, name: 'once' }, headers)
    expect([first.statusCode, again.statusCode]).toEqual([201, 200])
    expect(again.json<ExperimentView>().id).toBe(first.json<ExperimentView>().id)
    const other = await post('/v1/experiments', { ...spec, name: 'twice' }, headers)
    expect([other.statusCode, other.json().code]).toEqual([422, 'idempotency-mismatch'])
  })

  test('with one Idempotency-Key, ten concurrent requests make one experiment', async () => {
    const body = { ...spec, name: 'ten at a time' }
    const responses = await Promise.all(
      Array.from({ length: 10 }, () => post('/v1/experiments', body, { 'idempotency-key': 'ten' })),
    )
    expect(new Set(responses.map((response) => response.json<ExperimentView>().id)).size).toBe(1)
    expect(responses.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1)
    expect((await get('/v1/experiments?name=ten%20at')).json().items).toHaveLength(1)
  })
})

describe('polling', () => {
  test('an ETag is valid exactly until something changes', async () => {
    const { id } = await submit()
    const url = `/v1/experiments/${id}`
    const first = await get(url)
    const etag = String(first.headers.etag)
    expect(etag).toMatch(/^"test-\d+\+\w+"$/)
    const unchanged = await get(url, { 'if-none-match': etag })
    expect([unchanged.statusCode, unchanged.body, unchanged.headers.etag]).toEqual([304, '', etag])
    // With a length but no body, some clients would wait for the body.
    expect(unchanged.headers).not.toHaveProperty('content-length')
    expect((await get(url, { 'if-none-match': `"other", W/${etag}` })).statusCode).toBe(304)
    await post(`${url}/cancel`)
    const changed = await get(url, { 'if-none-match': etag })
    expect(changed.statusCode).toBe(200)
    expect(changed.headers.etag).not.toBe(etag)
    expect(changed.json<ExperimentView>().state).toBe('cancelled')
  })

  test('a change based on an older state is refused if it names that state', async () => {
    const { id } = await submit()
    const url = `/v1/experiments/${id}`
    const etag = String((await get(url)).headers.etag)
    await post(`${url}/extend`, { seeds: 1 })
    const stale = await post(`${url}/cancel`, undefined, { 'if-match': etag })
    expect([stale.statusCode, stale.json().code]).toEqual([412, 'stale-version'])
    const fresh = String((await get(url)).headers.etag)
    const both = await Promise.all([1, 2].map(() => post(`${url}/cancel`, undefined, { 'if-match': fresh })))
    expect(both.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 412])
    expect((await post(`${url}/retry`, undefined, { 'if-match': '*' })).statusCode).toBe(200)
  })
})

describe('listing', () => {
  test('pages follow each other without gaps or duplicates, newest first', async () => {
    const names = Array.from({ length: 7 }, (_, index) => `page ${index}`)
    for (const name of names) await submit({ name, seeds: 1 })
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
      const page: { items: { name: string }[]; nextCursor: string | null } = (
        await get(`/v1/experiments?name=page%20&limit=3${after}`)
      ).json()
      expect(page.items.length).toBeLessThanOrEqual(3)
      seen.push(...page.items.map(({ name }) => name))
      cursor = page.nextCursor
    }
    expect(seen).toEqual(names.toReversed())
  })

  test('the list can be filtered by state, protocol and name', async () => {
    const { id } = await submit({ name: 'needle' })
    await post(`/v1/experiments/${id}/cancel`)
    const ids = async (query: string) =>
      (await get(`/v1/experiments?${query}`)).json<{ items: { id: string }[] }>().items.map((item) => item.id)
    expect(await ids('name=NEEDLE')).toEqual([id])
    expect(await ids('name=needle&state=cancelled')).toEqual([id])
    expect(await ids('name=needle&state=succeeded')).toEqual([])
    expect(await ids('name=needle&protocol=toy')).toEqual([id])
    expect(await ids('name=needle&protocol=toy-too')).toEqual([])
  })

  test('the name is literal: % and _ are ordinary characters', async () => {
    await submit({ name: '100 % sure' })
    expect(
      (await get('/v1/experiments?name=%25&limit=200')).json().items.map((item: { name: string }) => item.name),
    ).toEqual(['100 % sure'])
  })
})

describe('extending', () => {
  test('more seeds follow the highest one, and existing seeds do not change', async () => {
    const { id, runs, resolved } = await submit()
    const extended = (await post(`/v1/experiments/${id}/extend`, { seeds: 2 })).json<ExperimentView>()
    expect(extended.resolved.seeds).toEqual([0, 1, 2, 3])
    expect(extended.resolved.conditions).toEqual(resolved.conditions)
    expect(extended.runs).toHaveLength(8)
    expect(extended.runs.map((run) => run.id)).toEqual(expect.arrayContaining(runs.map((run) => run.id)))
  })

  test('a new condition is resolved over the options shared by all conditions', async () => {
    const { id } = await submit()
    const extension = { conditions: [{ name: 'mid', options: { skill: 0.5 } }] }
    const extended = (await post(`/v1/experiments/${id}/extend`, extension)).json<ExperimentView>()
    expect(extended.resolved.conditions.map(({ name }) => name)).toEqual(['low', 'high', 'mid'])
    expect(extended.resolved.conditions[2]?.options).toMatchObject({ skill: 0.5, steps: 10 })
    expect(extended.runs).toHaveLength(6)
  })

  test('concurrent ones all take effect', async () => {
    const { id } = await submit()
    const names = ['a', 'b', 'c', 'd']
    const responses = await Promise.all(
      names.map((name, index) =>
        post(`/v1/experiments/${id}/extend`, { conditions: [{ name, options: { skill: 0.3 + index / 10 } }] }),
      ),
    )
    expect(responses.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200])
    const { resolved } = (await get(`/v1/experiments/${id}`)).json<ExperimentView>()
    expect(resolved.conditions.map(({ name }) => name).toSorted()).toEqual(['a', 'b', 'c', 'd', 'high', 'low'])
  })

  test.each([
    ['nothing', {}, 400, ''],
    ['an unknown field', { sedes: 3 }, 400, '/sedes'],
    ['a name that is taken', { conditions: [{ name: 'low', options: { skill: 0.4 } }] }, 422, '/conditions/0/name'],
    ['existing options', { conditions: [{ name: 'new', options: { skill: 0.2 } }] }, 422, '/conditions/0'],
    [
      'an option that is not',
      { conditions: [{ name: 'new', options: { skil: 0.2 } }] },
      422,
      '/conditions/0/options/skil',
    ],
    ['too many seeds', { seeds: 1_000 }, 422, '/seeds'],
    ['a seed beyond the last', { seeds: { first: 2 ** 32 - 1, count: 2 } }, 422, '/seeds'],
  ])('%s is refused, and nothing changes', async (_what, extension, status, pointer) => {
    const before = await submit()
    const response = await post(`/v1/experiments/${before.id}/extend`, extension)
    expect([response.statusCode, response.json().issues[0].pointer]).toEqual([status, pointer])
    expect((await get(`/v1/experiments/${before.id}`)).json()).toEqual(before)
  })
})

describe('previewing', () => {
  test('counts runs, tasks and work, and stores nothing', async () => {
    const body = { ...spec, name: 'previewed', options: { steps: 77 } }
    const preview = (await post('/v1/experiments/preview', body)).json<PreviewView>()
    expect(preview).toMatchObject({ runs: 4, tasks: { train: 4, evaluate: 4, analyse: 1 }, reused: 0 })
    expect(preview.work).toEqual({ steps: 308, episodes: 40 })
    expect((await get('/v1/experiments?name=previewed')).json().items).toEqual([])
  })

  test('includes the protocol’s warnings, by condition', async () => {
    const conditions = [
      { name: 'ok', options: { skill: 0.1 } },
      { name: 'odd', options: { skill: 0.99 } },
    ]
    const { warnings } = (await post('/v1/experiments/preview', { ...spec, conditions })).json<PreviewView>()
    expect(warnings).toEqual([{ condition: 'odd', message: 'too good to be true' }])
  })

  test('reports that a warning takes too long, and still answers', async () => {
    const preview = (
      await post('/v1/experiments/preview', { ...spec, conditions: undefined, options: { adviceMs: 60_000 } })
    ).json<PreviewView>()
    expect(preview.warnings[0]?.message).toMatch(/took too long/)
    expect(preview.runs).toBe(2)
  })
})
