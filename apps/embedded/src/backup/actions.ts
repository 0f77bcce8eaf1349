import { copyFile, chmod, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { GoalpostError, type BackupSummary } from '@goalpost/contracts'
import type { EmbeddedConfig } from '../config.ts'
import { describeDataFolder, ignoreMissing, openDataFolder, type DataFolder } from '../data-folder.ts'
import { acquireLock, type Lock } from '../lock.ts'
import { findDatabaseAccount } from '../postgres/account.ts'
import { findDatabasePlace } from '../postgres/place.ts'
import { startDatabaseIn } from '../postgres/start-in.ts'
import { openBoundedLog } from '../processes/bounded-log.ts'
import { empty, makePrivate, refuseNonEmpty } from './empty-folder.ts'
import { findRunningDatabase } from './running-database.ts'
import { runBackupProgram } from './run-program.ts'

type Config = Pick<EmbeddedConfig, 'dataFolder' | 'uid' | 'stateRoot' | 'inherited'>

/** Copies a data folder's service, whether it runs or not, into a new folder. */
export async function create(config: Config, backup: string): Promise<BackupSummary> {
  const folder = await openExisting(config.dataFolder)
  await refuseNonEmpty(backup, 'Name a new folder for the backup')
  await makePrivate(backup)
  try {
    for (const secret of secretsOf(folder)) await copySecret(secret, join(backup, basename(secret)))
    return await withDatabase(config, folder, (databaseUrl) =>
      runBackupProgram({ action: 'create', databaseUrl, folder, backup, env: config.inherited }),
    )
  } catch (error) {
    await empty(backup)
    throw error
  }
}

/** Makes a data folder from a backup. If that fails, the folder is empty again. */
export async function restore(config: Config, backup: string): Promise<BackupSummary> {
  await refuseNonEmpty(config.dataFolder, 'A backup is restored into a new data folder: name one with --data')
  if ((await stat(join(backup, 'backup.json')).catch(() => null)) === null)
    throw new GoalpostError('invalid-request', `${backup} is not a complete backup: it has no backup.json`)
  const folder = await openDataFolder(config.dataFolder)
  try {
    await writeFile(folder.restoringFile, `${backup}\n`, { mode: 0o600 })
    for (const secret of secretsOf(folder)) await copySecret(join(backup, basename(secret)), secret)
    const summary = await withDatabase(config, folder, (databaseUrl) =>
      runBackupProgram({ action: 'restore', databaseUrl, folder, backup, env: config.inherited }),
    )
    await rm(folder.restoringFile)
    return summary
  } catch (error) {
    const place = await findDatabasePlace(folder, await findDatabaseAccount(config.uid), config.stateRoot)
    await rm(place.home, { recursive: true, force: true })
    await empty(folder.path)
    throw error
  }
}

/** Without the salt, results that depend on it could not be computed again; with the keys, users and receipts keep theirs. */
function secretsOf(folder: DataFolder): string[] {
  return [folder.saltFile, folder.keyFile, folder.receiptSecretFile]
}

async function copySecret(from: string, to: string): Promise<void> {
  // A service that was never started has none.
  if ((await readFile(from).catch(ignoreMissing)) === null) return
  await copyFile(from, to)
  await chmod(to, 0o600)
}

async function openExisting(path: string): Promise<DataFolder> {
  const folder = describeDataFolder(path)
  const found = await stat(folder.passwordFile).catch(() => null)
  if (found === null)
    throw new GoalpostError('not-found', `There is no service in ${path}: name its data folder with --data`)
  return folder
}

/** The database of the running service, or else one that is started for this. */
async function withDatabase<T>(config: Config, folder: DataFolder, use: (url: string) => Promise<T>): Promise<T> {
  const lock = await acquireLock(folder).catch(nullIfInUse)
  return lock === null ? use(await findRunningDatabase(folder, config)) : withOwnDatabase(config, { folder, lock }, use)
}

async function withOwnDatabase<T>(
  config: Config,
  { folder, lock }: { folder: DataFolder; lock: Lock },
  use: (url: string) => Promise<T>,
): Promise<T> {
  const log = openBoundedLog(join(folder.logs, 'database.log'))
  try {
    const { database } = await startDatabaseIn(config, folder, { log, onCrash: (text) => log.line(text) })
    try {
      return await use(database.url)
    } finally {
      await database.process.stop()
    }
  } finally {
    log.close()
    await lock.release()
  }
}

function nullIfInUse(error: unknown): null {
  if (error instanceof GoalpostError && error.code === 'state-conflict') return null
  throw error
}
