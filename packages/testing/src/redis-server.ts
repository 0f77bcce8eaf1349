import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRedisMock } from 'js-redis-server'
import { freePort } from './free-port.ts'

export type TestRedis = { readonly url: string; close(): Promise<void> }

export type TestRedisServer = TestRedis & {
  signal(name: NodeJS.Signals): void
  /** FLUSHALL. */
  flush(): Promise<void>
  /** SIGKILL. */
  kill(): Promise<void>
  /** Starts the killed server on the same port. What it remembers depends on its settings. */
  start(): Promise<void>
  /** Deletes what the killed server has stored. */
  forget(): Promise<void>
}

/** A real `redis-server` if the machine has one, else its reimplementation in JavaScript. */
export const hasRedisServer = spawnSync('redis-server', ['--version']).status === 0

export async function startTestRedis(): Promise<TestRedis> {
  if (hasRedisServer) return startRedisServer()
  const mock = await createRedisMock()
  return { url: `redis://127.0.0.1:${mock.port}`, close: () => mock.close() }
}

const ourSettings = ['--bind', '127.0.0.1', '--maxmemory-policy', 'noeviction', '--save', '']

/** `more`: further settings, which override ours, such as `--maxmemory-policy allkeys-lru`. Needs `redis-server`. */
export async function startRedisServer(more: readonly string[] = []): Promise<TestRedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'goalpost-redis-'))
  const port = await freePort()
  const settings = ['--port', String(port), '--dir', folder, ...ourSettings, ...more]
  let child = await run(settings)

  async function end(name: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill(name)
    await exited
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    signal: (name) => void child.kill(name),
    flush: () => flush(port),
    kill: () => end('SIGKILL'),
    async start() {
      child = await run(settings)
    },
    forget: () => rm(join(folder, 'appendonlydir'), { recursive: true, force: true }),
    async close() {
      // A stopped process does not act on SIGTERM.
      child.kill('SIGCONT')
      await end('SIGTERM')
      await rm(folder, { recursive: true })
    },
  }
}

/** Resolves with its answer. */
async function flush(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  socket.write('FLUSHALL\r\n')
  const [answer] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  if (!answer.toString().startsWith('+OK')) throw new Error(`redis-server refused: ${answer.toString()}`)
}

/** Resolves when it accepts connections. */
async function run(settings: readonly string[]): Promise<ChildProcess> {
  const child = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  for await (const chunk of child.stdout) {
    said += String(chunk)
    if (said.includes('Ready to accept connections')) return child
  }
  throw new Error(`redis-server has ended: ${said}`)
}
