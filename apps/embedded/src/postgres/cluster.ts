import { execFile, spawn } from 'node:child_process'
import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { GoalpostError } from '@goalpost/contracts'
import { ignoreMissing } from '../data-folder.ts'
import type { DatabaseAccount } from './account.ts'
import type { PostgresBinaries } from './binaries.ts'

export type Cluster = {
  readonly folder: string
  readonly binaries: PostgresBinaries
  readonly account: DatabaseAccount | null
}

export const databaseUser = 'goalpost'

export function databaseUrl(password: string, port: number): string {
  return `postgresql://${databaseUser}:${password}@127.0.0.1:${port}/postgres`
}

/** The only variables passed to PostgreSQL; a user's PGDATA or LC_ALL must not reach it. */
export const databaseEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } as const

/** Creates the cluster on first use. An interrupted creation is repeated. */
export async function openCluster(home: string, cluster: Omit<Cluster, 'folder'>, password: string): Promise<Cluster> {
  const opened = { ...cluster, folder: join(home, 'cluster') }
  const version = await readFile(join(opened.folder, 'PG_VERSION'), 'utf8').catch(ignoreMissing)
  if (version === null) await createCluster(home, opened, password)
  else await refuseOtherVersion(opened, version.trim())
  return opened
}

async function createCluster(home: string, cluster: Cluster, password: string): Promise<void> {
  const unfinished = join(home, 'cluster.unfinished')
  const passwordFile = join(home, 'initial-password')
  await rm(unfinished, { recursive: true, force: true })
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  if (cluster.account !== null) await chown(passwordFile, cluster.account.uid, cluster.account.gid)
  try {
    await runInitdb(cluster, unfinished, passwordFile)
    await rename(unfinished, cluster.folder)
  } finally {
    await rm(passwordFile, { force: true })
  }
}

async function runInitdb(cluster: Cluster, target: string, passwordFile: string): Promise<void> {
  const { code, output } = await runToEnd(cluster, [
    `--pgdata=${target}`,
    `--username=${databaseUser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ])
  if (code === 0) return
  if (output.includes('No space left on device')) {
    throw new GoalpostError('storage-full', `The disk is full: no room for the database in ${target}`)
  }
  const reason = output.split('\n').find((line) => line.includes('error:')) ?? output.trim().split('\n').at(-1)
  throw new GoalpostError('unavailable', `The database could not be created in ${target}: ${reason}`)
}

function runToEnd(cluster: Cluster, parameters: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(cluster.binaries.initdb, parameters, {
      ...runAs(cluster.account),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}

/** The server's working folder must be one that its user may enter. */
export function runAs(account: DatabaseAccount | null) {
  const identity = account === null ? {} : { uid: account.uid, gid: account.gid }
  return { ...identity, cwd: '/', env: databaseEnvironment }
}

async function refuseOtherVersion(cluster: Cluster, found: string): Promise<void> {
  const { stdout } = await promisify(execFile)(cluster.binaries.postgres, ['--version'])
  const expected = /(\d+)\./.exec(stdout)?.[1]
  if (found === expected) return
  const message = `The database in ${cluster.folder} was created by PostgreSQL ${found}, this is ${expected}; start with another --data, or move the folder away`
  throw new GoalpostError('state-conflict', message)
}
