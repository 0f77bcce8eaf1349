import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from './free-port.ts'

export type PoolerMode = 'session' | 'transaction'
export type PoolerSettings = { readonly mode: PoolerMode; readonly poolSize: number }

export type Pooler = {
  readonly url: string
  /** Starts it again at the same port; all connections are lost. */
  restart(mode: PoolerMode): Promise<void>
  close(): Promise<void>
}

/** Whether the machine has PgBouncer. */
export const hasPooler = spawnSync('pgbouncer', ['--version']).status === 0

/** PgBouncer before the server of this URL, which must accept the user without a password. */
export async function startPooler(url: string, { mode, poolSize }: PoolerSettings): Promise<Pooler> {
  const folder = await mkdtemp(path.join(tmpdir(), 'goalpost-pooler-'))
  // It does not run as root.
  await chmod(folder, 0o755)
  const port = await freePort()
  const users = path.join(folder, 'users.txt')
  await writeFile(users, `"${new URL(url).username}" ""\n`)

  async function start(startMode: PoolerMode): Promise<ChildProcess> {
    const file = path.join(folder, 'pgbouncer.ini')
    await writeFile(file, settings(url, { port, users, poolSize, mode: startMode }))
    const account = process.getuid?.() === 0 ? ['-u', 'postgres'] : []
    const started = spawn('pgbouncer', ['-q', ...account, file], { stdio: 'ignore' })
    await untilListening(port)
    return started
  }
  let child = await start(mode)

  async function end(): Promise<void> {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
  const pooled = new URL(url)
  pooled.host = `127.0.0.1:${port}`
  return {
    url: pooled.href,
    async restart(another) {
      await end()
      child = await start(another)
    },
    async close() {
      await end()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

type Settings = PoolerSettings & { readonly port: number; readonly users: string }

function settings(url: string, { mode, poolSize, port, users }: Settings): string {
  const { hostname, port: serverPort, pathname } = new URL(url)
  return `[databases]
${pathname.slice(1)} = host=${hostname} port=${serverPort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
pool_mode = ${mode}
default_pool_size = ${poolSize}
max_client_conn = 200
ignore_startup_parameters = extra_float_digits,options
`
}

async function untilListening(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const socket = connect(port, '127.0.0.1')
    const opened = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (opened) return
    await delay(100)
  }
  throw new Error('pgbouncer does not listen')
}
