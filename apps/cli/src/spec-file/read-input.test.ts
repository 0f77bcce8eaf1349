import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readArguments } from '../tools/tool-arguments.ts'
import { readInput } from './read-input.ts'
import { readSpec } from './read-spec.ts'
import { readUpload } from './read-upload.ts'

let folder = ''
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'goalpost-input-'))))
afterAll(() => rm(folder, { recursive: true }))

const program = fileURLToPath(new URL('../main.ts', import.meta.url))
const tooLarge = (most: string) => ({
  code: 'body-too-large',
  message: expect.stringContaining(`more than ${most} bytes`),
})

test('an input of exactly the limit is read completely, and one more byte is refused', async () => {
  const path = join(folder, 'edge')
  await writeFile(path, Buffer.alloc(100_000, 7))
  expect(await readInput({ path, mostBytes: 100_000, what: 'a spec' })).toHaveLength(100_000)
  await expect(readInput({ path, mostBytes: 99_999, what: 'a spec' })).rejects.toMatchObject({
    code: 'body-too-large',
    message: `${path} has more than 99,999 bytes, the limit for a spec`,
  })
})

test('an endless device is read only to the limit', async () => {
  await expect(readSpec('/dev/zero')).rejects.toMatchObject(tooLarge('1,048,576'))
  await expect(readUpload('/dev/zero')).rejects.toMatchObject(tooLarge('67,108,864'))
  const argument = { name: 'level', required: true, description: '', type: 'string', contentMediaType: 'text/plain' }
  const reading = readArguments([argument], { level: '/dev/zero' }, async (text) => text)
  await expect(reading).rejects.toMatchObject(tooLarge('1,048,576'))
})

test('an endless writer into a named pipe is stopped', async () => {
  const path = join(folder, 'pipe')
  await promisify(execFile)('mkfifo', [path])
  const writer = spawn('sh', ['-c', `yes > '${path}'`], { stdio: 'ignore' })
  const ended = once(writer, 'exit')
  await expect(readSpec(path)).rejects.toMatchObject(tooLarge('1,048,576'))
  await ended
})

test('so is an endless writer into standard input: the command ends with code 2 and a reason', async () => {
  const line = `yes | '${process.execPath}' '${program}' preview -`
  const child = spawn('sh', ['-c', line], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = await once(child, 'close')
  expect(said).toContain('standard input has more than 1,048,576 bytes')
  expect(code).toBe(2)
})

test('a file of known size may be as large as the largest limit that a service can have', async () => {
  const path = join(folder, 'policy.onnx')
  await writeFile(path, '')
  await truncate(path, 70_000_000)
  expect(await readUpload(path)).toHaveLength(70_000_000)
})
