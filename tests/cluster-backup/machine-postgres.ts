import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const versions = '/usr/lib/postgresql'

/** Where Debian has PostgreSQL with all of its tools, the newest version; null if the machine has none. */
export const machinePostgres: string | null =
  (existsSync(versions) ? readdirSync(versions) : [])
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => path.join(versions, version, 'bin'))
    .find((bin) =>
      ['postgres', 'pg_dump', 'pg_restore', 'pg_basebackup'].every((name) => existsSync(`${bin}/${name}`)),
    ) ?? null

/** Runs one of its tools, of the same version as the server; rejects with what it said if it fails. */
export async function postgresTool(name: string, ...given: readonly string[]): Promise<string> {
  if (machinePostgres === null) throw new Error('the machine has no PostgreSQL')
  const { stdout } = await run(path.join(machinePostgres, name), given, { maxBuffer: 64 << 20 })
  return stdout
}
