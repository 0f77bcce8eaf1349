import { createHash } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { GoalpostError, serviceFile } from '@goalpost/contracts'
import type { DataFolder } from './data-folder.ts'
import { ignoreMissing } from './data-folder.ts'
import { isAlive, startTime } from './processes/identify.ts'

export type Lock = {
  /** Whether another supervisor left the lock, whose processes may still be ending. */
  readonly inherited: boolean
  release(): Promise<void>
}

/**
 * Makes this process the folder's only supervisor, or throws `state-conflict` naming the one that has it. The lock
 * names process and start time, so that the lock of a killed supervisor is recognised even if its pid was reused.
 */
export async function acquireLock(folder: DataFolder): Promise<Lock> {
  const claim = JSON.stringify({ pid: process.pid, started: await startTime(process.pid) })
  const mine = `${folder.lockFile}.${process.pid}`
  const release = (): Promise<void> => releaseLock(folder.lockFile, claim)
  await writeFile(mine, claim, { mode: 0o600 })
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      if (await claimFile(mine, folder.lockFile)) return { inherited: false, release }
      const holder = await readFile(folder.lockFile, 'utf8').catch(ignoreMissing)
      if (holder === null) continue
      if (await isHeld(holder)) throw await inUse(folder, holder)
      if (await replaceStale(folder.lockFile, holder, mine)) return { inherited: true, release }
    }
    throw new GoalpostError('state-conflict', `Several services are starting on ${folder.path} at once; try again`)
  } finally {
    await rm(mine, { force: true })
  }
}

/** `link` is atomic and includes the content, so the lock is never empty. */
async function claimFile(mine: string, lockFile: string): Promise<boolean> {
  return link(mine, lockFile).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false
      throw error
    },
  )
}

/**
 * Replaces `file`, whose content names a process that has ended, by our claim; false if another process was faster. There
 * is one right to replace a content: a file named after it, which becomes the new lock in one step. So the lock is never
 * missing, and who has read the old content too late finds another one.
 */
async function replaceStale(file: string, stale: string, mine: string): Promise<boolean> {
  const right = `${file}.${createHash('sha256').update(stale).digest('hex').slice(0, 16)}`
  if (!(await claimFile(mine, right))) {
    const other = await readFile(right, 'utf8').catch(ignoreMissing)
    if (other === null || (await isHeld(other))) return false
    // That process was killed in between.
    if (!(await replaceStale(right, other, mine))) return false
  }
  const current = await readFile(file, 'utf8').catch(ignoreMissing)
  if (current === stale) await rename(right, file)
  else await rm(right, { force: true })
  return current === stale
}

async function releaseLock(lockFile: string, claim: string): Promise<void> {
  const current = await readFile(lockFile, 'utf8').catch(ignoreMissing)
  if (current === claim) await rm(lockFile, { force: true })
}

async function isHeld(holder: string): Promise<boolean> {
  const { pid, started } = parseHolder(holder)
  return pid > 0 && isAlive(pid) && (await startTime(pid)) === started
}

function parseHolder(text: string): { pid: number; started: string | null } {
  try {
    const { pid, started }: { pid?: unknown; started?: unknown } = JSON.parse(text)
    return { pid: typeof pid === 'number' ? pid : 0, started: typeof started === 'string' ? started : null }
  } catch {
    return { pid: 0, started: null }
  }
}

async function inUse(folder: DataFolder, holder: string): Promise<GoalpostError> {
  const text = await readFile(folder.serviceFile, 'utf8').catch(ignoreMissing)
  const url = text === null ? null : readUrl(text)
  const where = url === null ? 'it is still starting' : `at ${url}`
  const message = `The data folder ${folder.path} is in use by a running service (pid ${parseHolder(holder).pid}, ${where})`
  return new GoalpostError('state-conflict', message)
}

function readUrl(text: string): string | null {
  try {
    return serviceFile.parse(JSON.parse(text)).url
  } catch {
    return null
  }
}
