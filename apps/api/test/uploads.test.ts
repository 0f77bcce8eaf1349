import { createHash } from 'node:crypto'
import type { ExperimentView, Problem, UploadedFile } from '@goalpost/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bearer, settings, spec, startTestService, type TestService } from './harness.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('uploaded files', () => {
  let service: TestService
  let key: string
  let stranger: string
  beforeAll(async () => {
    service = await startTestService()
    key = await service.createKey('lab', 'manage')
    stranger = await service.createKey('another-lab', 'manage')
  })
  afterAll(() => service.close())

  const upload = (body: Uint8Array, { as = key, type = 'application/onnx', name = 'policy.onnx' } = {}) =>
    service.api.inject({
      method: 'POST',
      url: `/v1/artifacts?name=${name}`,
      headers: { ...bearer(as), 'content-type': type },
      payload: Buffer.from(body),
    })
  const submit = (hash: string, as = key) =>
    service.api.inject({
      method: 'POST',
      url: '/v1/experiments',
      headers: bearer(as),
      payload: { ...spec, options: { ...spec.options, file: hash } },
    })

  it('are stored under the hash of their bytes, and downloaded unchanged', async () => {
    const bytes = Uint8Array.of(8, 9, 0, 255, 13, 10)
    const response = await upload(bytes)
    expect(response.statusCode).toBe(201)
    const file = { hash: sha256(bytes), bytes: 6, name: 'policy.onnx', mediaType: 'application/onnx' }
    expect(response.json<UploadedFile>()).toEqual(file)
    const { rawPayload, headers } = await service.api.inject({ url: response.headers.location!, headers: bearer(key) })
    expect(new Uint8Array(rawPayload)).toEqual(bytes)
    expect(headers['content-disposition']).toContain('attachment')
    expect((await upload(bytes, { name: 'other' })).statusCode).toBe(200)
  })

  it('with control characters in their name, which a terminal would obey, are refused', async () => {
    const refused = await upload(Uint8Array.of(1), { name: '%1B%5B2Jpolicy.onnx' })
    expect(refused.statusCode).toBe(400)
    expect(refused.json<Problem>().issues).toMatchObject([{ pointer: '/query/name' }])
    expect((await upload(Uint8Array.of(1), { name: encodeURIComponent('Mäuse, 2.onnx') })).statusCode).toBe(201)
  })

  it('that exceed the limit of the workspace are refused before they are stored; known ones are not', async () => {
    const as = await service.createKey('small-lab', 'manage')
    const known = Uint8Array.of(7, 7)
    await upload(known, { as })
    const actor = { key: null, address: null }
    await service.store.workspaces.setQuota('small-lab', { storageBytes: 2 }, actor)
    const refused = Uint8Array.of(7, 7, 7)
    expect((await upload(refused, { as })).json<Problem>().code).toBe('quota-exceeded')
    expect(await service.artifacts.has(sha256(refused))).toBe(false)
    expect((await upload(known, { as })).statusCode).toBe(200)
  })

  it('belong to the workspace that uploaded them: others can neither read nor evaluate them', async () => {
    const { hash } = (await upload(Uint8Array.of(1, 2, 3))).json<UploadedFile>()
    const headers = bearer(stranger)
    expect((await service.api.inject({ url: `/v1/artifacts/${hash}`, headers })).statusCode).toBe(404)
    const refused = await submit(hash, stranger)
    expect(refused.statusCode).toBe(422)
    expect(refused.json<Problem>().issues).toMatchObject([
      {
        pointer: '/options/file',
        message: expect.stringContaining(hash),
        remedy: expect.stringContaining('goalpost upload'),
      },
    ])
    expect((await submit(hash)).statusCode).toBe(201)
  })

  it('are required for extensions and for new experiments', async () => {
    const { hash } = (await upload(Uint8Array.of(4, 5, 6))).json<UploadedFile>()
    const { id } = (await submit(hash)).json<ExperimentView>()
    const missing = 'f'.repeat(64)
    const extend = (file: string) =>
      service.api.inject({
        method: 'POST',
        url: `/v1/experiments/${id}/extend`,
        headers: bearer(key),
        payload: { conditions: [{ name: file.slice(0, 5), options: { file, skill: 0.5 } }] },
      })
    expect((await extend(missing)).statusCode).toBe(422)
    expect((await extend(hash)).statusCode).toBe(200)
  })

  it.each([
    ['nothing', new Uint8Array(), 'application/onnx', 400],
    ['more than the limit', new Uint8Array(settings.uploadLimitBytes + 1), 'application/onnx', 413],
    ['a page', Uint8Array.of(60), 'text/html', 415],
    ['a document', Uint8Array.of(123, 125), 'application/json', 415],
  ])('are refused where they are %s', async (_what, bytes, type, status) => {
    const response = await upload(bytes, { type })
    expect(response.statusCode).toBe(status)
    if (status === 413) expect(response.json<Problem>().detail).toContain(String(settings.uploadLimitBytes))
  })

  it('may be larger than other bodies, whose types do not accept bytes', async () => {
    const bytes = new Uint8Array(settings.bodyLimitBytes + 1)
    expect((await upload(bytes)).statusCode).toBe(201)
    const headers = { ...bearer(key), 'content-type': 'application/onnx' }
    const elsewhere = await service.api.inject({ method: 'POST', url: '/v1/experiments', headers, payload: 'x' })
    expect(elsewhere.statusCode).toBe(415)
  })

  it('cannot be uploaded with a read-only key', async () => {
    const reader = await service.createKey('lab', 'read')
    expect((await upload(Uint8Array.of(1), { as: reader })).statusCode).toBe(403)
  })
})
