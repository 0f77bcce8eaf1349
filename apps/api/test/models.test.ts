import { createClient, type Client } from '@goalpost/client'
import type { ModelVersionView, Problem } from '@goalpost/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bearer, portOf, startTestService, type TestService } from './harness.ts'

let service: TestService
let key: string
let client: Client

beforeAll(async () => {
  service = await startTestService()
  key = await service.createKey('lab', 'manage')
  await service.api.listen({ port: 0, host: '127.0.0.1' })
  client = createClient({ baseUrl: `http://127.0.0.1:${portOf(service.api.server)}`, apiKey: key })
})
afterAll(() => service.close())

const upload = async (text: string): Promise<string> =>
  (await client.upload(Buffer.from(text), { name: `${text}.onnx`, mediaType: 'application/onnx' })).hash

async function register(model: string, text: string, given: object = {}) {
  return client.registerVersion(model, { artifact: await upload(text), ...given })
}

type Sent = { method?: 'GET' | 'POST' | 'PUT' | 'DELETE'; payload?: object; headers?: object; as?: string }

const send = (path: string, { method = 'GET', payload, headers = {}, as = key }: Sent = {}) =>
  service.api.inject({
    method,
    url: `/v1/models${path}`,
    headers: { ...bearer(as), ...headers },
    ...(payload === undefined ? {} : { payload }),
  })

describe('the model registry', () => {
  it('registers a version once: 201 and its address, then 200 with the same version', async () => {
    const payload = { artifact: await upload('once'), step: 5, aliases: ['candidate'] }
    const first = await send('/once/versions', { method: 'POST', payload })
    expect([first.statusCode, first.headers.location]).toEqual([201, '/v1/models/once/versions/1'])
    const again = await send('/once/versions', { method: 'POST', payload })
    expect(again.statusCode).toBe(200)
    expect(again.json()).toEqual(first.json())
    expect(first.json<ModelVersionView>()).toMatchObject({
      model: 'once',
      number: 1,
      step: 5,
      aliases: ['candidate'],
      file: { name: 'once.onnx', bytes: 4, mediaType: 'application/onnx' },
    })
  })

  it('reads a version by number, by alias and as the latest', async () => {
    await register('read', 'r1', { aliases: ['best'] })
    await register('read', 'r2')
    const numbers = await Promise.all(
      ([1, 'best', 'latest'] as const).map(async (version) => (await client.version('read', version)).number),
    )
    expect(numbers).toEqual([1, 1, 2])
  })

  it('takes a registration as YAML, as a training script may write it', async () => {
    const hash = await upload('yaml')
    const response = await service.api.inject({
      method: 'POST',
      url: '/v1/models/yaml/versions',
      headers: { ...bearer(key), 'content-type': 'application/yaml' },
      payload: `artifact: ${hash}\nstep: 7\nmetadata: { lr: 0.1 }\n`,
    })
    expect([response.statusCode, response.json().metadata]).toEqual([201, { lr: 0.1 }])
  })

  it('answers pollers with 304 until something of the model changes, an alias too', async () => {
    await register('polled', 'p1')
    for (const path of ['/polled', '/polled/versions/latest']) {
      const { headers } = await send(path)
      const poll = () => send(path, { headers: { 'if-none-match': headers.etag } })
      expect((await poll()).statusCode).toBe(304)
      await client.moveAlias('polled', `alias-${path.length}`, 1)
      const changed = await poll()
      expect(changed.statusCode).toBe(200)
      expect(changed.body).toContain(`alias-${path.length}`)
    }
  })

  it('refuses a move of an alias that was based on an older state', async () => {
    await register('moved', 'm1')
    const etag = (await send('/moved')).headers.etag
    const move = () =>
      send('/moved/aliases/best', { method: 'PUT', payload: { version: 1 }, headers: { 'if-match': etag } })
    expect((await move()).statusCode).toBe(200)
    expect((await move()).statusCode).toBe(412)
    const current = (await send('/moved')).headers.etag
    const remove = { method: 'DELETE', headers: { 'if-match': current } } as const
    expect((await send('/moved/aliases/best', remove)).statusCode).toBe(204)
    const { items } = await client.aliasMoves('moved')
    expect(items.map(({ from, to }) => [from, to])).toEqual([
      [1, null],
      [null, 1],
    ])
  })

  it('tags, and removes versions and models from lists', async () => {
    await register('gone', 'g1', { tags: ['nightly'] })
    await register('gone', 'g2', { aliases: ['best'] })
    expect((await client.tagVersion('gone', 2, { add: ['nightly', 'slow'] })).tags).toEqual(['nightly', 'slow'])
    expect((await client.versions('gone', { tag: 'nightly', limit: 1 })).items[0]!.number).toBe(2)
    await expect(client.deleteVersion('gone', 2)).rejects.toMatchObject({ code: 'state-conflict' })
    await client.deleteVersion('gone', 1)
    expect((await client.versions('gone')).items.map(({ number }) => number)).toEqual([2])
    await client.deleteModel('gone')
    await expect(client.model('gone')).rejects.toMatchObject({ code: 'not-found' })
    expect((await client.models({ name: 'gon' })).items).toEqual([])
    expect((await client.version('gone', 1)).deletedAt).not.toBeNull()
  })
})

