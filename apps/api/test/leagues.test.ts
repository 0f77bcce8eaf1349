import {
  analysisKind,
  type ExperimentView,
  type LeagueView,
  type RecommendationView,
  type ResultsView,
  type TaskResult,
  type TaskView,
} from '@goalpost/contracts'
import { planRound } from '@goalpost/submission'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer, spec, startTestService, type TestService } from './harness.ts'
import { drain } from './play-worker.ts'
import { engineFor, protocols } from './toy-protocol.ts'

const { conditions: _, ...common } = spec
const search = { over: 'skill', between: [0, 1], scale: 'linear', width: 0.1 }
/** One hidden unit learns less than two. */
const methods = [
  { name: 'one', options: { net: { hidden: [1] } } },
  { name: 'two', options: { net: { hidden: [2] } } },
]

let service: TestService
let key: string
let searched: ExperimentView

beforeAll(async () => {
  service = await startTestService()
  key = await service.createKey('default', 'manage')
  searched = (await post('/v1/experiments', { ...common, seeds: 5, search, conditions: methods })).json()
  await drain(service, { id: searched.id, key, finish: score })
})
afterAll(() => service.close())

const get = (url: string) => service.api.inject({ url, headers: bearer(key) })
const post = (url: string, payload: object) =>
  service.api.inject({ method: 'POST', url, headers: bearer(key), payload })

/** Plays the control loop and the workers to the end of the search. */
async function finishSearch(): Promise<void> {
  const { searches, experiments } = service.store
  const planner = { protocols, engineFor, saltHash: null }
  for (;;) {
    await drain(service, { id: searched.id, key, finish: score })
    const due = (await searches.due(10, [])).find(({ id }) => id === searched.id)
    if (due === undefined) return
    const evidence = await experiments.evidence(due.workspaceId, due.id)
    const next = planRound(due, { ...evidence!, artifacts: new Map() }, planner)
    expect(await searches.advance(due, next!)).toEqual({ ok: true })
  }
}

async function score({ kind, inputs, seed }: TaskView): Promise<TaskResult> {
  if (kind === analysisKind) return { measures: [], artifacts: [], report: { title: '', summary: '', parts: [] } }
  const { skill, net } = inputs as { skill: number; net?: { hidden: number[] } }
  const value = skill * (net?.hidden[0] === 1 ? 0.6 : 1) + (seed ?? 0) / 1000
  return { measures: [{ name: 'score', labels: {}, value }], artifacts: [] }
}

describe('a search', () => {
  test('is submitted as its first round, previewed with it, and goes on when that has ended', async () => {
    expect(searched).toMatchObject({ searching: true, conditions: 6, secondsLeft: null })
    expect(searched.resolved.search).toMatchObject({ arms: ['one', 'two'], ended: false })
    expect((await get(`/v1/experiments/${searched.id}`)).json()).toMatchObject({ state: 'running', searching: true })
    const preview = await post('/v1/experiments/preview', { ...common, seeds: 5, search, conditions: methods })
    expect(preview.json()).toMatchObject({ runs: 30, reused: expect.any(Number) as number })
  })

  test('has its thresholds so far in its partial results', async () => {
    const { status, report } = (await get(`/v1/experiments/${searched.id}/results`)).json<ResultsView>()
    expect(status).toBe('partial')
    expect(report?.parts[0]).toMatchObject({ type: 'table', title: 'Threshold of skill: where score is 0.5' })
  })

  test('is not extended', async () => {
    const answer = await post(`/v1/experiments/${searched.id}/extend`, { seeds: 1 })
    expect([answer.statusCode, answer.json().detail]).toEqual([409, expect.stringContaining('submit the spec again')])
  })

  test('that is faulty is refused at its place', async () => {
    const answer = await post('/v1/experiments', { ...common, search: { ...search, measure: 'scor' } })
    expect([answer.statusCode, answer.json().issues]).toMatchObject([422, [{ pointer: '/search/measure' }]])
  })

  test('says that its next round is due, while it is', async () => {
    const { notices } = (await get(`/v1/experiments/${searched.id}`)).json<ExperimentView>()
    expect(notices).toEqual([expect.stringContaining('next round of the search is due')])
  })

  test('is not put into a league before it has ended', async () => {
    const answer = await post('/v1/leagues', { experiments: [searched.id] })
    expect([answer.statusCode, answer.json().detail]).toEqual([400, expect.stringContaining('has not ended')])
  })

  test('needs a measure, which the protocol lists', async () => {
    expect((await get('/v1/protocols/toy')).json().search.measures).toMatchObject([{ name: 'score', line: 0.5 }])
  })
})

