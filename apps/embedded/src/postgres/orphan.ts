import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { GoalpostError } from '@goalpost/contracts'
import { ignoreMissing, overwriteInPlace } from '../data-folder.ts'
import { commandLine, isAlive } from '../processes/identify.ts'

const graceMs = { fast: 15_000, immediate: 10_000 }

/** A pid that no process has: the largest that PostgreSQL can read. */
const impossiblePid = 2_147_483_646

/**
 * Stops the server that a killed supervisor left running on this cluster. Call it while holding the folder's lock.
 * Returns what was done, for the log.
 */
export async function stopOrphan(clusterFolder: string): Promise<string | null> {
  const file = join(clusterFolder, 'postmaster.pid')
  const text = await readFile(file, 'utf8').catch(ignoreMissing)
  const pid = Number.parseInt(text ?? '', 10)
  if (text === null || !(pid > 0) || !isAlive(pid)) return null
  if (!(await serves(pid, clusterFolder))) {
    // The pid now belongs to another process. If that process had the server's user, PostgreSQL would refuse to start.
    // The rest of the file stays, as it names the shared memory whose use PostgreSQL checks.
    await overwriteInPlace(file, text.replace(/^\d+/, String(impossiblePid)))
    return `pid ${pid} in ${file} now belongs to another program`
  }
  process.kill(pid, 'SIGINT')
  if (await endsWithin(pid, graceMs.fast)) return `stopped the database that was left running (pid ${pid})`
  process.kill(pid, 'SIGQUIT')
  if (await endsWithin(pid, graceMs.immediate)) return `forced the database that was left running to stop (pid ${pid})`
  throw new GoalpostError(
    'unavailable',
    `A database process (pid ${pid}) still runs on ${clusterFolder} and cannot be stopped`,
  )
}

async function serves(pid: number, clusterFolder: string): Promise<boolean> {
  const command = await commandLine(pid)
  return command !== null && command.includes('postgres') && command.includes(clusterFolder)
}

async function endsWithin(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs
  while (isAlive(pid) && (await commandLine(pid)) !== null) {
    if (performance.now() > deadline) return false
    await delay(20)
  }
  return true
}
