import { resolve } from 'node:path'
import { GoalpostError, type BackupSummary } from '@goalpost/contracts'
import type { Context, GlobalOptions } from '../context.ts'
import { printJson, printLines } from '../context.ts'
import { dataFolderOf } from '../service/find-service.ts'
import { runBackup } from '../service/run-backup.ts'
import { plural } from '../terminal/text.ts'
import type { Invocation, Outcome } from './command.ts'

/** Copies database, artifacts, salt and key of the service in the data folder. It may run meanwhile. */
export async function backup({ context, global, args }: Invocation): Promise<Outcome> {
  const { folder, dataFolder } = foldersOf(context, global, args)
  const done = await runBackup({ action: 'create', backup: folder, dataFolder, env: context.env })
  if (global.json) return printJson(context, { backup: folder, dataFolder, ...fieldsOf(done) })
  printLines(context, [
    `Backed up ${dataFolder} into ${folder}: ${countsOf(done)}.`,
    ...lostLines(done),
    'It holds the API key and the salt: keep it as secret as the service.',
  ])
}

/** Makes a new data folder of a backup, after checking each of its files. */
export async function restore({ context, global, args }: Invocation): Promise<Outcome> {
  const { folder, dataFolder } = foldersOf(context, global, args)
  const done = await runBackup({ action: 'restore', backup: folder, dataFolder, env: context.env })
  if (global.json) return printJson(context, { backup: folder, dataFolder, ...fieldsOf(done) })
  printLines(context, [
    `Restored ${folder} of ${done.createdAt} into ${dataFolder}: ${countsOf(done)}.`,
    ...lostLines(done),
    `Start it with:  npx goalpost up --data ${dataFolder}`,
  ])
}

function foldersOf(context: Context, global: GlobalOptions, [folder = '']: readonly string[]) {
  if (global.url !== undefined)
    throw new GoalpostError(
      'invalid-request',
      'Backups are of a data folder (--data), not of a URL; docs/backup.md describes those of several machines',
    )
  return { folder: resolve(folder), dataFolder: dataFolderOf(context, global) }
}

function countsOf({ rows, artifacts }: BackupSummary): string {
  return `${plural(rows, 'row')}, ${plural(artifacts, 'file')}, each checked by its hash`
}

function lostLines({ lostHashes }: BackupSummary): string[] {
  if (lostHashes.length === 0) return []
  return [
    `${plural(lostHashes.length, 'file')} of the service were missing or damaged; tasks that need one recompute it.`,
  ]
}

function fieldsOf({ createdAt, rows, artifacts, lostHashes }: BackupSummary) {
  return { createdAt, rows, artifacts, lostHashes }
}
