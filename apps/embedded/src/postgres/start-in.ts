import type { EmbeddedConfig } from '../config.ts'
import type { DataFolder } from '../data-folder.ts'
import { readOrCreateSecret } from '../data-folder.ts'
import type { BoundedLog } from '../processes/bounded-log.ts'
import { findDatabaseAccount } from './account.ts'
import { installBinaries } from './binaries.ts'
import { openCluster } from './cluster.ts'
import { findDatabasePlace } from './place.ts'
import { startDatabase, type DatabaseServer } from './server.ts'

export type Place = Pick<EmbeddedConfig, 'uid' | 'stateRoot'>

/** Starts the database of a data folder, whose lock this process holds, and creates it on first use. */
export async function startDatabaseIn(
  config: Place,
  folder: DataFolder,
  events: { log: BoundedLog; onCrash(text: string): void },
): Promise<{ database: DatabaseServer; note: string | null }> {
  const account = await findDatabaseAccount(config.uid)
  const place = await findDatabasePlace(folder, account, config.stateRoot)
  // An ordinary user without a writable home still has the data folder.
  const binaries = await installBinaries(account === null ? [config.stateRoot, folder.path] : [config.stateRoot])
  const password = await readOrCreateSecret(folder.passwordFile)
  const cluster = await openCluster(place.home, { binaries, account }, password)
  return { database: await startDatabase(cluster, password, events), note: place.note }
}
