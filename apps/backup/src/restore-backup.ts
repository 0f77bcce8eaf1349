import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { createArtifactStore } from '@goalpost/artifacts'
import { errorMessage, GoalpostError } from '@goalpost/contracts'
import { loadDump } from '@goalpost/store'
import type { Service } from './create-backup.ts'
import { artifactFile, readManifest, tableFile, type BackupManifest } from './manifest.ts'

/**
 * Restores into an empty database and a store of artifacts, after every file of the backup was read and has its hash.
 * The backup may be read-only.
 * @throws GoalpostError `state-conflict` if the backup is damaged, or the database holds anything; nothing has changed
 */
export async function restoreBackup({ databaseUrl, artifactsUrl }: Service, folder: string): Promise<BackupManifest> {
  const manifest = await readManifest(folder)
  for (const { name, hash } of manifest.tables) await check(folder, tableFile(folder, name), hash)
  for (const hash of manifest.artifactHashes) await check(folder, artifactFile(folder, hash), hash)
  const artifacts = await createArtifactStore(artifactsUrl)
  // Before the rows that name them, as a service writes them.
  for (const hash of manifest.artifactHashes) await artifacts.write(await readFile(artifactFile(folder, hash)))
  await loadDump(databaseUrl, { ...manifest, rows: ({ name }) => createReadStream(tableFile(folder, name)) })
  return manifest
}

async function check(folder: string, file: string, hash: string): Promise<void> {
  const actual = await hashOf(file).catch((cause: unknown) => {
    throw damaged(errorMessage(cause), cause)
  })
  if (actual !== hash) throw damaged(`${relative(folder, file)} has another hash than when it was written`)
}

async function hashOf(file: string): Promise<string> {
  const digest = createHash('sha256')
  for await (const chunk of createReadStream(file)) digest.update(chunk)
  return digest.digest('hex')
}

function damaged(reason: string, cause?: unknown): GoalpostError {
  return new GoalpostError('state-conflict', `The backup is damaged: ${reason}. Restore another backup`, { cause })
}
