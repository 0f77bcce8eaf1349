import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { shardedPath } from '@goalpost/artifacts'
import { GoalpostError, errorMessage, systemErrorCode } from '@goalpost/contracts'
import { z } from 'zod'

const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** The file `backup.json`, written last: a folder without it is no backup. */
export const backupManifest = z.strictObject({
  format: z.literal(1),
  createdAt: z.iso.datetime(),
  migrations: z.array(z.string()),
  counters: z.array(z.strictObject({ table: z.string(), column: z.string(), value: z.string() })),
  /** Each in `tables/NAME.copy`, in the text format of PostgreSQL's COPY. */
  tables: z.array(
    z.strictObject({
      name: z.string(),
      columns: z.array(z.string()),
      rowCount: z.number().int().nonnegative(),
      hash,
    }),
  ),
  /** Each in `artifacts/`, named by its SHA-256. */
  artifactHashes: z.array(hash),
  /** Files that were missing or damaged in the service: tasks that need one recompute it. */
  lostHashes: z.array(hash),
})
export type BackupManifest = z.infer<typeof backupManifest>

export const manifestFile = 'backup.json'

export function tableFile(folder: string, table: string): string {
  return join(folder, 'tables', `${table}.copy`)
}

export function artifactFile(folder: string, hash: string): string {
  const { shard, name } = shardedPath(hash)
  return join(folder, 'artifacts', shard, name)
}

/** @throws GoalpostError `invalid-request` if the folder holds no backup that this version can read */
export async function readManifest(folder: string): Promise<BackupManifest> {
  const file = join(folder, manifestFile)
  try {
    return backupManifest.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (cause) {
    const reason =
      systemErrorCode(cause) === 'ENOENT'
        ? `it has no ${manifestFile}, which a backup gets when it is complete`
        : `${manifestFile} cannot be read: ${errorMessage(cause)}`
    throw new GoalpostError('invalid-request', `${folder} is not a backup: ${reason}`, { cause })
  }
}
