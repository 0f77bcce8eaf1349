import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeArtifactStore } from '@goalpost/testing/artifact-conformance'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { classifyReadError, classifyWriteError, createFilesystemStore } from './filesystem-store.ts'

const fileOf = (root: string, hash: string) => join(root, hash.slice(0, 2), hash.slice(2))

async function storedFiles(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

describeArtifactStore('a folder', async () => {
  const root = await mkdtemp(join(tmpdir(), 'goalpost-artifacts-'))
  return {
    store: await createFilesystemStore(root),
    damage: (hash, bytes) => writeFile(fileOf(root, hash), bytes),
    age: async (hash) => {
      const twoDaysAgo = Date.now() / 1000 - 2 * 86_400
      await utimes(fileOf(root, hash), twoDaysAgo, twoDaysAgo)
    },
    countWrites: async () => (await storedFiles(root)).length,
    close: () => rm(root, { recursive: true }),
  }
})

describe('createFilesystemStore', () => {
  let root: string
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'goalpost-artifacts-'))
  })
  afterEach(() => rm(root, { recursive: true, force: true }))
  const sample = new TextEncoder().encode('weights')

  it('lets only the owner read files and folders', async () => {
    const store = await createFilesystemStore(join(root, 'store'))
    const { hash } = await store.write(sample)
    expect((await stat(fileOf(join(root, 'store'), hash))).mode & 0o777).toBe(0o600)
    expect((await stat(join(root, 'store', hash.slice(0, 2)))).mode & 0o777).toBe(0o700)
  })

  it('repairs a damaged copy when the bytes are written again', async () => {
    const store = await createFilesystemStore(root)
    const { hash } = await store.write(sample)
    await writeFile(fileOf(root, hash), 'wEights')
    await store.write(sample)
    expect(Buffer.from(await store.read(hash)).equals(sample)).toBe(true)
  })

  it('tells a file that cannot be read now from one that is lost', async () => {
    const store = await createFilesystemStore(root)
    const { hash } = await store.write(sample)
    await rm(fileOf(root, hash))
    await expect(store.read(hash)).rejects.toMatchObject({ code: 'artifact-missing', missing: [hash] })
    // A folder in its place cannot be read, not even by root.
    await mkdir(fileOf(root, hash))
    await expect(store.read(hash)).rejects.toMatchObject({ code: 'unavailable', missing: [] })
    const codes = ['EIO', 'EACCES'].map(
      (code) => classifyReadError(hash, Object.assign(new Error(code), { code })).code,
    )
    expect(codes).toEqual(['artifact-missing', 'unavailable'])
  })

  it('leaves no temporary file behind, whether a write succeeds or fails', async () => {
    const store = await createFilesystemStore(root)
    const { hash } = await store.write(sample)
    await rm(join(root, hash.slice(0, 2)), { recursive: true })
    // A file where the shard's folder should be makes the write fail half-way, for root as well.
    await writeFile(join(root, hash.slice(0, 2)), '')
    await expect(store.write(sample)).rejects.toMatchObject({ code: 'unavailable' })
    expect(await readdir(join(root, 'incoming'))).toEqual([])
  })

  it('removes files that killed processes left a day ago, and not files that are being written', async () => {
    await mkdir(join(root, 'incoming'))
    await writeFile(join(root, 'incoming', 'old'), '')
    await writeFile(join(root, 'incoming', 'new'), '')
    const twoDaysAgo = Date.now() / 1000 - 2 * 86_400
    await utimes(join(root, 'incoming', 'old'), twoDaysAgo, twoDaysAgo)
    await createFilesystemStore(root)
    expect(await readdir(join(root, 'incoming'))).toEqual(['new'])
  })

  it('refuses a path that cannot be a folder, naming it', async () => {
    await writeFile(join(root, 'file'), '')
    await expect(createFilesystemStore(join(root, 'file', 'store'))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(join(root, 'file', 'store')) as string,
    })
  })

  it('reports storage-full when the disk is full', async () => {
    // /dev/full fails every write with the kernel's ENOSPC.
    const cause: unknown = await writeFile('/dev/full', 'x').catch((error: unknown) => error)
    expect(classifyWriteError(root, cause)).toMatchObject({ code: 'storage-full' })
  })
})
