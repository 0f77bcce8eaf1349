import { createArtifactStore } from '@goalpost/artifacts'
import { GoalpostError, type FileCheck } from '@goalpost/contracts'
import type { ArtifactStore } from '@goalpost/experiments'
import { withFileNeeds } from '@goalpost/store'
import type { Service } from './create-backup.ts'

/**
 * Compares the rows of a service with its files, and changes nothing: for a database and a store of files that were
 * restored from different moments. Reads every file that a row names.
 */
export async function checkFiles({ databaseUrl, artifactsUrl }: Service): Promise<FileCheck> {
  const files = await createArtifactStore(artifactsUrl)
  return withFileNeeds(databaseUrl, async (needs) => {
    const needed = new Set(await needs.hashes())
    const { stored, unneeded } = await compareWithStored(files, needed)
    const missing = [...needed].filter((hash) => !stored.has(hash))
    const damaged = await findDamaged(
      files,
      [...needed].filter((hash) => stored.has(hash)),
    )
    const experiments = await needs.experimentsWith([...missing, ...damaged])
    return { files: needed.size, missing, damaged, experiments, unneeded }
  })
}

async function compareWithStored(files: ArtifactStore, needed: ReadonlySet<string>) {
  const stored = new Set<string>()
  const unneeded = { files: 0, bytes: 0 }
  for await (const { hash, bytes } of files.list()) {
    stored.add(hash)
    if (needed.has(hash)) continue
    unneeded.files += 1
    unneeded.bytes += bytes
  }
  return { stored, unneeded }
}

async function findDamaged(files: ArtifactStore, hashes: readonly string[]): Promise<string[]> {
  const damaged: string[] = []
  for (const hash of hashes) {
    try {
      await files.read(hash)
    } catch (error) {
      if (!(error instanceof GoalpostError) || error.code !== 'artifact-missing') throw error
      damaged.push(hash)
    }
  }
  return damaged
}
