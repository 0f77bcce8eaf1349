import { gzipSync } from 'node:zlib'
import {
  verdictSummary,
  type ExperimentView,
  type Report,
  type ReportPart,
  type TaskResult,
  type TaskView,
  type TrendView,
  type VerdictPart,
} from '@goalpost/contracts'
import { createClient } from '@goalpost/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer, spec, startTestService, type TestService } from './harness.ts'
import { drain } from './play-worker.ts'

let service: TestService
let key: string
let strangersKey: string
let baseUrl: string

beforeAll(async () => {
  service = await startTestService()
  key = await service.createKey('default', 'manage')
  strangersKey = await service.createKey('elsewhere', 'manage')
  baseUrl = await service.api.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => service.close())

function get(url: string, headers: Record<string, string> = {}) {
  return service.api.inject({ url, headers: { ...bearer(key), ...headers } })
}

function card(condition: string, verdict: string): VerdictPart {
  return {
    type: 'verdict',
    title: condition,
    condition,
    verdict,
    tone: 'good',
    provisional: true,
    goal: 'end',
    sentence: `${condition} is ${verdict}`,
    reason: 'So it is.',
    tally: { [verdict]: 2 },
    thresholds: {},
    numbers: [{ key: 'speed', name: 'speed, on average', estimate: { value: 1 } }],
  }
}

/** Large enough to be compressed. */
const text: ReportPart = { type: 'text', title: 'Words', paragraphs: ['word '.repeat(1_000)] }

/** A finished experiment with these verdicts in its report. */
async function analysed(verdicts: readonly VerdictPart[], change: object = {}): Promise<ExperimentView> {
  const payload = { ...spec, fresh: true, ...change }
  const { id } = (
    await service.api.inject({ method: 'POST', url: '/v1/experiments', headers: bearer(key), payload })
  ).json<ExperimentView>()
  await finish(id, verdicts)
  return (await get(`/v1/experiments/${id}`)).json()
}

async function finish(id: string, verdicts: readonly VerdictPart[]): Promise<void> {
  const report: Report = { title: 'Final', summary: 'Done', parts: [...verdicts, text] }
  await drain(service, {
    id,
    key,
    finish: async ({ kind, seed }: TaskView): Promise<TaskResult> => ({
      measures: kind === 'analyse' ? [] : [{ name: 'score', labels: {}, value: seed ?? 0, count: 1 }],
      artifacts: [],
      ...(kind === 'analyse' ? { report } : {}),
    }),
  })
}

const fine = [card('low', 'fine'), card('high', 'poor')]

describe('an experiment', () => {
  test('has its verdicts with their numbers, and a list has them without numbers', async () => {
    const { id, verdicts } = await analysed(fine)
    expect(verdicts).toEqual([
      {
        condition: 'low',
        title: 'low',
        name: 'fine',
        tone: 'good',
        sentence: 'low is fine',
        goal: 'end',
        provisional: true,
        agreeing: 2,
        total: 2,
        numbers: [{ key: 'speed', label: 'speed, on average', estimate: { value: 1 } }],
      },
      expect.objectContaining({ condition: 'high', name: 'poor' }),
    ])
    const { items } = (await get('/v1/experiments')).json()
    expect(items.find((item: ExperimentView) => item.id === id).verdicts).toEqual(
      verdicts.map((verdict) => verdictSummary.strip().parse(verdict)),
    )
  })

  test('has its verdicts in the stream of its events, with the old and the new name if they change', async () => {
    const { id } = await analysed(fine, { seeds: 1 })
    const url = `/v1/experiments/${id}/extend`
    await service.api.inject({ method: 'POST', url, headers: bearer(key), payload: { seeds: 1 } })
    await finish(id, [card('low', 'fine'), card('high', 'fine')])
    const { body } = await get(`/v1/experiments/${id}/events`)
    const changes = body
      .split('\n')
      .filter((line) => line.startsWith('data: ') && line.includes('"verdict.changed"'))
      .map((line) => JSON.parse(line.slice('data: '.length)).data)
    expect(changes).toEqual([
      { condition: 'low', title: 'low', name: 'fine', previous: null },
      { condition: 'high', title: 'high', name: 'poor', previous: null },
      { condition: 'high', title: 'high', name: 'fine', previous: 'poor' },
    ])
  })
})

describe('the list of experiments', () => {
  test('can be filtered by verdict', async () => {
    const { id } = await analysed([card('low', 'seldom found')])
    await analysed(fine)
    const { items } = (await get('/v1/experiments?verdict=seldom%20found')).json()
    expect(items.map((item: ExperimentView) => item.id)).toEqual([id])
    expect((await get('/v1/experiments?verdict=never%20heard%20of')).json().items).toEqual([])
    const tooLong = await get(`/v1/experiments?verdict=${'x'.repeat(65)}`)
    expect([tooLong.statusCode, tooLong.json().issues[0].pointer]).toEqual([400, '/query/verdict'])
  })

  test('shows no verdicts of another workspace under any name', async () => {
    const { id } = await analysed([card('low', 'private')])
    const headers = bearer(strangersKey)
    for (const url of ['/v1/experiments?verdict=private', '/v1/experiments']) {
      expect((await service.api.inject({ url, headers })).json().items).toEqual([])
    }
    for (const rest of ['', '/results?parts=verdict', '/events']) {
      const response = await service.api.inject({ url: `/v1/experiments/${id}${rest}`, headers })
      expect(response.statusCode).toBe(404)
      expect(response.body).not.toContain('private')
    }
  })
})

describe('the trend of a name', () => {
  const trend = async (query: string) => (await get(`/v1/trend?${query}`)).json<TrendView>()

  test('has a line for each verdict, over the newest experiments of exactly that name', async () => {
    const name = 'every night'
    const ids = []
    for (const found of ['poor', 'fine', 'fine']) ids.push((await analysed([card('low', found)], { name })).id)
    await analysed([card('low', 'other')], { name: `${name} too` })
    const { lines, ...view } = await trend('name=every%20night')
    expect(view).toMatchObject({ name, leftOut: false, experiments: ids.map((id) => ({ id })) })
    expect(lines.map(({ title }) => title)).toEqual(['low'])
    expect(lines[0]?.points.map((point) => [point.experimentId, point.name])).toEqual([
      [ids[0], 'poor'],
      [ids[1], 'fine'],
      [ids[2], 'fine'],
    ])
    expect(lines[0]?.points[0]?.numbers).toEqual([{ key: 'speed', label: 'speed, on average', estimate: { value: 1 } }])
    const newest = await trend('name=every%20night&limit=2')
    expect([newest.leftOut, newest.experiments.map(({ id }) => id)]).toEqual([true, ids.slice(1)])
  })

  test('leaves out archived experiments, verifications, and those without verdicts', async () => {
    const name = 'seldom'
    const archived = await analysed(fine, { name })
    await analysed(fine, { name, labels: { 'goalpost/verifies': archived.id } })
    const shown = await analysed(fine, { name })
    await service.api.inject({
      method: 'POST',
      url: '/v1/experiments',
      headers: bearer(key),
      payload: { ...spec, name },
    })
    await service.api.inject({ method: 'POST', url: `/v1/experiments/${archived.id}/archive`, headers: bearer(key) })
    expect((await trend('name=seldom')).experiments.map(({ id }) => id)).toEqual([shown.id])
  })
})

describe('results', () => {
  test('can be requested with only some types of parts', async () => {
    const { id } = await analysed(fine)
    const url = `/v1/experiments/${id}/results`
    const typesAt = async (query: string) =>
      (await get(`${url}${query}`)).json().report.parts.map(({ type }: { type: string }) => type)
    expect(await typesAt('')).toEqual(['verdict', 'verdict', 'text'])
    expect(await typesAt('?parts=verdict')).toEqual(['verdict', 'verdict'])
    expect(await typesAt('?parts=text,verdict')).toEqual(['verdict', 'verdict', 'text'])
    expect(await typesAt('?parts=table')).toEqual([])
    expect((await get(url)).json().aggregates).not.toEqual([])
    expect((await get(`${url}?parts=verdict`)).json().aggregates).toEqual([])
  })

  test.each([
    ['verdict,tabel', 'tabel', 'Did you mean `table`?'],
    ['', 'no type', 'Known: '],
  ])('refuse the parts `%s` and name the field', async (parts, message, remedy) => {
    const { id } = await analysed(fine)
    const response = await get(`/v1/experiments/${id}/results?parts=${parts}`)
    expect(response.statusCode).toBe(422)
    const [issue] = response.json().issues
    expect(issue).toMatchObject({ pointer: '/query/parts' })
    expect([issue.message, issue.remedy]).toEqual([expect.stringContaining(message), expect.stringContaining(remedy)])
  })

  test('have their own tag for each choice of parts in any order, and 304 only for that tag', async () => {
    const { id } = await analysed(fine)
    const url = `/v1/experiments/${id}/results`
    const tagOf = async (query: string) => String((await get(`${url}${query}`)).headers.etag)
    const tags = [await tagOf(''), await tagOf('?parts=verdict'), await tagOf('?parts=text,verdict')]
    expect(new Set(tags).size).toBe(3)
    expect(await tagOf('?parts=verdict,text')).toBe(tags[2])
    const statusWith = async (query: string, tag = '') =>
      (await get(`${url}${query}`, { 'if-none-match': tag })).statusCode
    expect(await statusWith('?parts=verdict', tags[1])).toBe(304)
    expect(await statusWith('?parts=verdict', tags[0])).toBe(200)
    expect(await statusWith('', tags[1])).toBe(200)
  })

  test('with different parts are never mistaken for each other by a polling client', async () => {
    const { id } = await analysed(fine)
    const client = createClient({ baseUrl, apiKey: key })
    const countParts = async (parts?: string) =>
      (await client.results(id, parts === undefined ? {} : { parts })).report?.parts.length
    expect([await countParts(), await countParts('verdict'), await countParts(), await countParts('text')]).toEqual([
      3, 2, 3, 1,
    ])
  })
})

describe('compression', () => {
  test.each(['gzip', 'br'])('%s is supported, with a weak tag that still gives 304', async (encoding) => {
    const { id } = await analysed(fine)
    const url = `/v1/experiments/${id}/results`
    const [plain, packed] = [await get(url), await get(url, { 'accept-encoding': encoding })]
    expect(packed.headers).toMatchObject({
      'content-encoding': encoding,
      vary: expect.stringMatching(/accept-encoding/i),
    })
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2)
    expect(packed.headers.etag).toBe(`W/${plain.headers.etag}`)
    const again = { 'accept-encoding': encoding, 'if-none-match': String(packed.headers.etag) }
    const unchanged = await get(url, again)
    expect([unchanged.statusCode, unchanged.headers.etag]).toEqual([304, packed.headers.etag])
    const answered = await fetch(`${baseUrl}${url}`, { headers: { ...bearer(key), 'accept-encoding': encoding } })
    expect(await answered.json()).toEqual(plain.json())
  })

  test('does not change event streams and downloads', async () => {
    const { id } = await analysed(fine)
    const accepting = { 'accept-encoding': 'gzip, br' }
    expect((await get(`/v1/experiments/${id}/events`, accepting)).headers['content-encoding']).toBeUndefined()
    const payload = Buffer.from('{}'.padEnd(5_000))
    const headers = { ...bearer(key), 'content-type': 'application/octet-stream' }
    const file = await service.api.inject({ method: 'POST', url: '/v1/artifacts', headers, payload })
    const download = await get(`/v1/artifacts/${file.json().hash}`, accepting)
    expect([download.headers['content-encoding'], download.rawPayload.length]).toEqual([undefined, 5_000])
  })

  test('of bodies is refused: a small one could unpack to any size', async () => {
    const headers = { ...bearer(key), 'content-type': 'application/json', 'content-encoding': 'gzip' }
    const payload = gzipSync(JSON.stringify({ ...spec, name: 'packed' }))
    const response = await service.api.inject({ method: 'POST', url: '/v1/experiments', headers, payload })
    expect(response.statusCode).toBe(400)
  })
})

describe('the root', () => {
  test.each(['application/json', '*/*', 'text/html;q=0', ''])('answers %j with problem details', async (accept) => {
    const response = await service.api.inject({ url: '/', headers: { accept } })
    expect(response.json()).toMatchObject({
      status: 404,
      title: 'Not found',
      detail: 'Not found: /. See /docs',
    })
  })
})
