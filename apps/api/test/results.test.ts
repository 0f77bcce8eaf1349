import type { ExperimentSummary, ExperimentView, LogLine, ResultsView, TaskResult, TaskView } from '@goalpost/contracts'
import type { Claim } from '@goalpost/experiments'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer, spec, startTestService, toyEngines, type TestService } from './harness.ts'
import { completeTask, drain, queuedJobs } from './play-worker.ts'

let service: TestService
let key: string

beforeAll(async () => {
  service = await startTestService()
  key = await service.createKey('default', 'manage')
})
afterAll(() => service.close())

function get(url: string, headers: Record<string, string> = {}) {
  return service.api.inject({ url, headers: { ...bearer(key), ...headers } })
}
function post(url: string, payload: object = {}) {
  return service.api.inject({ method: 'POST', url, headers: bearer(key), payload })
}
async function submit(change: object = {}): Promise<ExperimentView> {
  return (await post('/v1/experiments', { ...spec, fresh: true, ...change })).json()
}
const report = { title: 'Final', summary: 'All is done', parts: [] }

/** One run at a time: scores its seed, and writes two files, of which reports read one. */
async function score(task: TaskView): Promise<TaskResult> {
  if (task.kind === 'analyse') return { measures: [], artifacts: [], report }
  const evidence = await service.artifacts.write(Buffer.from(`evidence of ${task.identity}`))
  const artifacts = [{ name: 'episodes.json', mediaType: 'application/json', evidence: true, ...evidence }]
  return { measures: [{ name: 'score', labels: { on: 'all' }, value: task.seed ?? 0, count: 1 }], artifacts }
}

describe('the report as a page', () => {
  test('is a whole document that runs no scripts, and says what it is about', async () => {
    const { id } = await submit({ seeds: 2 })
    const url = `/v1/experiments/${id}/report.html`
    const empty = await get(url)
    expect(empty.statusCode).toBe(200)
    await drain(service, { id, key, finish: score })
    const { body, headers } = await get(url)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; (?!.*script)/)
    expect(body).toMatch(/^<!doctype html>[^]*All is done[^]*<\/html>\s*$/)
    expect(body).toContain(id)
    // What it was computed with, and what the protocol means.
    expect(body).toContain('Manifest')
    expect(body).toContain('2 seeds each')
  })

  test('is not sent again while nothing has happened', async () => {
    const { id } = await submit()
    const url = `/v1/experiments/${id}/report.html`
    const { etag } = (await get(url)).headers
    expect((await get(url, { 'if-none-match': String(etag) })).statusCode).toBe(304)
    await drain(service, { id, key, finish: score })
    expect((await get(url, { 'if-none-match': String(etag) })).statusCode).toBe(200)
  })

  test('is sent again when trainings have reported more, with the new curves', async () => {
    const { id, runs } = await submit()
    const url = `/v1/experiments/${id}/report.html`
    const { etag } = (await get(url)).headers
    const train = runs[0]?.tasks.find(({ kind }) => kind === 'train')?.id
    const job = (await queuedJobs(service)).find(({ taskId }) => taskId === train)!
    const outcome = await service.store.ledger.claim(job, { id: 'w', leaseMs: 60_000, engines: toyEngines })
    if (!outcome.ok) throw new Error(outcome.reason)
    const curve = [1, 2].map((x) => ({ series: 'gradientNorm', labels: {}, x, value: x }))
    await service.store.ledger.recordSeries(outcome.claim, curve)
    const claimed = (await get(url)).headers.etag
    expect(claimed).not.toBe(etag)
    await service.store.ledger.recordSeries(outcome.claim, [{ ...curve[0]!, x: 3 }])
    await service.store.ledger.recordProgress(outcome.claim, { done: 3, total: 4, unit: 'steps' })
    const later = await get(url, { 'if-none-match': String(claimed) })
    expect([later.statusCode, later.body.includes('gradient norm')]).toEqual([200, true])
    await post(`/v1/experiments/${id}/cancel`)
  })

  test('of an unknown experiment is not found, as a problem that programs read', async () => {
    const { statusCode, headers } = await get('/v1/experiments/01a227ab-3943-7000-8000-000000000000/report.html')
    expect([statusCode, headers['content-type']]).toEqual([404, 'application/problem+json'])
  })
})

