import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { BoundedLog } from './bounded-log.ts'
import { openBoundedLog } from './bounded-log.ts'
import { waitForSpawn } from './node-program.ts'
import { supervise } from './supervise.ts'

let folder = ''
let log: BoundedLog
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'goalpost-processes-'))
  log = openBoundedLog(join(folder, 'test.log'))
})
afterEach(async () => {
  log.close()
  await rm(folder, { recursive: true })
})

const untilKilled = 'setInterval(() => {}, 1000)'

function planOf(program: string, graceMs = 5_000) {
  const crashes: string[] = []
  const plan = {
    name: 'it',
    log,
    graceMs,
    signals: ['SIGTERM', 'SIGKILL'] as const,
    spawn: () => waitForSpawn(spawn(process.execPath, ['-e', program])),
    onCrash: (text: string) => void crashes.push(text),
  }
  return { plan, crashes }
}

test('a process that ends on its own is restarted, later each time', async () => {
  const { plan, crashes } = planOf('process.exit(3)')
  const supervised = await supervise(plan)
  await vi.waitFor(() => expect(crashes.length).toBeGreaterThanOrEqual(3), { timeout: 20_000 })
  await supervised.stop()
  expect(crashes.slice(0, 3)).toEqual([
    'it ended (exit code 3); restarting it in 0.25 s',
    'it ended (exit code 3); restarting it in 0.5 s',
    'it ended (exit code 3); restarting it in 1 s',
  ])
})

test('a killed process is restarted with another pid', async () => {
  const { plan } = planOf(untilKilled)
  const supervised = await supervise(plan)
  const first = supervised.pid()
  process.kill(first ?? 0, 'SIGKILL')
  await vi.waitFor(
    () => {
      expect(supervised.pid()).not.toBeNull()
      expect(supervised.pid()).not.toBe(first)
    },
    { timeout: 20_000 },
  )
  await supervised.stop()
})

test('a stopped process stays stopped', async () => {
  const { plan, crashes } = planOf(untilKilled)
  const supervised = await supervise(plan)
  await supervised.stop()
  expect(supervised.pid()).toBeNull()
  expect(crashes).toEqual([])
})

test('a process that ignores the signal is killed after its grace period', async () => {
  const child = spawn(process.execPath, [
    '-e',
    `process.on('SIGTERM', () => {}); process.stdout.write('deaf'); ${untilKilled}`,
  ])
  await once(child.stdout, 'data')
  const { plan } = planOf('', 200)
  const supervised = await supervise({ ...plan, spawn: () => Promise.resolve(child) })
  await supervised.stop()
  expect(child.signalCode).toBe('SIGKILL')
  expect(log.tail().join()).toContain('did not stop within 0.2 s')
})

test('a log never exceeds twice its limit, and keeps the latest lines', async () => {
  const file = join(folder, 'bounded.log')
  const bounded = openBoundedLog(file, 1_000)
  for (let line = 0; line < 200; line++) bounded.write(Buffer.from(`line ${line}\n`))
  bounded.close()
  const sizes = await Promise.all([file, `${file}.1`].map(async (path) => (await stat(path)).size))
  expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000)
  expect(await readFile(file, 'utf8')).toMatch(/line 199\n$/)
  expect(bounded.tail().at(-1)).toBe('line 199')
})
