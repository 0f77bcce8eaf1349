import { createHash } from 'node:crypto'
import type { ExperimentView, JsonObject, Problem, ToolAnswer } from '@goalpost/contracts'
import { createLogger } from '@goalpost/telemetry'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Api } from '../src/server/route-schemas.ts'
import { bearer, spec, startTestService, type TestService } from './harness.ts'

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

describe('the operator’s salt', () => {
  const salt = 'a salt that nobody but the operator of the service knows'
  const other = 'a salt of another service, which is as long as it has to be'
  let service: TestService
  let api: Api
  let writer: string
  let admin: string
  let logged = ''
  beforeAll(async () => {
    service = await startTestService()
    const destination = { write: (line: string) => void (logged += line) }
    api = await service.buildAnother(
      {},
      { salt, logger: createLogger({ service: 'api', level: 'debug', destination }) },
    )
    writer = await service.createKey('lab', 'manage')
    admin = await service.createKey('lab', 'admin')
    // On a busy machine a compute thread may take longer to start than a tool may take.
    await vi.waitFor(async () => expect((await whisper()).statusCode).toBe(200), { timeout: 30_000, interval: 50 })
  })
  afterAll(async () => {
    await api.close()
    await service.close()
  })

  const post = (url: string, payload: JsonObject, { at = api, as = admin } = {}) =>
    at.inject({ method: 'POST', url, headers: bearer(as), payload })
  const whisper = (given: JsonObject = {}, as = admin, tool = 'whisper') =>
    post(`/v1/protocols/toy/tools/words/${tool}`, { text: 'x', ...given }, { as })
  const submit = async (options: JsonObject, at = api) =>
    post('/v1/experiments', { ...spec, options: { ...spec.options, ...options } }, { at })

  it('is given to tools for operators, which require a key with the scope admin', async () => {
    expect((await whisper()).json<ToolAnswer>().data).toEqual({ said: `${salt.length} characters` })
    const refused = await whisper({}, writer)
    expect(refused.statusCode).toBe(403)
    expect(refused.json<Problem>()).toMatchObject({
      code: 'insufficient-scope',
      detail: expect.stringContaining('admin'),
    })
    expect((await whisper({}, writer, 'echo')).statusCode).toBe(200)
  })

  it('lets specs that depend on it share tasks only if it is unchanged', async () => {
    const identities = async (at: Api) => {
      const answer = (await submit({ salted: true }, at)).json<ExperimentView>()
      return { answer, tasks: answer.runs.flatMap(({ tasks }) => tasks.map(({ id }) => id)) }
    }
    const [twin, changed] = [await service.buildAnother({}, { salt }), await service.buildAnother({}, { salt: other })]
    const first = await identities(api)
    expect(first.answer.resolved.conditions[0]?.options).toMatchObject({ saltHash: hashOf(salt) })
    expect((await identities(twin)).tasks).toEqual(first.tasks)
    const elsewhere = await identities(changed)
    expect(elsewhere.answer.resolved.conditions[0]?.options).toMatchObject({ saltHash: hashOf(other) })
    expect(elsewhere.tasks.filter((id) => first.tasks.includes(id))).toEqual([])
    await twin.close()
    await changed.close()
  })

  it('is requested if the service has none, with the place in the spec', async () => {
    const answer = await submit({ salted: true }, service.api)
    expect(answer.statusCode).toBe(422)
    expect(answer.json<Problem>().issues).toMatchObject([{ pointer: '/options/salted' }])
  })

  it('applies to conditions that are added later', async () => {
    const { id } = (await submit({})).json<ExperimentView>()
    const conditions = [{ name: 'salted', options: { salted: true } }]
    const extended = (await post(`/v1/experiments/${id}/extend`, { conditions })).json<ExperimentView>()
    expect(extended.resolved.conditions.at(-1)?.options).toMatchObject({ saltHash: hashOf(salt) })
  })

  it('is in no answer and no log line, with any error', async () => {
    const { id } = (await submit({ salted: true })).json<ExperimentView>()
    const answers = [
      await whisper(),
      await whisper({ fail: true }),
      await whisper({ busyMs: 60_000 }),
      await whisper({}, writer),
      await submit({ salted: 'maybe' }),
      await post('/v1/experiments/preview', { ...spec, options: { salted: true } }),
      ...(await Promise.all(
        [
          `/v1/experiments/${id}`,
          `/v1/experiments/${id}/results`,
          '/v1/experiments',
          '/v1/protocols',
          '/v1/workers',
          '/openapi.json',
          '/metrics',
          '/version',
          '/healthz',
        ].map((url) => api.inject({ url, headers: bearer(admin) })),
      )),
    ]
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(expect.arrayContaining([200, 403, 422, 500, 503]))
    expect(logged).toContain('It broke in the middle of the work')
    for (const text of [logged, ...answers.flatMap(({ body, headers }) => [body, JSON.stringify(headers)])])
      expect(text).not.toContain(salt)
  })
})