describe('results', () => {
  test('before anything is done there are no report and no numbers', async () => {
    const { id } = await submit()
    const results = (await get(`/v1/experiments/${id}/results`)).json<ResultsView>()
    expect(results).toEqual({
      experimentId: id,
      state: 'waiting',
      status: 'partial',
      report: null,
      aggregates: [],
      resultHash: null,
    })
    await post(`/v1/experiments/${id}/cancel`)
  })

  test('are partial while the experiment runs, and final once the analysis has succeeded', async () => {
    const { id } = await submit({ seeds: 3 })
    const url = `/v1/experiments/${id}/results`
    await drain(service, { id, key, finish: score, only: ({ kind }) => kind === 'train' })
    const partial = (await get(url)).json<ResultsView>()
    expect(partial).toMatchObject({
      status: 'partial',
      state: 'running',
      report: { title: 'Report on first' },
      resultHash: null,
    })
    await drain(service, { id, key, finish: score })
    const final = (await get(url)).json<ResultsView>()
    expect(final).toMatchObject({ status: 'final', state: 'succeeded', report })
    expect(final.resultHash).toMatch(/^[0-9a-f]{64}$/)
  })

  test('with fewer steps have a tag of their own', async () => {
    const { id } = await submit()
    await drain(service, { id, key, finish: score })
    const url = `/v1/experiments/${id}/results`
    const [whole, thinned] = [await get(url), await get(`${url}?maxSteps=2`)]
    expect(thinned.json()).toEqual({ ...whole.json(), stride: 1 })
    expect(thinned.headers.etag).not.toBe(whole.headers.etag)
    expect((await get(`${url}?maxSteps=2`, { 'if-none-match': String(thinned.headers.etag) })).statusCode).toBe(304)
    expect((await get(`${url}?maxSteps=1`)).statusCode).toBe(400)
  })

  test('with fewer steps have every nth step and the last, as they were measured', async () => {
    const evaluateAt = [0, 100, 200, 300, 400, 500, 600]
    const { id } = await submit({ seeds: 2, options: { evaluateAt } })
    await drain(service, { id, key, finish: score })
    const url = `/v1/experiments/${id}/results`
    const stepsOf = ({ aggregates }: ResultsView) => aggregates.map(({ condition, task }) => `${condition} ${task}`)
    const whole = (await get(url)).json<ResultsView>()
    expect(stepsOf(whole).filter((name) => name.includes('@'))).toHaveLength(2 * evaluateAt.length)
    const thinned = (await get(`${url}?maxSteps=3`)).json<ResultsView>()
    expect(thinned.stride).toBe(3)
    const left = stepsOf(thinned).filter((name) => name.startsWith('low'))
    expect(left).toEqual(['low train', 'low evaluate', 'low evaluate@0', 'low evaluate@300', 'low evaluate@600'])
    for (const aggregate of thinned.aggregates) expect(whole.aggregates).toContainEqual(aggregate)
    expect((await get(`${url}?maxSteps=7`)).json<ResultsView>()).toEqual({ ...whole, stride: 1 })
  })

  test('average each measure over seeds with a Student-t interval', async () => {
    const { id } = await submit({ seeds: 3 })
    await drain(service, { id, key, finish: score })
    const { aggregates } = (await get(`/v1/experiments/${id}/results`)).json<ResultsView>()
    expect(aggregates.map(({ condition, task }) => `${condition} ${task}`)).toEqual([
      'low train',
      'low evaluate',
      'high train',
      'high evaluate',
    ])
    // Seeds 0, 1, 2: s = 1, t(.975, 2) / √3 = 2.484.
    expect(aggregates[0]).toMatchObject({
      measure: 'score',
      key: 'score',
      labels: { on: 'all' },
      estimate: { value: 1, count: 3, level: 0.95 },
    })
    expect(aggregates[0]?.estimate.high).toBeCloseTo(3.484, 3)
    expect(aggregates[0]?.values).toEqual([0, 1, 2].map((seed) => ({ seed, value: seed })))
  })

  test('carry an ETag for pollers', async () => {
    const { id } = await submit({ seeds: 1 })
    const url = `/v1/experiments/${id}/results`
    const etag = String((await get(url)).headers.etag)
    expect((await get(url, { 'if-none-match': etag })).statusCode).toBe(304)
    await drain(service, { id, key, finish: score })
    expect((await get(url, { 'if-none-match': etag })).statusCode).toBe(200)
  })
})

