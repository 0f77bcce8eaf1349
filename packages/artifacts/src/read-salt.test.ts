import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSalt } from './read-salt.ts'

const salt = 'a salt that nobody but the operator of the service knows'

describe('a salt', () => {
  let folder: string
  const fileOf = async (text: string) => {
    const file = join(folder, 'salt')
    await writeFile(file, text)
    return pathToFileURL(file).href
  }
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'goalpost-salt-'))))
  afterAll(() => rm(folder, { recursive: true }))

  test('is the same given directly and in a file, with any whitespace around it', async () => {
    expect(await readSalt(salt)).toBe(salt)
    expect(await readSalt(` ${salt}\n`)).toBe(salt)
    expect(await readSalt(await fileOf(`${salt}\r\n`))).toBe(salt)
    expect(await readSalt(null)).toBeNull()
  })

  test.each(['hunter2', ' '.repeat(40), `${'x'.repeat(31)}\n`])(
    'of fewer than 32 characters is refused and not repeated: %j',
    async (short) => {
      for (const given of [short, await fileOf(short)]) {
        const refusal = await readSalt(given).catch((error: unknown) => error as Error)
        expect(refusal).toMatchObject({
          code: 'invalid-request',
          message: expect.stringContaining('at least 32 characters'),
        })
        if (short.trim() !== '') expect((refusal as Error).message).not.toContain(short.trim())
      }
    },
  )

  test.each([
    ['file:///nowhere/at/all', /cannot be read: ENOENT/],
    ['file://host/salt', /cannot be read/],
  ])('in %s, which cannot be read, is one clear error', async (given, expected) => {
    await expect(readSalt(given)).rejects.toMatchObject({
      code: 'invalid-request',
      message: expect.stringMatching(expected),
    })
  })
})
