import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeOutput } from './write-output.ts'

let folder = ''
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'goalpost-output-'))))
afterEach(() => rm(folder, { recursive: true }))

const one = [{ name: 'one.txt', bytes: '1' }]
const two = [...one, { name: 'two.txt', bytes: '2' }]

test('one file is written to --out, or into it if it is a folder', async () => {
  const file = join(folder, 'named')
  expect(await writeOutput(one, { out: file, force: false })).toEqual([file])
  expect(await readFile(file, 'utf8')).toBe('1')
  await mkdir(join(folder, 'there'))
  expect(await writeOutput(one, { out: join(folder, 'there'), force: false })).toEqual([join(folder, 'there/one.txt')])
  expect(await writeOutput(one, { out: join(folder, 'new/'), force: false })).toEqual([join(folder, 'new/one.txt')])
})

test('several files are written into a folder, which is created, and never into a file or standard output', async () => {
  await writeOutput(two, { out: join(folder, 'all'), force: false })
  expect(await readdir(join(folder, 'all'))).toEqual(['one.txt', 'two.txt'])
  await writeFile(join(folder, 'file'), '')
  await expect(writeOutput(two, { out: join(folder, 'file'), force: true })).rejects.toThrow(/is a file/)
  await expect(writeOutput(two, { out: '-', force: true })).rejects.toThrow(/name a folder/)
})

test('existing files are overwritten only by force; otherwise nothing is written', async () => {
  await writeFile(join(folder, 'two.txt'), 'kept')
  await expect(writeOutput(two, { out: folder, force: false })).rejects.toMatchObject({ code: 'state-conflict' })
  expect(await readdir(folder)).toEqual(['two.txt'])
  await writeOutput(two, { out: folder, force: true })
  expect(await readFile(join(folder, 'two.txt'), 'utf8')).toBe('2')
})
