import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRedisMock } from 'js-redis-server'

export type TestRedis = { readonly url: string; close(): Promise<void> }

/** A real `redis-server` if the machine has one, else its reimplementation in JavaScript. */
export const hasRedisServer = spawnSync('redis-server', ['--version']).status === 0

export async function startTestRedis(): Promise<TestRedis> {
  if (hasRedisServer) return startRedisServer()
  const mock = await createRedisMock()
  return { url: `redis://127.0.0.1:${mock.port}`, close: () => mock.close() }
}

/** `more`: further settings, which override ours, such as `--maxmemory-policy allkeys-lru`. Needs `redis-server`. */
export async function startRedisServer(more: readonly string[] = []): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'goalpost-redis-'))
  const port = await freePort()
  const settings = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--maxmemory-policy',
    'noeviction',
    '--save',
    '',
    ...more,
  ]
  const child = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const chunk of child.stdout) if (String(chunk).includes('Ready to accept connections')) break
  return {
    url: `redis://127.0.0.1:${port}`,
    async close() {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
      await rm(folder, { recursive: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
