import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { modelProgram } from '../model-program.ts'
import { confined, type Sandbox } from './confined.ts'
import { trySandboxes } from './find-sandbox.ts'
import { nameEnd } from './name-end.ts'
import { sandboxesHere } from '../../../test/sandboxes-here.ts'

const opened = new AsyncDisposableStack()
let secret: string
let port: number

beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'secret-'))
  opened.defer(() => rm(folder, { recursive: true }))
  secret = path.join(folder, 'secret')
  await writeFile(secret, 'secret')
  const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  opened.defer(() => void server.close())
  port = (server.address() as AddressInfo).port
})
afterAll(() => opened.disposeAsync())

/** What a program can do: read another file, write beside it, connect, signal the process that started it. */
async function attempts(sandbox: Sandbox, flags: readonly string[] = []): Promise<readonly string[]> {
  const script = `
    const fs = require('node:fs'), done = []
    const attempt = (name, act) => { try { act(); done.push(name) } catch {} }
    attempt('read', () => fs.readFileSync(${JSON.stringify(secret)}))
    attempt('write', () => fs.writeFileSync(${JSON.stringify(`${secret}-2`)}, ''))
    attempt('signal', () => process.kill(${process.pid}, 0))
    const socket = require('node:net').connect(${port}, '127.0.0.1', () => { done.push('connect'); socket.destroy() })
    socket.on('error', () => {}).on('close', () => console.log('did ' + done.join(' ')))`
  const { program } = modelProgram('0')
  const { command, args } = confined(sandbox, { program, args: [...flags, '--eval', script], readable: [] })
  // Not spawnSync, which would keep the server from answering.
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore', 'ignore', 'pipe'], env: {} })
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await once(child, 'close')
  expect(output).toMatch(/^did/)
  return output.trim().split(' ').slice(1)
}

const allowed = {
  none: ['read', 'write', 'signal', 'connect'],
  'network-namespace': ['read', 'write', 'signal'],
  bubblewrap: [],
} as const

const here = sandboxesHere()

test('the strongest sandbox that the machine allows is found', () => {
  expect(trySandboxes().sandbox).toBe(here[0])
})

test.each([
  ['exit 3', 'bwrap printed no reason and ended with exit code 3'],
  ['kill -9 $$', 'bwrap printed no reason and ended with SIGKILL'],
  ['echo "No permissions" >&2; exit 1', 'No permissions'],
])('why a sandbox does not work, if all that it does is `%s`', async (act, reason) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'sandbox-'))
  opened.defer(() => rm(folder, { recursive: true }))
  await writeFile(path.join(folder, 'bwrap'), `#!/bin/sh\n${act}\n`, { mode: 0o755 })
  vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`)
  const { refusals } = trySandboxes()
  vi.unstubAllEnvs()
  expect(refusals[0]).toEqual({ sandbox: 'bubblewrap', reason })
})

test.each(here)('what a program can do in the sandbox %s', async (sandbox) => {
  expect(await attempts(sandbox)).toEqual(allowed[sandbox])
})

test('in any of them, JavaScript of the program that runs models reads only its own files', async () => {
  const permissions = modelProgram('0').args.filter(
    (flag) => flag.startsWith('--permission') || flag.startsWith('--allow'),
  )
  expect(permissions.length).toBeGreaterThan(4)
  expect(await attempts('none', permissions)).toEqual(['signal', 'connect'])
})

test.each(here)('a program that ends itself by a signal in the sandbox %s', async (sandbox) => {
  const { program } = modelProgram('0')
  const { command, args } = confined(sandbox, { program, args: ['--eval', 'process.abort()'], readable: [] })
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'ignore', 'ignore', 'pipe'], env: {} })
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  expect(nameEnd(code, signal)).toMatch(/^SIG(ABRT|SEGV|TRAP|ILL)$/)
})

test('models also run where the installed packages are behind a link', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'linked-'))
  opened.defer(() => rm(folder, { recursive: true }))
  const engine = path.resolve(import.meta.dirname, '../../..')
  await cp(engine, path.join(folder, 'packages/engine'), {
    recursive: true,
    filter: (from) => !from.includes('node_modules'),
  })
  await symlink(path.resolve(engine, '../../node_modules'), path.join(folder, 'node_modules'))
  const program = `
    import { trySandboxes } from ${JSON.stringify(path.join(folder, 'packages/engine/src/imported/sandbox/find-sandbox.ts'))}
    console.log(JSON.stringify(trySandboxes()))`
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program]
  const { stdout } = spawnSync(process.execPath, flags, { encoding: 'utf8' })
  expect(JSON.parse(stdout)).toMatchObject({ sandbox: here[0] })
})
