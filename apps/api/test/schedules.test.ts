import { scheduleView, type ScheduleSpecInput } from '@goalpost/contracts'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { bearer, spec, startTestService, type TestService } from './harness.ts'

let service: TestService
let write: string
let read: string

beforeAll(async () => {
  service = await startTestService()
  write = await service.createKey('main', 'manage')
  read = await service.createKey('main', 'read')
})
afterAll(() => service.close())

const nightly: ScheduleSpecInput = {
  apiVersion: 'goalpost/v1',
  name: 'nightly',
  cron: '30 2 * * *',
  timezone: 'Europe/Berlin',
  action: { type: 'experiment', spec: { ...spec, seeds: 2, conditions: [...spec.conditions] } },
}

async function send(method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, payload?: object | string, key = write) {
  const type = typeof payload === 'string' ? 'application/yaml' : 'application/json'
  const headers = { ...bearer(key), ...(payload === undefined ? {} : { 'content-type': type }) }
  const response = await service.api.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
  return { status: response.statusCode, body: response.body === '' ? null : response.json(), headers: response.headers }
}

describe('a schedule', () => {
  it('is created, replaced, shown, listed and deleted by its name', async () => {
    const created = await send('PUT', '/v1/schedules/nightly', nightly)
    expect(created.status).toBe(201)
    const view = scheduleView.parse(created.body)
    expect(view).toMatchObject({ name: 'nightly', paused: false, action: { type: 'experiment', name: 'first' } })
    expect(view.upcoming).toHaveLength(10)
    expect(view.next?.local).toMatch(/T02:30:00\+0[12]:00$/)
    const replaced = await send('PUT', '/v1/schedules/nightly', { ...nightly, cron: '@hourly' })
    expect(replaced).toMatchObject({ status: 200, body: { id: view.id, cron: '@hourly' } })
    expect((await send('GET', '/v1/schedules/nightly')).body).toEqual(replaced.body)
    expect((await send('GET', '/v1/schedules')).body.items).toMatchObject([{ name: 'nightly' }])
    expect(await send('DELETE', '/v1/schedules/nightly')).toMatchObject({ status: 204, body: null })
    expect((await send('GET', '/v1/schedules/nightly')).status).toBe(404)
    expect((await send('DELETE', '/v1/schedules/nightly')).status).toBe(404)
  })

  it('is paused and resumed, and can be started by hand meanwhile', async () => {
    await send('PUT', '/v1/schedules/nightly', nightly)
    expect((await send('POST', '/v1/schedules/nightly/pause')).body).toMatchObject({ paused: true, next: null })
    const run = await send('POST', '/v1/schedules/nightly/run')
    expect(run).toMatchObject({
      status: 201,
      body: { trigger: 'manual', outcome: 'started', experimentState: 'waiting' },
    })
    const experiment = await send('GET', String(run.headers['location']))
    expect(experiment.body).toMatchObject({ id: run.body.experimentId, name: 'first', spec: nightly.action.spec })
    const resumed = await send('POST', '/v1/schedules/nightly/resume')
    expect(resumed.body).toMatchObject({ paused: false, next: { at: expect.any(String) } })
    expect((await send('POST', '/v1/schedules/other/run')).status).toBe(404)
  })

  it('is accepted as YAML, and refused for a key that may only read', async () => {
    const yaml = JSON.stringify({ ...nightly, name: 'written' })
    expect((await send('PUT', '/v1/schedules/written', yaml)).status).toBe(201)
    expect((await send('PUT', '/v1/schedules/written', yaml, read)).status).toBe(403)
    expect((await send('POST', '/v1/schedules/written/pause', undefined, read)).status).toBe(403)
    expect((await send('GET', '/v1/schedules/written', undefined, read)).status).toBe(200)
  })
})

describe('a faulty schedule is refused at the field', () => {
  const inner = nightly.action.spec
  test.each([
    ['/cron', { cron: '0 0 31 2 *' }, 'never occurs'],
    ['/cron', { cron: '* * * * * *' }, 'must have 5 fields'],
    ['/timezone', { timezone: 'Europe/Berlim' }, 'there is no time zone'],
    ['/jitterSeconds', { cron: '* * * * *', jitterSeconds: 60 }, 'shorter than the time between'],
    ['/name', { name: 'other' }, 'must be the name in the address'],
    ['/overlap', { overlap: 'both' }, 'must be'],
    [
      '/action/spec/protocol',
      { action: { type: 'experiment', spec: { ...inner, protocol: 'tou' } } },
      'unknown protocol',
    ],
    ['/action/spec/options/steps', { action: { type: 'experiment', spec: { ...inner, options: { steps: 'x' } } } }, ''],
    ['/action/spec/seeds', { action: { type: 'experiment', spec: { ...inner, seeds: 0 } } }, ''],
  ])('%s', async (pointer, change, message) => {
    const { status, body } = await send('PUT', '/v1/schedules/faulty', { ...nightly, name: 'faulty', ...change })
    expect([400, 422]).toContain(status)
    expect(body.issues).toEqual(
      expect.arrayContaining([expect.objectContaining({ pointer, message: expect.stringContaining(message) })]),
    )
    expect((await send('GET', '/v1/schedules/faulty')).status).toBe(404)
  })

  test('at all fields at once', async () => {
    const change = {
      cron: '61 * * * *',
      timezone: 'Mars/Base',
      action: { type: 'experiment', spec: { ...inner, protocol: 'x' } },
    }
    const { body } = await send('PUT', '/v1/schedules/nightly', { ...nightly, ...change })
    expect(body.issues.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/timezone',
      '/cron',
      '/action/spec/protocol',
    ])
  })
})

test('a preview shows the same times as the schedule of that name', async () => {
  const jittered = { ...nightly, name: 'jittered', jitterSeconds: 900 }
  const { body: view } = await send('PUT', '/v1/schedules/jittered', jittered)
  const { cron, timezone, jitterSeconds, name } = jittered
  const { body, status } = await send('POST', '/v1/schedules/preview', { cron, timezone, jitterSeconds, name }, read)
  expect(status).toBe(200)
  expect(body.occurrences).toEqual(view.upcoming)
  expect((await send('POST', '/v1/schedules/preview', { cron: 'x' })).body.issues).toMatchObject([{ pointer: '/cron' }])
})
