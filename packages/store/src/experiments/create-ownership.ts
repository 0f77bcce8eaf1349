import type { ArtifactOwnership } from '@goalpost/experiments'
import type { Database, Queries } from '../database/open-database.ts'
import type { Changes } from '../tasks/change.ts'
import { registerFiles } from '../storage/register-files.ts'

export function createOwnership(database: Database, changes: Changes): ArtifactOwnership {
  return {
    ownsArtifact: (workspaceId, hash) => database.query((queries) => readArtifact(queries, workspaceId, hash)),
    keepArtifact: (workspaceId, artifact) =>
      changes.run((change) => registerFiles(change, { workspaceId, uploaded: true, files: [artifact] })),
  }
}

async function readArtifact(queries: Queries, workspaceId: string, hash: string) {
  const found = await queries.artifact.findUnique({ where: { workspaceId_hash: { workspaceId, hash } } })
  return found && { bytes: Number(found.bytes), mediaType: found.mediaType, name: found.name }
}
