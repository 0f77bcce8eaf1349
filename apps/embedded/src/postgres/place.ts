import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { DataFolder } from '../data-folder.ts'
import { ignoreMissing, writeFileAtomically } from '../data-folder.ts'
import type { DatabaseAccount } from './account.ts'

export type DatabasePlace = {
  /** The folder whose subfolder `cluster` holds PostgreSQL's data. */
  readonly home: string
  /** A note for the user if the database is not in the data folder. */
  readonly note: string | null
}

/**
 * The database is in the data folder, unless its user cannot enter it (root's home has mode 0700). Then it gets a
 * folder below `stateRoot`, which the data folder records, so that it may be renamed without losing it.
 */
export async function findDatabasePlace(
  folder: DataFolder,
  account: DatabaseAccount | null,
  stateRoot: string,
): Promise<DatabasePlace> {
  if (account === null) return { home: await ownedBy(join(folder.path, 'database'), null), note: null }
  const pointer = join(folder.path, 'database-place')
  const remembered = (await readFile(pointer, 'utf8').catch(ignoreMissing))?.trim()
  if (remembered === undefined && (await canEnter(folder.path, account))) {
    return { home: await ownedBy(join(folder.path, 'database'), account), note: null }
  }
  const elsewhere = remembered ?? join(stateRoot, 'databases', randomBytes(8).toString('hex'))
  await makeEnterable(stateRoot, dirname(elsewhere))
  const home = await ownedBy(elsewhere, account)
  if (remembered === undefined) await writeFileAtomically(pointer, `${home}\n`)
  return { home, note: `the database is in ${home}, as its user ${account.name} cannot enter ${folder.path}` }
}

async function ownedBy(home: string, account: DatabaseAccount | null): Promise<string> {
  await mkdir(home, { recursive: true, mode: 0o700 })
  if (account !== null) await chown(home, account.uid, account.gid)
  return home
}

/** Creates folders that any user may enter, regardless of the umask. */
export async function makeEnterable(...folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    if ((await mkdir(folder, { recursive: true })) !== undefined) await chmod(folder, 0o755)
  }
}

/** Whether the account may enter the folder and its parents. Ignores access control lists. */
export async function canEnter(folder: string, account: DatabaseAccount): Promise<boolean> {
  for (let current = folder; ; current = dirname(current)) {
    const { mode, uid, gid } = await stat(current)
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (current === dirname(current)) return true
  }
}
