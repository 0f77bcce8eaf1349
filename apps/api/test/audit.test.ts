import type { AuditEvent } from '@goalpost/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bearer, spec, startTestService, type TestService } from './harness.ts'

let service: TestService
let key: string
let admin: string
beforeAll(async () => {
  service = await startTestService()
  key = await service.createKey('default', 'manage')
  admin = await service.createKey('default', 'admin')
})
afterAll(() => service.close())

async function send(method: 'POST' | 'PUT' | 'DELETE', url: string, payload?: object | Buffer) {
  const type = Buffer.isBuffer(payload) ? { 'content-type': 'application/octet-stream' } : {}
  const response = await service.api.inject({
    method,
    url,
    headers: { ...bearer(key), ...type },
    ...(payload === undefined ? {} : { payload }),
  })
  expect(`${url} ${response.statusCode} ${response.body}`).toMatch(/ 20[0-4] /)
  return response.body === '' ? {} : response.json()
}

/** Actions of what `work` changed, the first one first. */
async function auditOf(work: () => Promise<void>): Promise<AuditEvent[]> {
  const read = async () =>
    (await service.api.inject({ url: '/v1/audit?limit=200', headers: bearer(admin) })).json<{ items: AuditEvent[] }>()
      .items
  const before = new Set((await read()).map(({ id }) => id))
  await work()
  const entries = (await read()).filter(({ id }) => !before.has(id)).toReversed()
  for (const { action, actor, address } of entries)
    expect([action, actor?.name, address]).toEqual([action, expect.any(String), '127.0.0.1'])
  return entries
}

const actionsOf = (entries: readonly AuditEvent[]) => entries.map(({ action }) => action)

test('changes of webhooks are in the audit log, without secrets and paths of addresses', async () => {
  const secrets: string[] = ['T0KEN/in/the/path']
  const entries = await auditOf(async () => {
    const url = 'https://hooks.example.org/T0KEN/in/the/path'
    secrets.push((await send('POST', '/v1/webhooks', { name: 'slack', url, events: ['experiment.*'] })).secret)
    secrets.push((await send('POST', '/v1/webhooks/slack/rotate')).secret)
    // It is active: nothing changes.
    await send('POST', '/v1/webhooks/slack/enable')
    await send('DELETE', '/v1/webhooks/slack')
  })
  expect(actionsOf(entries)).toEqual(['webhook.created', 'webhook.secret-rotated', 'webhook.deleted'])
  expect(entries[0]).toMatchObject({
    subject: { type: 'webhook', name: 'slack' },
    before: null,
    after: { origin: 'https://hooks.example.org', format: 'standard', events: ['experiment.*'] },
  })
  for (const secret of secrets) expect(JSON.stringify(entries)).not.toContain(secret)
})

test('changes of schedules are in the audit log, and who started one', async () => {
  const schedule = {
    apiVersion: 'goalpost/v1',
    name: 'nightly',
    cron: '0 2 * * *',
    action: { type: 'experiment', spec: { ...spec, name: 'nightly', fresh: true } },
  }
  const entries = await auditOf(async () => {
    await send('PUT', '/v1/schedules/nightly', schedule)
    await send('PUT', '/v1/schedules/nightly', { ...schedule, cron: '0 3 * * *' })
    // It is the same: nothing changes.
    await send('PUT', '/v1/schedules/nightly', { ...schedule, cron: '0 3 * * *' })
    await send('POST', '/v1/schedules/nightly/pause')
    await send('POST', '/v1/schedules/nightly/pause')
    await send('POST', '/v1/schedules/nightly/resume')
    await send('POST', '/v1/schedules/nightly/run')
    await send('DELETE', '/v1/schedules/nightly')
  })
  expect(actionsOf(entries)).toEqual([
    'schedule.created',
    'schedule.replaced',
    'schedule.paused',
    'schedule.resumed',
    'experiment.submitted',
    'schedule.deleted',
  ])
  expect(entries[1]).toMatchObject({ before: { cron: '0 2 * * *' }, after: { cron: '0 3 * * *' } })
})

test('uploads and changes of models, aliases and gates are in the audit log', async () => {
  const gate = {
    apiVersion: 'goalpost/v1',
    name: 'release',
    model: 'mouse',
    spec: { apiVersion: 'goalpost/v1', protocol: 'toy', name: 'gated', seeds: 1 },
    rules: [{ kind: 'absolute', name: 'scores', condition: 'default', measure: 'score', atLeast: 0.5 }],
  }
  const entries = await auditOf(async () => {
    const { hash } = await send('POST', '/v1/artifacts?name=a.onnx', Buffer.from('one'))
    await send('POST', '/v1/artifacts?name=a.onnx', Buffer.from('one'))
    const { hash: second } = await send('POST', '/v1/artifacts?name=b.onnx', Buffer.from('two'))
    await send('POST', '/v1/models/mouse/versions', { artifact: hash, aliases: ['best'] })
    await send('POST', '/v1/models/mouse/versions', { artifact: hash, aliases: ['best'] })
    await send('POST', '/v1/models/mouse/versions', { artifact: second })
    await send('POST', '/v1/models/mouse/versions/2/tags', { add: ['small'] })
    await send('POST', '/v1/models/mouse/versions', { artifact: second, tags: ['fast'] })
    await send('POST', '/v1/models/mouse/versions', { artifact: second, tags: ['fast'] })
    await send('PUT', '/v1/models/mouse/aliases/best', { version: 2 })
    await send('DELETE', '/v1/models/mouse/aliases/best')
    await send('PUT', '/v1/gates/release', gate)
    await send('PUT', '/v1/gates/release', gate)
    await send('PUT', '/v1/gates/idle', { ...gate, name: 'idle' })
    await send('DELETE', '/v1/gates/idle')
    await send('POST', '/v1/gates/release/runs', { version: 1 })
    await send('POST', '/v1/gates/release/bisections', { good: 1, bad: 2 })
    await send('DELETE', '/v1/models/mouse/versions/2')
    await send('DELETE', '/v1/models/mouse')
  })
  expect(entries.map(({ action, before, after }) => [action, before, after])).toEqual([
    ['file.uploaded', null, { bytes: 3, mediaType: 'application/octet-stream' }],
    ['file.uploaded', null, expect.anything()],
    ['model-version.registered', null, { version: 1, hash: expect.any(String), tags: [] }],
    ['model-alias.moved', null, { alias: 'best', version: 1 }],
    ['model-version.registered', null, { version: 2, hash: expect.any(String), tags: [] }],
    ['model-version.tagged', { version: 2, tags: [] }, { version: 2, tags: ['small'] }],
    ['model-version.tagged', { version: 2, tags: ['small'] }, { version: 2, tags: ['fast', 'small'] }],
    ['model-alias.moved', { alias: 'best', version: 1 }, { alias: 'best', version: 2 }],
    ['model-alias.removed', { alias: 'best', version: 2 }, null],
    ['gate.created', null, { version: 1, model: 'mouse' }],
    ['gate.created', null, { version: 1, model: 'mouse' }],
    ['gate.deleted', { version: 1, model: 'mouse' }, null],
    ['gate-run.started', null, { run: expect.any(String), version: 1 }],
    ['gate-bisection.started', null, expect.objectContaining({ good: 1, bad: 2 })],
    ['model-version.deleted', { version: 2 }, null],
    ['model.deleted', { versions: 1 }, null],
  ])
})
