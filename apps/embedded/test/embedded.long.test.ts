import type { ChildProcess } from 'node:child_process'
import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { FromSupervisor, ServiceFile } from '@goalpost/contracts'
import { fromSupervisor } from '@goalpost/contracts'
import { commandLine, isAlive } from '../src/processes/identify.ts'

const program = new URL('../src/main.ts', import.meta.url)
const patience = { timeout: 60_000, interval: 50 }

let place = ''
const supervisors = new Set<ChildProcess>()
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'goalpost-embedded-'))
  await chmod(place, 0o755)
})
afterEach(async () => {
  for (const supervisor of supervisors) await stop(supervisor)
})
afterAll(() => rm(place, { recursive: true, force: true }))

type Started = { readonly supervisor: ChildProcess; readonly answer: FromSupervisor }

/** Starts the program like the CLI, and waits for its message. */
async function start(folder: string, flags: readonly string[] = ['--port=0', '--workers=1']): Promise<Started> {
  const supervisor = fork(program, [`--data=${folder}`, ...flags], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  supervisors.add(supervisor)
  const answer = await new Promise<FromSupervisor>((resolve) => {
    supervisor.on('message', (message) => {
      const parsed = fromSupervisor.parse(message)
      if (parsed.type === 'ready' || parsed.type === 'failed') resolve(parsed)
    })
  })
  return { supervisor, answer }
}

async function startService(
  folder: string,
  flags?: readonly string[],
): Promise<{ supervisor: ChildProcess; service: ServiceFile; notes: readonly string[] }> {
  const { supervisor, answer } = await start(folder, flags)
  if (answer.type !== 'ready') throw new Error(JSON.stringify(answer))
  return { supervisor, service: answer.service, notes: answer.notes }
}

async function stop(supervisor: ChildProcess): Promise<void> {
  supervisors.delete(supervisor)
  if (supervisor.exitCode !== null || supervisor.signalCode !== null) return
  supervisor.kill('SIGTERM')
  await once(supervisor, 'exit')
}

/** Every process below a pid: pid → command line. */
async function descendants(pid: number): Promise<Map<number, string>> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args='])
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [])
  const found = new Map<number, string>()
  const parents = [pid]
  for (let parent = parents.pop(); parent !== undefined; parent = parents.pop()) {
    for (const [, child, of, command] of rows) {
      if (Number(of) !== parent) continue
      found.set(Number(child), command ?? '')
      parents.push(Number(child))
    }
  }
  return found
}

async function findProcess(supervisor: ChildProcess, part: string): Promise<number> {
  const [pid] = [...(await descendants(supervisor.pid ?? 0))].find(([, command]) => command.includes(part)) ?? []
  if (pid === undefined) throw new Error(`there is no ${part}`)
  return pid
}

async function status(service: ServiceFile, path: string): Promise<number> {
  const key = (await readFile(service.keyFile, 'utf8')).trim()
  return fetch(`${service.url}${path}`, { headers: { authorization: `Bearer ${key}` } }).then(
    (response) => response.status,
    () => 0,
  )
}

test('up, down and up again: everything stops in order, and the key still works', async () => {
  const folder = join(place, 'twice')
  const first = await startService(folder)
  expect(await status(first.service, '/v1/experiments')).toBe(200)
  expect((await fetch(`${first.service.url}/v1/experiments`)).status).toBe(401)
  const key = await readFile(first.service.keyFile, 'utf8')
  const salt = await readFile(join(folder, 'salt'), 'utf8')
  expect(salt.trim().length).toBeGreaterThanOrEqual(32)
  for (const secret of ['api-key', 'database-password', 'salt', 'service.json'])
    expect((await stat(join(folder, secret))).mode & 0o777).toBe(0o600)
  expect((await stat(join(folder, 'database'))).mode & 0o777).toBe(0o700)

  const running = [...(await descendants(first.supervisor.pid ?? 0)).keys()]
  expect(running.length).toBeGreaterThanOrEqual(3)
  await stop(first.supervisor)
  expect(first.supervisor.exitCode).toBe(0)
  await vi.waitFor(() => expect(running.filter(isAlive)).toEqual([]), patience)
  await expect(stat(join(folder, 'service.json'))).rejects.toThrow('ENOENT')
  await expect(stat(join(folder, 'lock'))).rejects.toThrow('ENOENT')
  expect(await readFile(join(folder, 'logs', 'database.log'), 'utf8')).toMatch(/database system is shut down\n$/)

  const second = await startService(folder)
  expect(await readFile(second.service.keyFile, 'utf8')).toBe(key)
  expect(await readFile(join(folder, 'salt'), 'utf8')).toBe(salt)
  expect(await status(second.service, '/v1/experiments')).toBe(200)
})

