import { randomBytes } from 'node:crypto'
import {
  access,
  chmod,
  constants,
  mkdir,
  readFile,
  rename,
  rm,
  stat,
  statfs,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GoalpostError, systemErrorCode } from '@goalpost/contracts'
import { explainSystemError } from './failure.ts'

export type DataFolder = {
  readonly path: string
  readonly logs: string
  readonly artifacts: string
  /** Of hosted models. */
  readonly modelAnswers: string
  readonly lockFile: string
  readonly serviceFile: string
  readonly keyFile: string
  readonly passwordFile: string
  readonly saltFile: string
  /** From which the key of receipts is derived. */
  readonly receiptSecretFile: string
  /** There while a backup is being restored. */
  readonly restoringFile: string
}

/** The free space needed to start. */
export const neededBytes = 300 * 1024 * 1024

/** Creates the folder and its subfolders; throws one clear error on failure. */
export async function openDataFolder(path: string): Promise<DataFolder> {
  const folder = describeDataFolder(path)
  try {
    await makeEnterable(path)
    await mkdir(folder.logs, { recursive: true, mode: 0o700 })
    await mkdir(folder.artifacts, { recursive: true, mode: 0o700 })
    await access(path, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw explainSystemError(error, path)
  }
  await refuseFullDisk(path)
  return folder
}

export function describeDataFolder(path: string): DataFolder {
  return {
    path,
    logs: join(path, 'logs'),
    artifacts: join(path, 'artifacts'),
    modelAnswers: join(path, 'model-answers'),
    lockFile: join(path, 'lock'),
    serviceFile: join(path, 'service.json'),
    keyFile: join(path, 'api-key'),
    passwordFile: join(path, 'database-password'),
    saltFile: join(path, 'salt'),
    receiptSecretFile: join(path, 'receipt-secret'),
    restoringFile: join(path, 'restoring'),
  }
}

/** New folders can be entered but not listed, for the database's user. Existing folders are unchanged. */
async function makeEnterable(path: string): Promise<void> {
  if (await makeFolder(path)) await chmod(path, 0o711)
  if (!(await stat(path)).isDirectory())
    throw new GoalpostError('invalid-request', `The data folder ${path} is not a folder`)
}

/**
 * Creates the folder and its parents; returns whether it was new. Node's recursive mkdir never returns if the system
 * reports a folder as missing below an existing one, as Linux does in /proc.
 */
async function makeFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path)
    return true
  } catch (error) {
    const code = systemErrorCode(error)
    if (code === 'EEXIST') return false
    if (code !== 'ENOENT' || (await stat(dirname(path)).catch(ignoreMissing)) !== null) throw error
    await makeFolder(dirname(path))
    return makeFolder(path)
  }
}

async function refuseFullDisk(path: string): Promise<void> {
  const { bavail, bsize } = await statfs(path)
  if (bavail * bsize >= neededBytes) return
  const free = Math.round((bavail * bsize) / 1024 / 1024)
  throw new GoalpostError(
    'storage-full',
    `Only ${free} MB are free for the data folder ${path}; Goalpost needs 300 MB to start`,
  )
}

/** Reads a secret that only the owner may read, creating it on first use. */
export async function readOrCreateSecret(file: string, prefix = ''): Promise<string> {
  const existing = await readFile(file, 'utf8').catch(ignoreMissing)
  if (existing !== null && existing.trim() !== '') return existing.trim()
  const secret = prefix + randomBytes(32).toString('base64url')
  await writeFileAtomically(file, `${secret}\n`)
  return secret
}

/** Never leaves a partial file. */
export async function writeFileAtomically(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}.new`
  await rm(temporary, { force: true })
  await writeFile(temporary, text, { mode: 0o600, flag: 'wx', flush: true })
  await rename(temporary, file)
}

/** Keeps owner and mode, which a new file would not have. */
export async function overwriteInPlace(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'r+', flush: true })
  await truncate(file, Buffer.byteLength(text))
}

export function ignoreMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
