import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { errorMessage, GoalpostError } from '@goalpost/contracts'
import type { BoundedLog } from '../processes/bounded-log.ts'
import { findFreePort } from '../processes/free-port.ts'
import type { Supervised } from '../processes/supervise.ts'
import { describeExit, supervise } from '../processes/supervise.ts'
import type { Cluster } from './cluster.ts'
import { databaseUrl, runAs } from './cluster.ts'
import { endWithUs } from './end-with-us.ts'
import { stopOrphan } from './orphan.ts'

export type DatabaseServer = { readonly url: string; readonly process: Supervised }

const startTimeoutMs = 60_000
const portAttempts = 3

/** Starts PostgreSQL on a free port of 127.0.0.1 and keeps it there. Resolves once it accepts connections. */
export async function startDatabase(
  cluster: Cluster,
  password: string,
  events: { readonly log: BoundedLog; onCrash(text: string): void },
): Promise<DatabaseServer> {
  const { log, onCrash } = events
  for (let attempt = 1; ; attempt++) {
    const port = await findFreePort()
    try {
      const process = await supervise({
        name: 'database',
        log,
        onCrash,
        signals: ['SIGINT', 'SIGQUIT'],
        graceMs: 30_000,
        spawn: () => spawnServer(cluster, port, log),
      })
      return { url: databaseUrl(password, port), process }
    } catch (error) {
      // Another process may take the port before the server does.
      if (attempt === portAttempts || !log.tail().some((line) => line.includes('could not bind'))) throw error
    }
  }
}

async function spawnServer(cluster: Cluster, port: number, log: BoundedLog): Promise<ChildProcess> {
  const note = await stopOrphan(cluster.folder)
  if (note !== null) log.line(note)
  const child = spawn(cluster.binaries.postgres, ['-D', cluster.folder, ...settings(port)], {
    ...runAs(cluster.account),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.on('data', (chunk: Buffer) => log.write(chunk))
  endWithUs(child, cluster)
  await waitUntilReady(child, log)
  return child
}

/** Sized for one API, one worker and a queue on a laptop. No setting risks committed data. */
function settings(port: number): string[] {
  const values = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 150,
    shared_buffers: '64MB',
    // No replicas and no archive, so minimal WAL is enough for recovery.
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_wal_size: '512MB',
    // These wake up while idle. Autovacuum starts a process each time; a few minutes of growth are
    // negligible for tables of this size. Dirty pages can wait for the checkpoint.
    autovacuum_naptime: '5min',
    bgwriter_lru_maxpages: 0,
    // Our queries are short; compiling one takes longer than running it.
    jit: 'off',
    lc_messages: 'C',
    timezone: 'UTC',
    log_timezone: 'UTC',
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

async function waitUntilReady(child: ChildProcess, log: BoundedLog): Promise<void> {
  const settled = new AbortController()
  const { signal } = settled
  try {
    await Promise.race([
      new Promise<void>((resolve) => {
        child.stderr?.on('data', (chunk: Buffer) => {
          log.write(chunk)
          if (chunk.includes('ready to accept connections')) resolve()
        })
      }),
      once(child, 'exit', { signal }).then(([code, killed]) => fail(fatalLine(log) ?? describeExit(code, killed))),
      delay(startTimeoutMs, undefined, { signal }).then(() => fail(`no answer within ${startTimeoutMs / 1000} s`)),
    ])
  } catch (error) {
    child.kill('SIGQUIT')
    throw error instanceof GoalpostError ? error : fail(errorMessage(error))
  } finally {
    settled.abort()
  }
}

function fail(reason: string): never {
  if (/No space left on device|Disk quota exceeded/i.test(reason))
    throw new GoalpostError('storage-full', `The disk is full: the database did not start: ${reason}`)
  throw new GoalpostError('unavailable', `The database did not start: ${reason}`)
}

function fatalLine(log: BoundedLog): string | undefined {
  return log
    .tail()
    .findLast((line) => line.includes('FATAL'))
    ?.replace(/^.*FATAL:\s*/, '')
}