test('a folder in use, a port in use and a folder that cannot be written each give one line and an exit code', async () => {
  const folder = join(place, 'refusals')
  const { supervisor, service } = await startService(folder, ['--port=0', '--workers=0'])
  const again = await start(folder)
  expect(again.answer).toEqual({
    type: 'failed',
    code: 'state-conflict',
    message: `The data folder ${folder} is in use by a running service (pid ${supervisor.pid}, at ${service.url})`,
  })
  const port = await start(join(place, 'other'), [`--port=${new URL(service.url).port}`])
  expect(port.answer).toMatchObject({
    code: 'state-conflict',
    message: expect.stringContaining('is in use by another program'),
  })
  const unwritable = await start('/proc/goalpost')
  expect(unwritable.answer).toMatchObject({
    code: 'invalid-request',
    message: expect.stringContaining('is not writable'),
  })
  const file = await start(join(folder, 'api-key'))
  expect(file.answer).toMatchObject({ code: 'invalid-request', message: expect.stringContaining('is not a folder') })
  const refused = [again, port, unwritable, file]
  await vi.waitFor(() => expect(refused.map((one) => one.supervisor.exitCode)).toEqual([5, 5, 2, 2]), patience)
  expect(await status(service, '/v1/experiments')).toBe(200)
})

test('kill -9 of the supervisor: all its processes end on their own, and nothing is lost', async () => {
  const folder = join(place, 'killed')
  const { supervisor, service } = await startService(folder)
  const running = await descendants(supervisor.pid ?? 0)
  const commands = [...running.values()].join('\n')
  for (const part of ['postgres -D', 'goalpost-database-guard', 'api/src/main.ts', 'worker/src/main.ts'])
    expect(commands).toContain(part)
  supervisor.kill('SIGKILL')
  await vi.waitFor(() => expect([...running.keys()].filter(isAlive)).toEqual([]), patience)
  expect(await readFile(join(folder, 'logs', 'database.log'), 'utf8')).not.toContain('was not properly shut down')

  const next = await startService(folder)
  expect(await readFile(next.service.keyFile, 'utf8')).toBe(await readFile(service.keyFile, 'utf8'))
  expect(await status(next.service, '/v1/experiments')).toBe(200)
  expect(await readFile(join(folder, 'logs', 'database.log'), 'utf8')).not.toContain('was not properly shut down')
})

test('kill -9 of the supervisor and a start on the same port at once: it serves, and old processes are gone', async () => {
  const folder = join(place, 'killed-and-started')
  const { supervisor, service } = await startService(folder)
  const running = [...(await descendants(supervisor.pid ?? 0)).keys()]
  supervisor.kill('SIGKILL')
  await once(supervisor, 'exit')
  const next = await startService(folder, [`--port=${new URL(service.url).port}`, '--workers=1'])
  expect(next.service.url).toBe(service.url)
  expect(await status(next.service, '/v1/experiments')).toBe(200)
  await vi.waitFor(() => expect(running.filter(isAlive)).toEqual([]), patience)
  expect(await status(next.service, '/v1/experiments')).toBe(200)
})

test('a database that neither ends on its own nor is stopped is ended by the next start', async () => {
  const folder = join(place, 'left-behind')
  const { supervisor } = await startService(folder, ['--port=0', '--workers=0'])
  const postgres = await findProcess(supervisor, 'postgres -D')
  process.kill(await findProcess(supervisor, 'goalpost-database-guard'), 'SIGKILL')
  supervisor.kill('SIGKILL')
  await once(supervisor, 'exit')
  expect(await commandLine(postgres)).toContain(folder)
  const next = await startService(folder, ['--port=0', '--workers=0'])
  // Not `isAlive`: an ended process without a parent stays a zombie until init collects it, which may take a while.
  expect(await commandLine(postgres)).toBeNull()
  expect(await status(next.service, '/v1/experiments')).toBe(200)
  expect(await readFile(join(folder, 'logs', 'database.log'), 'utf8')).toContain(
    'stopped the database that was left running',
  )
})

test('kill -9 of database, API and worker, one after the other: each is restarted', async () => {
  const { supervisor, service } = await startService(join(place, 'crashes'))
  for (const part of ['api/src/main.ts', 'worker/src/main.ts', 'postgres -D']) {
    const pid = await findProcess(supervisor, part)
    process.kill(pid, 'SIGKILL')
    await vi.waitFor(async () => expect(await findProcess(supervisor, part)).not.toBe(pid), patience)
    await vi.waitFor(async () => expect(await status(service, '/v1/experiments')).toBe(200), patience)
  }
})

test('when its parent process has ended, it stops', async () => {
  const folder = join(place, 'left')
  const { supervisor } = await startService(folder, ['--port=0', '--workers=0'])
  supervisor.disconnect()
  await once(supervisor, 'exit')
  expect(supervisor.exitCode).toBe(0)
  await expect(stat(join(folder, 'lock'))).rejects.toThrow('ENOENT')
})

test.runIf(process.getuid?.() === 0)(
  'below a home with mode 0700 root’s database is stored elsewhere, and found there again',
  async () => {
    const home = await mkdtemp(join(tmpdir(), 'goalpost-home-'))
    const folder = join(home, 'data')
    try {
      const first = await startService(folder, ['--port=0', '--workers=0'])
      expect(first.notes.join()).toContain('the database is in')
      await stop(first.supervisor)
      const second = await startService(folder, ['--port=0', '--workers=0'])
      expect(second.notes).toEqual(first.notes)
      await stop(second.supervisor)
    } finally {
      const elsewhere = await readFile(join(folder, 'database-place'), 'utf8').catch(() => '')
      if (elsewhere.trim().includes('/databases/')) await rm(elsewhere.trim(), { recursive: true, force: true })
      await rm(home, { recursive: true, force: true })
    }
  },
)
