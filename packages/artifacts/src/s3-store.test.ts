import { describeArtifactStore } from '@goalpost/testing/artifact-conformance'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startFakeS3 } from '../test/fake-s3.ts'
import type { FakeS3 } from '../test/fake-s3.ts'
import { createS3Store } from './s3-store.ts'

const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' }
const storeAt = (endpoint: string, prefix = 'runs/artifacts') =>
  createS3Store({ bucket: 'lab', prefix, region: 'eu-central-1', endpoint, credentials, idleMs: 100 })
const keyOf = (hash: string) => `/lab/runs/artifacts/${hash.slice(0, 2)}/${hash.slice(2)}`

describeArtifactStore('an S3 bucket', async () => {
  const s3 = await startFakeS3()
  return {
    store: storeAt(s3.endpoint),
    damage: async (hash, bytes) => void s3.objects.set(keyOf(hash), Buffer.from(bytes)),
    age: async (hash) => void s3.times.set(keyOf(hash), new Date(Date.now() - 2 * 86_400_000)),
    countWrites: async () => s3.puts,
    close: () => s3.close(),
  }
})

describe('createS3Store', () => {
  let s3: FakeS3
  beforeEach(async () => {
    s3 = await startFakeS3()
  })
  afterEach(() => s3.close())
  const sample = new TextEncoder().encode('weights')

  it('addresses buckets by path, below the prefix, in shards', async () => {
    const { hash } = await storeAt(s3.endpoint).write(sample)
    expect([...s3.objects.keys()]).toEqual([keyOf(hash)])
  })

  it('lists only what is below its prefix and named like an artifact', async () => {
    const store = storeAt(s3.endpoint)
    const { hash } = await store.write(sample)
    s3.objects.set('/lab/runs/artifacts/readme', Buffer.from('x'))
    s3.objects.set(`/lab/others/${hash.slice(0, 2)}/${hash.slice(2)}`, Buffer.from('x'))
    expect((await Array.fromAsync(store.list())).map((file) => file.hash)).toEqual([hash])
  })

  it('needs no prefix', async () => {
    const { hash } = await storeAt(s3.endpoint, '').write(sample)
    expect([...s3.objects.keys()]).toEqual([`/lab/${hash.slice(0, 2)}/${hash.slice(2)}`])
  })

  it('reports unavailable, not missing, when the server fails', async () => {
    s3.failWith = 500
    await expect(storeAt(s3.endpoint).has('0'.repeat(64))).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('reports storage-full when the server has no space left', async () => {
    const store = storeAt(s3.endpoint)
    s3.failWith = 507
    await expect(store.write(sample)).rejects.toMatchObject({ code: 'storage-full' })
  })

  it('reports unavailable after a timeout when the server stops responding', async () => {
    const store = storeAt(s3.endpoint)
    const { hash } = await store.write(sample)
    const silent = { code: 'unavailable' }
    s3.stallIn = 'answer'
    await Promise.all([
      expect(store.has(hash)).rejects.toMatchObject(silent),
      expect(store.read(hash)).rejects.toMatchObject(silent),
      expect(store.write(new TextEncoder().encode('others'))).rejects.toMatchObject(silent),
    ])
    s3.stallIn = 'body'
    const { body } = await store.stream(hash)
    await Promise.all([
      expect(Array.fromAsync(body)).rejects.toMatchObject(silent),
      expect(store.read(hash)).rejects.toMatchObject(silent),
    ])
    s3.stallIn = null
    expect(await store.read(hash)).toEqual(Buffer.from(sample))
  })

  it('reports unavailable without a server', async () => {
    await s3.close()
    await expect(storeAt(s3.endpoint).read('0'.repeat(64))).rejects.toMatchObject({ code: 'unavailable' })
    s3 = await startFakeS3()
  })
})
