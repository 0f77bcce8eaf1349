import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, constants, stat, statfs } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { errorMessage, type DoctorCheck, type DoctorFinding } from '@goalpost/contracts'
import { readCodeRevision } from './code-revision.ts'
import { readConfig } from './config.ts'
import { neededBytes } from './data-folder.ts'
import { findDatabaseAccount } from './postgres/account.ts'
import { findBinaryPackage } from './postgres/binaries.ts'

const workerDoctor = fileURLToPath(new URL('../../worker/src/doctor/main.ts', import.meta.url))
const comfortableBytes = 4 * neededBytes

/** Checks what the embedded service needs, then lets the worker check the engines. Changes nothing. */
async function examine(dataFolder: string): Promise<void> {
  tell({ type: 'revision', revision: await readCodeRevision() })
  for (const check of await checkFolder(dataFolder)) tell({ type: 'check', check })
  tell({ type: 'check', check: await checkPostgres() })
  for (const check of await checkSharedMemory()) tell({ type: 'check', check })
  const worker = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', workerDoctor], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code] = await once(worker, 'exit')
  if (code !== 0) process.exitCode = 1
}

/** A missing folder would be created in its nearest existing parent. */
async function checkFolder(path: string): Promise<DoctorCheck[]> {
  const name = 'data folder'
  const existing = await nearestExisting(path)
  const where = existing === path ? path : `${path} (will be created in ${existing})`
  const elsewhere = 'Choose another one with --data or GOALPOST_DATA'
  try {
    if (!(await stat(existing)).isDirectory())
      return [{ name, status: 'failed', detail: `${existing} is not a folder`, remedy: elsewhere }]
    await access(existing, constants.W_OK | constants.X_OK)
  } catch {
    return [{ name, status: 'failed', detail: `${where} is not writable`, remedy: elsewhere }]
  }
  return [{ name, status: 'ok', detail: `${where} is writable` }, await checkDisk(existing)]
}

async function checkDisk(folder: string): Promise<DoctorCheck> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  const detail = `${(free / 1024 ** 3).toFixed(1)} GB are free for the data folder`
  if (free >= comfortableBytes) return { name: 'disk', status: 'ok', detail }
  const remedy = `Goalpost needs ${neededBytes / 1024 ** 2} MB to start, and checkpoints need more`
  return { name: 'disk', status: free < neededBytes ? 'failed' : 'warning', detail, remedy }
}

async function nearestExisting(path: string): Promise<string> {
  const found = await stat(path).then(
    () => true,
    () => false,
  )
  return found || dirname(path) === path ? path : nearestExisting(dirname(path))
}

async function checkPostgres(): Promise<DoctorCheck> {
  const name = 'PostgreSQL'
  try {
    const { version, platform } = await findBinaryPackage()
    const account = await findDatabaseAccount(process.getuid?.())
    const user = account === null ? 'you' : `the user ${account.name}`
    return { name, status: 'ok', detail: `${version} for ${platform} is installed, and will run as ${user}` }
  } catch (error) {
    const remedy = 'Or set DATABASE_URL and run API and worker separately: docs/operations.md'
    return { name, status: 'failed', detail: errorMessage(error), remedy }
  }
}

const sharedMemory = '/dev/shm'
const leastSharedBytes = 64 * 1024 ** 2

/** PostgreSQL shares memory between its processes through files there. Other systems than Linux have no such folder. */
async function checkSharedMemory(): Promise<DoctorCheck[]> {
  const found = await statfs(sharedMemory).catch(() => null)
  if (found === null) return []
  const name = 'shared memory'
  const free = found.bavail * found.bsize
  const detail = `${Math.floor(free / 1024 ** 2)} MB are free in ${sharedMemory}`
  if (free >= leastSharedBytes) return [{ name, status: 'ok', detail }]
  const remedy = 'PostgreSQL may need 64 MB. Free or enlarge it; in Docker: --shm-size=256m'
  return [{ name, status: 'warning', detail, remedy }]
}

/** One JSON object per line on standard output. */
function tell(finding: DoctorFinding): void {
  process.stdout.write(`${JSON.stringify(finding)}\n`)
}

const { argv, env } = process
await examine(readConfig({ args: argv.slice(2), env, uid: process.getuid?.(), home: homedir() }).dataFolder)