describe('comparing', () => {
  test('shows conditions of several experiments of one protocol side by side', async () => {
    const [one, two] = [await submit({ seeds: 1 }), await submit({ name: 'second', seeds: 1 })]
    await drain(service, { id: one.id, key, finish: score })
    const arms = [{ experimentId: one.id }, { experimentId: two.id, condition: 'high' }]
    const response = await post('/v1/comparisons', { arms })
    expect(response.statusCode, response.body).toBe(200)
    expect(response.json().arms).toEqual([
      { experimentId: one.id, experiment: 'first', condition: 'low', seeds: 1 },
      { experimentId: one.id, experiment: 'first', condition: 'high', seeds: 1 },
      { experimentId: two.id, experiment: 'second', condition: 'high', seeds: 1 },
    ])
    expect(response.json().report).toMatchObject({ title: 'Comparison', summary: '3 conditions' })
    await post(`/v1/experiments/${two.id}/cancel`)
  })

  test('puts the chosen baseline first, to which protocols compute differences', async () => {
    const [one, two] = [await submit({ seeds: 1 }), await submit({ name: 'second', seeds: 1 })]
    const arms = [{ experimentId: one.id }, { experimentId: two.id, condition: 'high' }]
    const order = async (baseline: object) => {
      const response = await post('/v1/comparisons', { arms, baseline })
      expect(response.statusCode, response.body).toBe(200)
      const { rows } = response.json().report.parts[0]
      const compared = response.json().arms.map(({ condition }: { condition: string }) => condition)
      expect(rows.map(({ cells }: { cells: { text: string }[] }) => cells[0].text)).toEqual(compared)
      return response.json().arms.map((arm: { experiment: string }, at: number) => `${arm.experiment} ${compared[at]}`)
    }
    expect(await order({ experimentId: one.id, condition: 'high' })).toEqual(['first high', 'first low', 'second high'])
    expect(await order({ experimentId: two.id })).toEqual(['second high', 'first low', 'first high'])
    for (const [baseline, pointer] of [
      [{ experimentId: one.id }, '/baseline/condition'],
      [{ experimentId: one.id, condition: 'hihg' }, '/baseline/condition'],
      [{ experimentId: two.id, condition: 'low' }, '/baseline/condition'],
      [{ experimentId: '0197a1de-0000-7000-8000-000000000000' }, '/baseline/experimentId'],
    ] as const) {
      const response = await post('/v1/comparisons', { arms, baseline })
      expect([response.statusCode, response.json().issues?.[0]?.pointer]).toEqual([400, pointer])
    }
    for (const { id } of [one, two]) await post(`/v1/experiments/${id}/cancel`)
  })

  test('a condition that is named alone and with all of its experiment counts once, where it is named first', async () => {
    const { id } = await submit({ seeds: 1 })
    const conditions = async (...arms: object[]) => {
      const response = await post('/v1/comparisons', { arms })
      expect(response.json().report.parts[0].rows).toHaveLength(response.json().arms.length)
      return response.json().arms.map(({ condition }: { condition: string }) => condition)
    }
    const [all, high] = [{ experimentId: id }, { experimentId: id, condition: 'high' }]
    expect(await conditions(all, high)).toEqual(['low', 'high'])
    expect(await conditions(high, all, high)).toEqual(['high', 'low'])
    await post(`/v1/experiments/${id}/cancel`)
  })

  test.each([
    [
      'another protocol',
      async () => [{ experimentId: (await submit()).id }, { experimentId: (await submit({ protocol: 'toy-too' })).id }],
      400,
      '/arms/1/experimentId',
    ],
    [
      'an unknown condition',
      async () => [{ experimentId: (await submit()).id, condition: 'hihg' }],
      400,
      '/arms/0/condition',
    ],
    ['no arms', async () => [], 400, '/arms'],
    ['an unknown experiment', async () => [{ experimentId: '0197a1de-0000-7000-8000-000000000000' }], 404, undefined],
  ] as const)('%s is refused', async (_what, arms, status, pointer) => {
    const response = await post('/v1/comparisons', { arms: await arms() })
    expect([response.statusCode, response.json().issues?.[0]?.pointer]).toEqual([status, pointer])
  })
})

