import { GoalpostError } from '@goalpost/contracts'
import type { ArtifactOwnership } from '@goalpost/experiments'
import type { Database, Queries } from '../database/open-database.ts'
import type { Changes } from '../tasks/change.ts'
import { checkStorage } from '../quotas/check-quota.ts'
import { registerFiles } from '../storage/register-files.ts'

export function createOwnership(database: Database, changes: Changes): ArtifactOwnership {
  return {
    ownsArtifact: (workspaceId, hash) => database.query((queries) => readArtifact(queries, workspaceId, hash)),
    keepArtifact: (workspaceId, artifact) =>
      changes.run(async (change) => {
        const refused = await checkStorage(change.queries, workspaceId, artifact.bytes)
        if (refused !== null) throw new GoalpostError(refused.code, refused.message)
        await registerFiles(change, { workspaceId, uploaded: true, files: [artifact] })
      }),
  }
}

async function readArtifact(queries: Queries, workspaceId: string, hash: string) {
  const found = await queries.artifact.findUnique({ where: { workspaceId_hash: { workspaceId, hash } } })
  return found && { bytes: Number(found.bytes), mediaType: found.mediaType, name: found.name }
}
