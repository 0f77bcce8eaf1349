import type { ArtifactOwnership } from '@goalpost/experiments'
import type { Database, Queries } from '../database/open-database.ts'
import { registerArtifacts } from '../ledger/records.ts'

export function createOwnership(database: Database): ArtifactOwnership {
  return {
    ownsArtifact: (workspaceId, hash) => database.query((queries) => readArtifact(queries, workspaceId, hash)),
    keepArtifact: (workspaceId, artifact) =>
      database.query((queries) => registerArtifacts(queries, workspaceId, [artifact])),
  }
}

async function readArtifact(queries: Queries, workspaceId: string, hash: string) {
  const found = await queries.artifact.findUnique({ where: { workspaceId_hash: { workspaceId, hash } } })
  return found && { bytes: Number(found.bytes), mediaType: found.mediaType, name: found.name }
}
