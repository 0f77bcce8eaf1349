import { createHash } from 'node:crypto'
import type { ArtifactStore } from '@goalpost/experiments'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

/** An empty artifact store, with ways to damage it. */
export type ArtifactStoreUnderTest = {
  readonly store: ArtifactStore
  /** Replaces the stored bytes behind the store's back. */
  damage(hash: string, bytes: Uint8Array): Promise<void>
  /** Makes it look as if the file was last written two days ago. */
  age(hash: string): Promise<void>
  /** How often bytes have been stored so far. */
  countWrites(): Promise<number>
  close(): Promise<void>
}

/** The tests that every artifact store must pass. */
export function describeArtifactStore(name: string, start: () => Promise<ArtifactStoreUnderTest>): void {
  describe(`${name} as an artifact store`, () => {
    let subject: ArtifactStoreUnderTest
    beforeEach(async () => {
      subject = await start()
    })
    afterEach(() => subject.close())

    const sample = new TextEncoder().encode('a checkpoint')
    const absent = 'f'.repeat(64)
    const code = (expected: string) => expect.objectContaining({ name: 'GoalpostError', code: expected })

    it('finds written bytes by their SHA-256', async () => {
      const written = await subject.store.write(sample)
      expect(written).toEqual({ hash: createHash('sha256').update(sample).digest('hex'), bytes: sample.length })
      expect(Buffer.from(await subject.store.read(written.hash))).toEqual(Buffer.from(sample))
      expect(await subject.store.has(written.hash)).toBe(true)
    })

    it('stores the empty artifact and one of a megabyte', async () => {
      for (const bytes of [new Uint8Array(), new Uint8Array(1_000_000).map((_, index) => index * 7)]) {
        const { hash } = await subject.store.write(bytes)
        expect(Buffer.from(await subject.store.read(hash)).equals(bytes)).toBe(true)
      }
    })

    it('stores equal bytes once', async () => {
      await subject.store.write(sample)
      await subject.store.write(Uint8Array.from(sample))
      expect(await subject.countWrites()).toBe(1)
    })

    it('stores equal bytes that are written concurrently', async () => {
      const written = await Promise.all(Array.from({ length: 8 }, () => subject.store.write(sample)))
      expect(Buffer.from(await subject.store.read(written[0]!.hash)).equals(sample)).toBe(true)
    })

    it('reports artifact-missing for bytes that were never written', async () => {
      expect(await subject.store.has(absent)).toBe(false)
      await expect(subject.store.read(absent)).rejects.toEqual(code('artifact-missing'))
      await expect(subject.store.stream(absent)).rejects.toEqual(code('artifact-missing'))
    })

    it('reports artifact-missing for damaged bytes instead of returning them', async () => {
      const { hash } = await subject.store.write(sample)
      await subject.damage(hash, new TextEncoder().encode('b checkpoint'))
      await expect(subject.store.read(hash)).rejects.toEqual(code('artifact-missing'))
    })

    it('ends a download of damaged bytes with an error', async () => {
      const { hash } = await subject.store.write(sample)
      await subject.damage(hash, new TextEncoder().encode('b checkpoint'))
      const { body } = await subject.store.stream(hash)
      await expect(Array.fromAsync(body)).rejects.toEqual(code('artifact-missing'))
    })

    it('streams the bytes and their number', async () => {
      const { hash } = await subject.store.write(sample)
      const { bytes, body } = await subject.store.stream(hash)
      expect(bytes).toBe(sample.length)
      expect(Buffer.concat(await Array.fromAsync(body)).equals(sample)).toBe(true)
    })

    describe('removing files', () => {
      const yesterday = new Date(Date.now() - 86_400_000)

      it('lists every file with its size and when it was written', async () => {
        const texts = ['a', 'bb', 'ccc', 'dddd', 'eeeee']
        const hashes = []
        for (const text of texts) hashes.push((await subject.store.write(new TextEncoder().encode(text))).hash)
        await subject.age(hashes[1]!)
        const listed = await Array.fromAsync(subject.store.list())
        expect(new Map(listed.map(({ hash, bytes }) => [hash, bytes]))).toEqual(
          new Map(hashes.map((hash, index) => [hash, index + 1])),
        )
        expect(listed).toHaveLength(5)
        expect(listed.filter(({ writtenAt }) => writtenAt < yesterday).map(({ hash }) => hash)).toEqual([hashes[1]])
      })

      it('removes a file that was not written since, and no other', async () => {
        const { hash } = await subject.store.write(sample)
        expect(await subject.store.remove(hash, yesterday)).toBe(false)
        expect(await subject.store.has(hash)).toBe(true)
        await subject.age(hash)
        expect(await subject.store.remove(hash, yesterday)).toBe(true)
        expect(await subject.store.has(hash)).toBe(false)
        expect(await subject.store.remove(hash, yesterday)).toBe(false)
        expect(await Array.fromAsync(subject.store.list())).toEqual([])
      })

      it('keeps an old file that was written again', async () => {
        const { hash } = await subject.store.write(sample)
        await subject.age(hash)
        await subject.store.write(sample)
        expect(await subject.store.remove(hash, yesterday)).toBe(false)
        expect(Buffer.from(await subject.store.read(hash))).toEqual(Buffer.from(sample))
      })

      it('stores a removed file again', async () => {
        const { hash } = await subject.store.write(sample)
        await subject.age(hash)
        await subject.store.remove(hash, yesterday)
        await subject.store.write(sample)
        expect(Buffer.from(await subject.store.read(hash))).toEqual(Buffer.from(sample))
      })
    })

    it.each(['../../etc/passwd', 'ABC', '', `${'0'.repeat(63)}/`])('refuses %j as a hash', async (name) => {
      await expect(subject.store.read(name)).rejects.toEqual(code('artifact-missing'))
    })
  })
}