describe('a league', () => {
  beforeAll(finishSearch)

  test('has the methods of its searches at the values that they share', async () => {
    const league = (await post('/v1/leagues', { experiments: [searched.id] })).json<LeagueView>()
    expect(league.experiments).toEqual([{ id: searched.id, name: 'first' }])
    expect(league.report.parts.map(({ title }) => title)).toContain('All experiments at skill = 0.5')
    const scores = league.rows.filter(({ measure, value }) => measure === 'score' && value === 1)
    expect(scores).toHaveLength(10)
  })

  test('recommends the better method for a condition of another experiment', async () => {
    const own = { ...common, name: 'other', options: { net: { hidden: [1] }, skill: 0.9 } }
    const { id } = (await post('/v1/experiments', own)).json<ExperimentView>()
    const wanted = { experimentId: id, condition: 'default', league: [searched.id] }
    const found = (await post('/v1/recommendations', wanted)).json<RecommendationView>()
    expect(found).toMatchObject({ condition: 'default', method: 'two' })
    const unnamed = await post('/v1/recommendations', { experimentId: id, league: [searched.id] })
    expect([unnamed.statusCode, unnamed.json().issues]).toMatchObject([400, [{ pointer: '/condition' }]])
  })

  test('of something else than searches is refused', async () => {
    const { id } = (await post('/v1/experiments', { ...spec, name: 'plain' })).json<ExperimentView>()
    const answer = await post('/v1/leagues', { experiments: [id] })
    expect([answer.statusCode, answer.json().detail]).toEqual([400, expect.stringContaining('is not a search')])
  })

  test('of an experiment twice needs it once, of two with one name neither', async () => {
    expect((await post('/v1/leagues', { experiments: [searched.id, searched.id] })).statusCode).toBe(200)
    const again = await post('/v1/experiments', { ...common, seeds: 6, search, conditions: methods })
    const answer = await post('/v1/leagues', { experiments: [searched.id, again.json<ExperimentView>().id] })
    expect([answer.statusCode, answer.json().issues]).toMatchObject([
      400,
      [{ message: 'several of the experiments have the name `first`', remedy: expect.stringContaining('the latest') }],
    ])
  })

  test('of several protocols is refused with their names', async () => {
    const other = await post('/v1/experiments', { ...spec, name: 'other kind', protocol: 'toy-too' })
    const answer = await post('/v1/leagues', { experiments: [searched.id, other.json<ExperimentView>().id] })
    expect(answer.json().issues).toMatchObject([{ message: 'the experiments use different protocols: toy, toy-too' }])
  })

  test('is refused before the files of its experiments are read', async () => {
    const plain = (await post('/v1/experiments', { ...common, name: 'lost files', seeds: 2 })).json<ExperimentView>()
    const artifacts = [{ name: 'lost', hash: 'f'.repeat(64), bytes: 1, mediaType: 'text/plain', evidence: true }]
    await drain(service, { id: plain.id, key, finish: async () => ({ measures: [], artifacts }) })
    const answer = await post('/v1/leagues', { experiments: [plain.id] })
    expect([answer.statusCode, answer.json().issues]).toMatchObject([
      400,
      [{ message: '`lost files` is not a search', remedy: expect.stringContaining('Name searches') }],
    ])
  })
})