describe('an experiment on a model version', () => {
  const specOn = (subject: object, rest: object = {}) => ({
    apiVersion: 'goalpost/v1',
    protocol: 'toy',
    name: 'examined',
    seeds: 1,
    options: { steps: 10 },
    subject,
    ...rest,
  })

  it('keeps the version that the alias named, in new conditions too, after the alias has moved', async () => {
    const { version } = await register('subject', 's1', { aliases: ['candidate'] })
    const { experiment } = await client.submit(specOn({ model: 'subject', version: 'candidate' }))
    const resolved = { model: 'subject', version: 1, hash: version.hash }
    expect(experiment.resolved).toMatchObject({
      subject: resolved,
      conditions: [{ options: { file: version.hash, steps: 10 } }],
    })
    await register('subject', 's2', { aliases: ['candidate'] })
    const conditions = [{ name: 'more', options: { steps: 20 } }]
    const extended = (await client.extend(experiment.id, { conditions })).resolved
    expect(extended.subject).toEqual(resolved)
    expect(extended.conditions.map(({ options }) => options['file'])).toEqual([version.hash, version.hash])
    const preview = await client.preview(specOn({ model: 'subject' }))
    expect(preview.resolved.subject).toMatchObject({ version: 2 })
  })

  it('can still be run on a deleted version, by its number', async () => {
    await register('deleted', 'd1')
    await client.deleteModel('deleted')
    const { experiment } = await client.submit(specOn({ model: 'deleted', version: 1 }))
    expect(experiment.resolved.subject).toMatchObject({ version: 1 })
  })

  it('is refused for a version that this workspace does not have', async () => {
    await register('owned', 'o1')
    const stranger = await service.createKey('elsewhere', 'submit')
    for (const [as, subject] of [
      [key, { model: 'owned', version: 9 }],
      [key, { model: 'owned', version: 'best' }],
      [stranger, { model: 'owned', version: 1 }],
    ] as const) {
      const payload = specOn(subject)
      const response = await service.api.inject({
        method: 'POST',
        url: '/v1/experiments',
        headers: bearer(as),
        payload,
      })
      expect(response.statusCode).toBe(422)
      expect(response.json<Problem>().issues).toMatchObject([
        { pointer: '/subject', message: expect.stringContaining('no version') },
      ])
    }
  })
})

describe('what does not fit is refused, and the field is named:', () => {
  const hash = 'a'.repeat(64)
  it.each([
    ['no file', {}, 400, '/artifact'],
    ['a hash of another kind', { artifact: 'abc' }, 400, '/artifact'],
    ['a file that is not there', { artifact: hash }, 422, '/artifact'],
    ['a misspelt field', { artifact: hash, stp: 1 }, 400, '/stp'],
    ['a negative step', { artifact: hash, step: -1 }, 400, '/step'],
    ['an alias that looks like a number', { artifact: hash, aliases: ['12'] }, 400, '/aliases/0'],
    ['the reserved alias', { artifact: hash, aliases: ['latest'] }, 400, '/aliases/0'],
    ['a commit that is none', { artifact: hash, commit: 'main' }, 400, '/commit'],
    ['a tag with a space', { artifact: hash, tags: ['a b'] }, 400, '/tags/0'],
    ['too much metadata', { artifact: hash, metadata: { text: 'x'.repeat(20_000) } }, 400, '/metadata'],
  ])('%s', async (_what, payload, status, pointer) => {
    const response = await send('/mouse/versions', { method: 'POST', payload })
    expect(response.statusCode).toBe(status)
    expect(response.json<Problem>().issues?.[0]).toMatchObject({ pointer })
    expect((await send('/mouse')).statusCode).toBe(404)
  })

  it.each([
    ['a model with a space', '/a%20b/versions'],
    ['a name that is too long', `/${'x'.repeat(101)}/versions`],
  ])('%s', async (_what, path) => {
    expect((await send(path, { method: 'POST', payload: { artifact: hash } })).statusCode).toBe(404)
  })

  it('a foreign cursor', async () => {
    const response = await send('?cursor=abc')
    expect(response.json<Problem>().issues?.[0]).toMatchObject({ pointer: '/cursor' })
  })
})

it('needs a key that may submit to register, and one that may manage to delete', async () => {
  await register('guarded', 'guarded')
  const reader = await service.createKey('lab', 'read')
  const trainer = await service.createKey('lab', 'submit')
  const registration = { method: 'POST', payload: { artifact: await upload('guarded') } } as const
  const codeOf = async (path: string, sent: Sent) => (await send(path, sent)).statusCode
  expect(await codeOf('/guarded/versions/1', { as: reader })).toBe(200)
  expect(await codeOf('/guarded/versions', { ...registration, as: reader })).toBe(403)
  expect(await codeOf('/guarded/versions', { ...registration, as: trainer })).toBe(200)
  expect(await codeOf('/guarded', { method: 'DELETE', as: trainer })).toBe(403)
})
