import { createHash } from 'node:crypto'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DataFolder } from './data-folder.ts'
import { describeDataFolder } from './data-folder.ts'
import { acquireLock } from './lock.ts'
import { startTime } from './processes/identify.ts'

let folder: DataFolder
beforeEach(async () => void (folder = describeDataFolder(await mkdtemp(join(tmpdir(), 'goalpost-lock-')))))
afterEach(() => rm(folder.path, { recursive: true }))

test('one process has the folder; the next error names its pid and URL', async () => {
  const lock = await acquireLock(folder)
  const service = {
    url: 'http://127.0.0.1:4700',
    pid: process.pid,
    keyFile: '/k',
    dataFolder: folder.path,
    logFolder: '/l',
    workers: 1,
    startedAt: '2026-01-01T00:00:00Z',
  }
  await expect(acquireLock(folder)).rejects.toMatchObject({
    code: 'state-conflict',
    message: expect.stringContaining('it is still starting'),
  })
  await writeFile(folder.serviceFile, JSON.stringify(service))
  await expect(acquireLock(folder)).rejects.toThrow(`(pid ${process.pid}, at http://127.0.0.1:4700)`)
  await lock.release()
  await (await acquireLock(folder)).release()
})

test('a lock whose process was killed is taken over', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(child, 'spawn')
  const pid = child.pid ?? 0
  await writeFile(folder.lockFile, JSON.stringify({ pid, started: await startTime(pid) }))
  await expect(acquireLock(folder)).rejects.toThrow(`pid ${pid}`)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const lock = await acquireLock(folder)
  expect(lock.inherited).toBe(true)
  await lock.release()
  const next = await acquireLock(folder)
  expect(next.inherited).toBe(false)
  await next.release()
})

test('a lock whose pid now belongs to another process is taken over', async () => {
  await writeFile(folder.lockFile, JSON.stringify({ pid: process.pid, started: 'long ago' }))
  await (await acquireLock(folder)).release()
})

test('a malformed lock file is taken over', async () => {
  await writeFile(folder.lockFile, '{"pid": ')
  await (await acquireLock(folder)).release()
})

test('a start that was killed while it took over a stale lock is taken over as well', async () => {
  const stale = JSON.stringify({ pid: 999_999_999, started: '1' })
  await writeFile(folder.lockFile, stale)
  const right = `${folder.lockFile}.${createHash('sha256').update(stale).digest('hex').slice(0, 16)}`
  await writeFile(right, JSON.stringify({ pid: 999_999_998, started: '2' }))
  const lock = await acquireLock(folder)
  expect(lock.inherited).toBe(true)
  expect(await readdir(folder.path)).toEqual(['lock'])
  await lock.release()
  expect(await readdir(folder.path)).toEqual([])
})

test('of many concurrent starts on a stale lock, exactly one gets it, and no files are left', async () => {
  await writeFile(folder.lockFile, JSON.stringify({ pid: 999_999_999, started: '1' }))
  const program = `
    import { acquireLock } from ${JSON.stringify(new URL('./lock.ts', import.meta.url).href)}
    import { describeDataFolder } from ${JSON.stringify(new URL('./data-folder.ts', import.meta.url).href)}
    const got = await acquireLock(describeDataFolder(${JSON.stringify(folder.path)})).then(() => 'got', () => 'refused')
    process.stdout.write(got)
    process.stdin.on('data', () => process.exit())
  `
  const starters = Array.from({ length: 4 }, () => spawn(process.execPath, ['--input-type=module', '-e', program]))
  const answers = await Promise.all(starters.map(async ({ stdout }) => String((await once(stdout, 'data'))[0])))
  for (const { stdin } of starters) stdin.end('end')
  expect(answers.filter((answer) => answer === 'got')).toHaveLength(1)
  expect(await readdir(folder.path)).toEqual(['lock'])
})

test('releasing never removes the lock of another process', async () => {
  const lock = await acquireLock(folder)
  await writeFile(folder.lockFile, 'of another')
  await lock.release()
  expect(await readFile(folder.lockFile, 'utf8')).toBe('of another')
})
