import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GoalpostError } from '@goalpost/contracts'
import type { DataFolder } from '../data-folder.ts'
import { readOrCreateSecret } from '../data-folder.ts'
import { findDatabaseAccount } from '../postgres/account.ts'
import { databaseUrl } from '../postgres/cluster.ts'
import { findDatabasePlace } from '../postgres/place.ts'
import type { Place } from '../postgres/start-in.ts'

/** The URL of the database that another supervisor runs for this data folder. */
export async function findRunningDatabase(folder: DataFolder, { uid, stateRoot }: Place): Promise<string> {
  const { home } = await findDatabasePlace(folder, await findDatabaseAccount(uid), stateRoot)
  const file = join(home, 'cluster', 'postmaster.pid')
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new GoalpostError('unavailable', `The database of ${folder.path} is not running yet; try again`, { cause })
  })
  // PostgreSQL: "Contents of the Data Directory", the fourth line is the port.
  const port = Number(text.split('\n')[3])
  if (!Number.isInteger(port) || port < 1)
    throw new GoalpostError('unavailable', `The database of ${folder.path} is just starting; try again`)
  return databaseUrl(await readOrCreateSecret(folder.passwordFile), port)
}
