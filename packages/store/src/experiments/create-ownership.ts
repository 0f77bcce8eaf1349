import { GoalpostError } from '@goalpost/contracts'
import type { ArtifactOwnership } from '@goalpost/experiments'
import type { Database, Queries } from '../database/open-database.ts'
import { recordAudit } from '../keys/record-audit.ts'
import { lockWorkspace, type Changes } from '../tasks/change.ts'
import { checkStorage } from '../quotas/check-quota.ts'
import { registerFiles } from '../storage/register-files.ts'

export function createOwnership(database: Database, changes: Changes): ArtifactOwnership {
  return {
    ownsArtifact: (workspaceId, hash) => database.query((queries) => readArtifact(queries, workspaceId, hash)),
    admitArtifact: (workspaceId, { bytes }) => database.query((queries) => requireStorage(queries, workspaceId, bytes)),
    keepArtifact: (workspaceId, artifact, actor) =>
      changes.run(async (change) => {
        const { queries } = change
        // Of uploads at the same time, each sees the bytes of those before it.
        await lockWorkspace(queries, workspaceId)
        const { hash, name, bytes, mediaType } = artifact
        const isNew = (await readArtifact(queries, workspaceId, hash)) === null
        if (isNew) await requireStorage(queries, workspaceId, bytes)
        await registerFiles(change, { workspaceId, uploaded: true, files: [artifact] })
        if (isNew)
          await recordAudit(queries, actor, {
            workspaceId,
            action: 'file.uploaded',
            subject: { type: 'file', id: hash, name },
            before: null,
            after: { bytes, mediaType },
          })
      }),
  }
}

async function requireStorage(queries: Queries, workspaceId: string, bytes: number): Promise<void> {
  const refused = await checkStorage(queries, workspaceId, bytes)
  if (refused !== null) throw new GoalpostError(refused.code, refused.message)
}

async function readArtifact(queries: Queries, workspaceId: string, hash: string) {
  const found = await queries.artifact.findFirst({ where: { workspaceId, hash } })
  return found && { bytes: Number(found.bytes), mediaType: found.mediaType, name: found.name }
}
