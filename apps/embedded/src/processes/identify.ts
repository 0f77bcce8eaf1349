import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { systemErrorCode } from '@goalpost/contracts'

const run = promisify(execFile)

/** Whether a process of this id exists, owned by any user. Zombies count. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemErrorCode(error) === 'EPERM'
  }
}

/** When the process started, in the platform's format; null if it has ended. Detects a reused pid. */
export async function startTime(pid: number): Promise<string | null> {
  if (process.platform === 'linux') return linuxStat(pid).then((fields) => fields?.[19] ?? null)
  return run('ps', ['-o', 'lstart=', '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim() || null,
    () => null,
  )
}

/** The command line; null if the process has ended. */
export async function commandLine(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null)
    return text?.replaceAll('\0', ' ').trim() || null
  }
  return run('ps', ['-o', 'command=', '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim() || null,
    () => null,
  )
}

/** The fields of /proc/PID/stat behind the name, which may hold spaces and brackets: fields[0] is the state. */
async function linuxStat(pid: number): Promise<readonly string[] | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  if (text === null) return null
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? null : fields
}