describe('tasks', () => {
  let task: TaskView
  let claim: Claim
  let experiment: ExperimentView

  beforeAll(async () => {
    for (const { id, state } of (await get('/v1/experiments?limit=200')).json().items)
      if (state !== 'succeeded') await post(`/v1/experiments/${id}/cancel`)
    experiment = await submit({ seeds: 1, conditions: undefined })
    const id = experiment.runs[0]?.tasks.find(({ kind }) => kind === 'train')?.id ?? ''
    const job = (await queuedJobs(service)).find(({ taskId }) => taskId === id)
    const outcome = await service.store.ledger.claim(job ?? { taskId: id, epoch: 0 }, {
      id: 'worker-1',
      leaseMs: 60_000,
      engines: toyEngines,
    })
    if (!outcome.ok) throw new Error(outcome.reason)
    claim = outcome.claim
    task = (await get(`/v1/tasks/${id}`)).json()
  })

  test('show the workers that run them', async () => {
    expect(task).toMatchObject({ state: 'running', kind: 'train', protocol: 'toy', seed: 0, attempts: 1, result: null })
    expect(task.attemptHistory).toMatchObject([{ worker: 'worker-1', outcome: 'running', endedAt: null }])
  })

  test('have logs in pages, oldest first', async () => {
    const at = new Date().toISOString()
    const lines = Array.from({ length: 5 }, (_, index) => ({ at, level: 'info' as const, message: `line ${index}` }))
    await service.store.ledger.recordLogs(claim, lines)
    const first = (await get(`/v1/tasks/${task.id}/logs?limit=3`)).json()
    const second = (await get(`/v1/tasks/${task.id}/logs?limit=3&cursor=${first.nextCursor}`)).json()
    const messages = [...first.items, ...second.items].map((line: { message: string }) => line.message)
    expect([messages, second.nextCursor]).toEqual([lines.map(({ message }) => message), null])
  })

  test('have logs that can be searched by level and text, also those of the whole experiment', async () => {
    const at = new Date().toISOString()
    await service.store.ledger.recordLogs(claim, [
      { at, level: 'debug', message: 'Searched one' },
      { at, level: 'warn', message: 'searched 100 %' },
      { at, level: 'error', message: 'Searched 100_' },
    ])
    for (const path of [`/v1/tasks/${task.id}`, `/v1/experiments/${experiment.id}`]) {
      const found = async (query: string) =>
        (await get(`${path}/logs?${query}`)).json().items.map(({ level, message }: LogLine) => `${level}: ${message}`)
      expect(await found('search=SEARCHED')).toEqual([
        'debug: Searched one',
        'warn: searched 100 %',
        'error: Searched 100_',
      ])
      expect(await found('search=100%25')).toEqual([])
      expect(await found('search=100_')).toEqual(['error: Searched 100_'])
      expect(await found('level=warn')).toEqual(['warn: searched 100 %', 'error: Searched 100_'])
      expect(await found('level=error&search=one')).toEqual([])
      const first = (await get(`${path}/logs?level=warn&limit=1`)).json()
      const second = (await get(`${path}/logs?level=warn&limit=1&cursor=${first.nextCursor}`)).json()
      expect([first.items[0].level, second.items[0].level, second.nextCursor]).toEqual(['warn', 'error', null])
      expect((await get(`${path}/logs?level=loud`)).statusCode).toBe(400)
    }
  })

  test('have series that are thinned on request, keeping the last point', async () => {
    const points = Array.from({ length: 1_000 }, (_, x) => ({ series: 'loss', labels: {}, x, value: 1 / (x + 1) }))
    await service.store.ledger.recordSeries(claim, [...points, { series: 'other', labels: {}, x: 0, value: 1 }])
    const thin = (await get(`/v1/tasks/${task.id}/series?names=loss&maxPoints=50`)).json()
    expect(thin.series.map(({ name }: { name: string }) => name)).toEqual(['loss'])
    expect(thin.series[0].points.length).toBeLessThanOrEqual(50)
    expect(thin.series[0].points.at(-1)).toEqual({ x: 999, value: 0.001 })
    expect((await get(`/v1/tasks/${task.id}/series`)).json().series).toHaveLength(2)
  })

  test('have checkpoints whose files can be downloaded, unchanged, as attachments', async () => {
    const bytes = Buffer.from([0, 1, 2, 255])
    const { hash } = await service.artifacts.write(bytes)
    const part = { name: 'params/"x".bin', hash, bytes: 4, mediaType: 'application/octet-stream', evidence: false }
    await service.store.ledger.recordCheckpoint(claim, { step: 10, parts: [part] })
    for (const url of [`/v1/tasks/${task.id}/checkpoints`, `/v1/checkpoints?taskId=${task.id}`]) {
      expect((await get(url)).json().items).toMatchObject([{ taskId: task.id, step: 10, parts: [part] }])
    }
    const download = await get(`/v1/artifacts/${hash}`)
    expect([download.statusCode, download.rawPayload]).toEqual([200, bytes])
    expect(download.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': '4',
      'content-disposition': 'attachment; filename="params_x_.bin"',
      'x-content-type-options': 'nosniff',
    })
    const again = await get(`/v1/artifacts/${hash}`, { 'if-none-match': `"${hash}"` })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  })

  test('with a lost file give a server error, without a partial download', async () => {
    const hash = 'ab'.repeat(32)
    const part = { name: 'lost', hash, bytes: 4, mediaType: 'application/octet-stream', evidence: false }
    await service.store.ledger.recordCheckpoint(claim, { step: 20, parts: [part] })
    const response = await get(`/v1/artifacts/${hash}`)
    expect([response.statusCode, response.json().code]).toEqual([500, 'artifact-missing'])
  })

  test('show the worker that completed them once they have succeeded', async () => {
    await completeTask(service, claim, await score(task))
    const done = (await get(`/v1/tasks/${task.id}`)).json<TaskView>()
    expect(done).toMatchObject({ state: 'succeeded', attemptHistory: [{ outcome: 'succeeded' }] })
  })
})

