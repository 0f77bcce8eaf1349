import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { serviceFile, type ServiceFile } from '@goalpost/contracts'
import { createClient, type Client } from '@goalpost/client'

/** The all-in-one service in a folder of its own, as `goalpost up` starts it, and a view of its processes. */
export type Embedded = {
  readonly folder: string
  start(): Promise<{ client: Client; service: ServiceFile; apiKey: string }>
  /** Process ids of what runs one of our programs below the supervisor, e.g. `worker/src/main.ts`. */
  pids(program: string): number[]
  /** Of the running database, by its password file and its command line. */
  databaseUrl(): string
  /** SIGKILL for the supervisor and everything below it, the database included. */
  killEverything(): Promise<void>
  stop(): Promise<void>
  remove(): void
}

const root = path.resolve(import.meta.dirname, '..')

/** In a new folder, unless one is named. */
export function createEmbedded(settings: { workers: number; env?: Record<string, string>; folder?: string }): Embedded {
  const folder = settings.folder ?? mkdtempSync(path.join(tmpdir(), 'goalpost-service-'))
  let supervisor: ChildProcess | undefined

  async function start() {
    const program = path.join(root, 'apps/embedded/src/main.ts')
    const args = [program, '--data', folder, '--port', '0', '--workers', String(settings.workers)]
    rmSync(path.join(folder, 'service.json'), { force: true })
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...settings.env },
    })
    supervisor = child
    const said = collect(child)
    await waitUntil('the service is up', () => {
      if (child.exitCode !== null) throw new Error(`the service ended with ${child.exitCode}: ${said()}`)
      return existsSync(path.join(folder, 'service.json'))
    })
    const service = serviceFile.parse(JSON.parse(readFileSync(path.join(folder, 'service.json'), 'utf8')))
    const apiKey = readFileSync(service.keyFile, 'utf8').trim()
    return { service, apiKey, client: createClient({ baseUrl: service.url, apiKey }) }
  }

  return {
    folder,
    start,
    pids: (program) => descendants(supervisor?.pid ?? 0).filter((pid) => commandOf(pid).includes(program)),
    databaseUrl: () => findDatabase(supervisor?.pid ?? 0, folder),
    async killEverything() {
      const pids = [supervisor?.pid ?? 0, ...descendants(supervisor?.pid ?? 0)]
      for (const pid of pids) signal(pid, 'SIGKILL')
      await waitUntil('everything is dead', () => pids.every((pid) => !isAlive(pid)))
    },
    async stop() {
      if (supervisor === undefined || supervisor.exitCode !== null || supervisor.signalCode !== null) return
      supervisor.kill('SIGTERM')
      await waitUntil('the service has stopped', () => supervisor?.exitCode !== null || supervisor.signalCode !== null)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Looks again every few milliseconds until it is true; rejects after the limit with what was waited for. */
export async function waitUntil(
  what: string,
  isTrue: () => boolean | Promise<boolean>,
  limitMs = 60_000,
  everyMs = 25,
): Promise<void> {
  const deadline = performance.now() + limitMs
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error(`waited ${limitMs / 1000} s in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}

function collect(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return () => text
}

function findDatabase(supervisor: number, folder: string): string {
  const commands = descendants(supervisor).map(commandOf)
  const port = commands.map((command) => /postgres -D .*\bport=(\d+)/.exec(command)?.[1]).find(Boolean)
  if (port === undefined) throw new Error('no database runs below the service')
  const password = readFileSync(path.join(folder, 'database-password'), 'utf8').trim()
  return `postgresql://goalpost:${password}@127.0.0.1:${port}/postgres`
}

export function descendants(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)] as const)
  const below = (parent: number): number[] =>
    parents.filter(([, its]) => its === parent).flatMap(([child]) => [child, ...below(child)])
  return below(pid)
}

/** The fourth field of stat, counted behind the name in brackets, which may hold anything. */
function parentOf(pid: string): number {
  const stat = readProc(pid, 'stat')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0)
}

export function isAlive(pid: number): boolean {
  const stat = readProc(String(pid), 'stat')
  return stat !== '' && stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z'
}

const commandOf = (pid: number) => readProc(String(pid), 'cmdline').replaceAll('\0', ' ')

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
