import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '@goalpost/testing'

export type PoolerSettings = { readonly mode: 'session' | 'transaction'; readonly poolSize: number }

export type Pooler = { readonly url: string; close(): Promise<void> }

/** PgBouncer before the server of this URL, which must accept the user without a password. */
export async function startPooler(url: string, { mode, poolSize }: PoolerSettings): Promise<Pooler> {
  const { hostname, port: serverPort, username, pathname } = new URL(url)
  const folder = await mkdtemp(path.join(tmpdir(), 'goalpost-pooler-'))
  // It does not run as root.
  await chmod(folder, 0o755)
  const port = await freePort()
  const settings = path.join(folder, 'pgbouncer.ini')
  const users = path.join(folder, 'users.txt')
  await writeFile(users, `"${username}" ""\n`)
  await writeFile(
    settings,
    `[databases]
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
`,
  )
  const account = process.getuid?.() === 0 ? ['-u', 'postgres'] : []
  const child = spawn('pgbouncer', ['-q', ...account, settings], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  await untilListening(port)
  const pooled = new URL(url)
  pooled.host = `127.0.0.1:${port}`
  return {
    url: pooled.href,
    async close() {
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
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
  throw new Error('pgbouncer does not listen: is it installed?')
}
