import { closeSync, openSync, readFileSync, readSync, writeSync } from 'node:fs'

/**
 * Every process of a user can read the environment with which another one of that user was started (`/proc/PID/environ`),
 * also variables that were deleted since. Overwrites the values of these variables there, on Linux; in `environment`, which is
 * `process.env`, they stay as they are. False if the system does not allow that.
 */
export function hideEnvironment(names: readonly string[], environment: NodeJS.ProcessEnv): boolean {
  if (process.platform !== 'linux') return false
  for (const name of names) {
    const value = environment[name]
    // Set again, a variable has its value elsewhere.
    if (value !== undefined) environment[name] = value
  }
  try {
    overwrite(new Set(names))
    return true
  } catch {
    return false
  }
}

/** As `hideEnvironment`; where a Linux does not allow it, a warning for the log, and null elsewhere. */
export function hideSecrets(
  names: readonly string[],
  environment: NodeJS.ProcessEnv,
  hide: typeof hideEnvironment = hideEnvironment,
): string | null {
  if (hide(names, environment) || process.platform !== 'linux') return null
  return 'other processes of this user can read the secrets in the environment (/proc/PID/environ): overwriting them failed'
}

function overwrite(names: ReadonlySet<string>): void {
  const { start, end } = readRange()
  const memory = openSync('/proc/self/mem', 'r+')
  try {
    const block = Buffer.alloc(end - start)
    readSync(memory, block, 0, block.length, start)
    let offset = 0
    // In latin1, a character is a byte.
    for (const entry of block.toString('latin1').split('\0')) {
      const [name = ''] = entry.split('=', 1)
      const from = offset + name.length + 1
      offset += entry.length + 1
      if (names.has(name)) writeSync(memory, Buffer.alloc(offset - 1 - from, '*'), 0, null, start + from)
    }
  } finally {
    closeSync(memory)
  }
}

/** Where the environment of the start lies: `env_start` and `env_end` of proc(5). */
function readRange(): { start: number; end: number } {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  // The second field is the program's name in brackets, which may contain spaces; the third one follows.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [start, end] = [Number(fields[50 - 3]), Number(fields[51 - 3])]
  // The kernel tells 0 to those who may not know.
  if (!(start > 0 && end > start)) throw new Error('the environment’s place is not known')
  return { start, end }
}
