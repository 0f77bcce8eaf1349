import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { createArtifactStore } from '@goalpost/artifacts'
import { GoalpostError } from '@goalpost/contracts'
import type { ArtifactStore } from '@goalpost/experiments'
import { withDump, type Dump } from '@goalpost/store'
import { manifestFile, tableFile, type BackupManifest } from './manifest.ts'

export type Service = { readonly databaseUrl: string; readonly artifactsUrl: string }

/**
 * Writes a backup into an empty folder while the service runs. Files are written before the rows that name them, so
 * copying the files after the rows misses none.
 */
export async function createBackup({ databaseUrl, artifactsUrl }: Service, folder: string): Promise<BackupManifest> {
  await mkdir(join(folder, 'tables'), { mode: 0o700 })
  const { artifactHashes, ...database } = await withDump(databaseUrl, async (dump) => ({
    migrations: [...dump.migrations],
    counters: [...dump.counters],
    tables: await writeTables(dump, folder),
    artifactHashes: dump.artifactHashes,
  }))
  const from = await createArtifactStore(artifactsUrl)
  const to = await createArtifactStore(pathToFileURL(join(folder, 'artifacts')).href)
  const lostHashes = await copyArtifacts(from, to, artifactHashes)
  const manifest: BackupManifest = {
    format: 1,
    createdAt: new Date().toISOString(),
    ...database,
    artifactHashes: artifactHashes.filter((hash) => !lostHashes.includes(hash)),
    lostHashes,
  }
  const text = `${JSON.stringify(manifest, null, 1)}\n`
  await writeFile(join(folder, manifestFile), text, { mode: 0o600, flag: 'wx', flush: true })
  return manifest
}

async function writeTables(dump: Dump, folder: string): Promise<BackupManifest['tables']> {
  const written: BackupManifest['tables'] = []
  for (const table of dump.tables) {
    const digest = createHash('sha256')
    let rowCount = 0
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        digest.update(chunk)
        // A newline inside a value is written as \n.
        for (const byte of chunk) if (byte === 10) rowCount++
        done(null, chunk)
      },
    })
    const file = createWriteStream(tableFile(folder, table.name), { mode: 0o600, flags: 'wx', flush: true })
    await pipeline(dump.rows(table), count, file)
    written.push({ name: table.name, columns: [...table.columns], rowCount, hash: digest.digest('hex') })
  }
  return written
}

/** Returns the hashes of files that are missing or damaged. */
async function copyArtifacts(from: ArtifactStore, to: ArtifactStore, hashes: readonly string[]): Promise<string[]> {
  const lost: string[] = []
  for (const hash of hashes) {
    const bytes = await from.read(hash).catch((error: unknown) => {
      if (error instanceof GoalpostError && error.code === 'artifact-missing') return null
      throw error
    })
    if (bytes === null) lost.push(hash)
    else await to.write(bytes)
  }
  return lost
}
