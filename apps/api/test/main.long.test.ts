import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { startTestDatabase, type TestDatabase } from '@goalpost/testing'
import { createClient } from '@goalpost/client'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { portOf } from './harness.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const key = `gp_${'k'.repeat(40)}`
const running = new Set<ChildProcess>()
let database: TestDatabase
let folder: string

beforeAll(async () => {
  // Empty: the program migrates it.
  database = await startTestDatabase({ prepare: async () => undefined, template: 'empty' })
  folder = await mkdtemp(join(tmpdir(), 'goalpost-api-'))
})
afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

function start(change: Record<string, string | undefined> = {}, stdio: 'ignore' | 'ipc' = 'ignore') {
  const env = {
    DATABASE_URL: database.url,
    ARTIFACTS_URL: pathToFileURL(folder).href,
    GOALPOST_BOOTSTRAP_KEY: key,
    ...change,
  }
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'pipe', stdio] }) as ChildProcess & {
    stderr: Readable
  }
  running.add(child)
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  // Not `close`: it is never emitted if this side has closed the channel.
  const ended = Promise.all([once(child, 'exit'), once(child.stderr, 'close')]).then(([[code]]) => {
    running.delete(child)
    return {
      code,
      lines: errors
        .trimEnd()
        .split('\n')
        .filter((line) => line !== ''),
    }
  })
  return { child, ended }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const port = portOf(probe)
  probe.close()
  await once(probe, 'close')
  return port
}

async function startServing() {
  const port = await freePort()
  const program = start({ PORT: String(port) }, 'ipc')
  const client = createClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey: key })
  await vi.waitFor(() => client.ready(), { timeout: 30_000, interval: 100 })
  return { ...program, client, port }
}

test('without any key, each start prints a link, and the first that is opened gives an operator’s key, once', async () => {
  const own = await startTestDatabase({ prepare: async () => undefined, template: 'empty' })
  const settings = {
    DATABASE_URL: own.url,
    GOALPOST_BOOTSTRAP_KEY: undefined,
    GOALPOST_PUBLIC_URL: 'https://goalpost.example',
  }
  const startLinked = async () => {
    const port = await freePort()
    const { child, ended } = start({ ...settings, PORT: String(port) })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const link = await vi.waitFor(
      () => /https:\/\/goalpost\.example\/join#(\S+)\n/.exec(said)?.[1] ?? expect.fail(said),
      {
        timeout: 30_000,
      },
    )
    return { port, child, ended, link }
  }
  const accept = (port: number, token: string) =>
    fetch(`http://127.0.0.1:${port}/v1/invitations/accept`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    })
  try {
    const [first, second] = [await startLinked(), await startLinked()]
    const answer = await accept(first.port, second.link)
    expect(answer.status).toBe(201)
    const { secret } = (await answer.json()) as { readonly secret: string }
    const client = createClient({ baseUrl: `http://127.0.0.1:${first.port}`, apiKey: secret })
    // Only an operator sees all workspaces.
    expect((await client.workspaces()).items.map(({ name }) => name)).toEqual(['default'])
    expect((await accept(first.port, second.link)).status).toBe(401)
    expect((await accept(first.port, first.link)).status).toBe(401)
    first.child.kill('SIGTERM')
    expect(await first.ended).toMatchObject({ code: 0 })
    const port = await freePort()
    const third = start({ ...settings, PORT: String(port) })
    const again = createClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey: secret })
    await vi.waitFor(() => again.ready(), { timeout: 30_000, interval: 100 })
    for (const child of [second.child, third.child]) child.kill('SIGTERM')
    expect((await third.ended).lines).toEqual([])
    await second.ended
  } finally {
    for (const child of running) child.kill('SIGKILL')
    await own.close()
  }
})

test('migrates, makes the first key, serves, and shuts down cleanly when asked to', async () => {
  const { client, child, ended } = await startServing()
  expect((await client.protocols()).items.length).toBeGreaterThan(0)
  expect((await client.experiments()).items).toEqual([])
  child.kill('SIGTERM')
  expect(await ended).toEqual({ code: 0, lines: [] })
})

test('ends when its parent program has ended', async () => {
  const { child, ended } = await startServing()
  child.disconnect()
  expect((await ended).code).toBe(0)
})

describe('each reason why it cannot start gives one clear line and an exit code', () => {
  test('a port in use', async () => {
    const { port } = await startServing()
    const second = await start({ PORT: String(port) }).ended
    expect(second).toEqual({ code: 5, lines: [`Port ${port} on 127.0.0.1 is in use: free it, or set PORT`] })
  })
  test('a missing database', async () => {
    const { ended } = start({ DATABASE_URL: 'postgresql://x@127.0.0.1:1/x', GOALPOST_DATABASE_WAIT: '1' })
    expect(await ended).toEqual({ code: 6, lines: ['The database cannot be reached (tried for 1 s)'] })
  })
  test('missing or wrong variables', async () => {
    const { code, lines } = await start({ DATABASE_URL: undefined, PORT: 'http' }).ended
    expect(code).toBe(2)
    expect(lines).toEqual([expect.stringMatching(/^DATABASE_URL is missing: .*; PORT must be a whole number .*$/)])
  })
  test('a salt that could be guessed, and a missing one', async () => {
    const short = await start({ GOALPOST_SUITE_SALT: 'hunter2' }).ended
    expect([short.code, short.lines.length]).toEqual([2, 1])
    expect(short.lines[0]).toMatch(/GOALPOST_SUITE_SALT must have at least 32 characters, and has 7/)
    expect(short.lines[0]).not.toContain('hunter2')
    const lost = await start({ GOALPOST_SUITE_SALT: 'file:///nowhere/salt' }).ended
    expect(lost).toEqual({ code: 2, lines: ['The file of GOALPOST_SUITE_SALT cannot be read: ENOENT'] })
  })
  test('no place for artifacts', async () => {
    const { code, lines } = await start({ ARTIFACTS_URL: 'ftp://somewhere' }).ended
    expect([code, lines.length]).toEqual([2, 1])
  })
})
