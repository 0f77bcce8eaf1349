import type { Retention } from '@goalpost/contracts'
import { hashJson, type RetentionStore } from '@goalpost/experiments'
import type { Database, Queries } from '../database/open-database.ts'
import { recordAudit } from '../keys/record-audit.ts'
import { lockWorkspace } from '../tasks/change.ts'

const columns = {
  keepPointsDays: true,
  keepLogsDays: true,
  keepEventsDays: true,
  keepCheckpointsDays: true,
} as const

export function createRetentionStore(database: Database): RetentionStore {
  return {
    retention: (workspaceId) => database.query((queries) => readRetention(queries, workspaceId)),
    setRetention: (workspaceId, change, actor) =>
      database.transaction(async (queries) => {
        await lockWorkspace(queries, workspaceId)
        const before = await readRetention(queries, workspaceId)
        const after = { ...before, ...change }
        if (hashJson(after) === hashJson(before)) return after
        const { points, logs, events, checkpoints } = after
        const data = {
          keepPointsDays: points,
          keepLogsDays: logs,
          keepEventsDays: events,
          keepCheckpointsDays: checkpoints,
        }
        const { name } = await queries.workspace.update({ where: { id: workspaceId }, data, select: { name: true } })
        const subject = { type: 'workspace', id: workspaceId, name } as const
        await recordAudit(queries, actor, {
          workspaceId,
          action: 'workspace.retention-changed',
          subject,
          before,
          after,
        })
        return after
      }),
  }
}

async function readRetention(queries: Queries, workspaceId: string): Promise<Retention> {
  const row = await queries.workspace.findFirstOrThrow({ where: { id: workspaceId }, select: columns })
  return {
    points: row.keepPointsDays,
    logs: row.keepLogsDays,
    events: row.keepEventsDays,
    checkpoints: row.keepCheckpointsDays,
  }
}
