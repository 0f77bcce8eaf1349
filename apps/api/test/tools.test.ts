import { createHash } from 'node:crypto'
import type { ExperimentView, JsonObject, Problem, ProtocolView, ToolAnswer } from '@goalpost/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bearer, startTestService, type TestService } from './harness.ts'

describe('tools of protocols', () => {
  let service: TestService
  let key: string
  let stranger: string
  beforeAll(async () => {
    service = await startTestService()
    key = await service.createKey('lab', 'manage')
    stranger = await service.createKey('another-lab', 'manage')
  })
  afterAll(() => service.close())

  const use = (given: JsonObject, { as = key, tool = 'words/echo', protocol = 'toy' } = {}) =>
    service.api.inject({
      method: 'POST',
      url: `/v1/protocols/${protocol}/tools/${tool}`,
      headers: bearer(as),
      payload: given,
    })

  it('are listed with their protocol and the schema of their arguments', async () => {
    const response = await service.api.inject({ url: '/v1/protocols/toy', headers: bearer(key) })
    expect(response.json<ProtocolView>().tools).toMatchObject([
      { group: 'words', name: 'echo', operands: ['text'], argumentsSchema: { type: 'object', required: ['text'] } },
      { group: 'words', name: 'whisper' },
    ])
  })

  it('store their files under their hashes, and read files named by a hash', async () => {
    const first = await use({ text: 'hello' })
    expect(first.statusCode).toBe(200)
    const { data, files } = first.json<ToolAnswer>()
    expect(data).toEqual({ said: 'hello' })
    const hash = createHash('sha256').update('hello').digest('hex')
    expect(files).toEqual([{ name: 'said.txt', mediaType: 'text/plain', bytes: 5, hash }])
    const download = await service.api.inject({ url: `/v1/artifacts/${hash}`, headers: bearer(key) })
    expect(download.body).toBe('hello')
    expect((await use({ text: hash })).json<ToolAnswer>()).toEqual(first.json<ToolAnswer>())
  })

  it('read no file of another workspace', async () => {
    const [{ hash }] = (await use({ text: 'a secret' })).json<ToolAnswer>().files
    const response = await use({ text: hash }, { as: stranger })
    expect(response.statusCode).toBe(400)
    expect(response.json<Problem>().issues).toMatchObject([
      { pointer: '/text', remedy: expect.stringContaining('upload') },
    ])
  })

  it('read only experiments of their workspace and protocol', async () => {
    const submit = async (protocol: string) => {
      const payload = { apiVersion: 'goalpost/v1', protocol, name: 'a', seeds: 2, grid: { skill: [0, 1] } }
      const response = await service.api.inject({
        method: 'POST',
        url: '/v1/experiments',
        headers: bearer(key),
        payload,
      })
      return response.json<ExperimentView>().id
    }
    const [own, other] = [await submit('toy'), await submit('toy-too')]
    expect((await use({ text: 'hello', of: own })).json<ToolAnswer>().data).toEqual({
      said: 'hello',
      conditions: ['skill=0 × 2', 'skill=1 × 2'],
    })
    for (const refused of [
      await use({ text: 'hello', of: own }, { as: stranger }),
      await use({ text: 'hello', of: other }),
      await use({ text: 'hello', of: 'no id' }),
    ]) {
      expect(refused.statusCode).toBe(400)
      expect(refused.json<Problem>().issues).toMatchObject([{ pointer: '/of' }])
    }
  })

  it('report errors in arguments with their place', async () => {
    expect((await use({ txt: 'hello' })).json<Problem>()).toMatchObject({
      status: 400,
      code: 'invalid-request',
      issues: expect.arrayContaining([
        expect.objectContaining({ pointer: '/txt', remedy: expect.stringContaining('text') }),
      ]),
    })
    expect((await use({ text: 'x', fail: true })).json<Problem>()).toMatchObject({
      code: 'invalid-request',
      detail: '/fail: is true',
      issues: [{ pointer: '/fail', message: 'is true', remedy: 'Leave it out' }],
    })
  })

  it('are not found by another name, and the error suggests the likely one', async () => {
    const response = await use({}, { tool: 'words/ehco' })
    expect(response.statusCode).toBe(404)
    expect(response.json<Problem>().detail).toContain('words/echo')
    expect((await use({}, { protocol: 'tooy' })).json<Problem>().detail).toContain('toy')
  })

  it('need a key that may write, since their files are stored', async () => {
    const reader = await service.createKey('lab', 'read')
    expect((await use({ text: 'hello' }, { as: reader })).statusCode).toBe(403)
  })

  it('end at the time limit, and delay no other request', async () => {
    const slow = use({ text: 'hello', busyMs: 60_000 })
    expect((await service.api.inject({ url: '/healthz' })).statusCode).toBe(200)
    expect((await slow).json<Problem>()).toMatchObject({ status: 503, code: 'compute-timeout' })
    expect((await use({ text: 'hello again' })).statusCode).toBe(200)
  })
})