test('the list has the time left of running experiments, as their views have, and of no paused ones', async () => {
  // One that has ended, for the pace of evaluations.
  const before = await submit({ name: 'before', fresh: true })
  await drain(service, { id: before.id, key, finish: score })
  const { id, runs } = await submit({ name: 'timed', fresh: true, seeds: 1 })
  const waits = await submit({ name: 'timed later', fresh: true })
  const trainings = runs.flatMap(({ tasks }) => tasks.filter(({ kind }) => kind === 'train').map((task) => task.id))
  const jobs = (await queuedJobs(service)).filter(({ taskId }) => trainings.includes(taskId))
  for (const job of jobs) {
    const outcome = await service.store.ledger.claim(job, { id: 'w', leaseMs: 60_000, engines: toyEngines })
    if (!outcome.ok) throw new Error(outcome.reason)
    await service.store.ledger.recordProgress(outcome.claim, { done: 5, total: 10, unit: 'steps', perSecond: 0.1 })
  }
  const items = (await get('/v1/experiments?name=timed')).json<{ items: ExperimentSummary[] }>().items
  const { secondsLeft } = (await get(`/v1/experiments/${id}`)).json<ExperimentView>()
  expect(jobs).toHaveLength(2)
  expect(secondsLeft).toBeGreaterThanOrEqual(50)
  expect(items.find((item) => item.id === id)?.secondsLeft).toBeCloseTo(secondsLeft ?? 0, 6)
  expect(items.find((item) => item.id === waits.id)).not.toHaveProperty('secondsLeft')
  await post(`/v1/experiments/${id}/pause`)
  const paused = (await get('/v1/experiments?name=timed')).json<{ items: ExperimentSummary[] }>().items
  expect(paused.find((item) => item.id === id)).not.toHaveProperty('secondsLeft')
  expect((await get(`/v1/experiments/${id}`)).json<ExperimentView>().secondsLeft).toBeNull()
  for (const each of [id, waits.id]) await post(`/v1/experiments/${each}/cancel`)
})
