import type { FileCount, StorageView } from '@goalpost/contracts'
import type { StorageViews } from '@goalpost/experiments'
import { readQuota, readUse } from '../quotas/quota-columns.ts'
import type { Database, Queries } from '../database/open-database.ts'

const experimentsShown = 20

export function createStorageViews(database: Database): StorageViews {
  return { storage: (workspaceId) => database.snapshot((queries) => readStorage(queries, workspaceId)) }
}

async function readStorage(queries: Queries, workspaceId: string): Promise<StorageView> {
  const kinds = await countKinds(queries, workspaceId)
  const latest = await queries.collection.findFirst({ orderBy: { id: 'desc' } })
  return {
    total: Object.values(kinds).reduce(add, none),
    kinds,
    quota: await readQuota(queries, workspaceId),
    use: await readUse(queries, workspaceId),
    experiments: await largestExperiments(queries, workspaceId),
    latestCollection: latest && {
      startedAt: latest.startedAt.toISOString(),
      endedAt: latest.endedAt?.toISOString() ?? null,
      tasks: latest.tasks,
      files: latest.files,
      bytes: Number(latest.bytes),
    },
  }
}

const none: FileCount = { files: 0, bytes: 0 }
const add = (a: FileCount, b: FileCount): FileCount => ({ files: a.files + b.files, bytes: a.bytes + b.bytes })

/** A file of a model version counts as a checkpoint, also when its task is gone. */
async function countKinds(queries: Queries, workspaceId: string): Promise<StorageView['kinds']> {
  const rows = await queries.$queryRaw<{ kind: keyof StorageView['kinds']; files: number; bytes: bigint }[]>`
    SELECT CASE
        WHEN a.uploaded THEN 'uploads'
        WHEN needed.checkpoint OR v.artifact_hash IS NOT NULL THEN 'checkpoints'
        WHEN needed.other THEN 'results'
        ELSE 'unneeded'
      END AS kind, count(*)::int AS files, sum(a.bytes)::bigint AS bytes
    FROM artifacts a
    LEFT JOIN (
      SELECT f.hash, bool_or(f.kind = 'checkpoint') AS checkpoint, bool_or(f.kind <> 'checkpoint') AS other
      FROM task_files f JOIN tasks t ON t.id = f.task_id
      WHERE f.workspace_id = ${workspaceId}::uuid AND t.unneeded_since IS NULL GROUP BY f.hash
    ) needed ON needed.hash = a.hash
    LEFT JOIN (SELECT DISTINCT artifact_hash FROM model_versions WHERE workspace_id = ${workspaceId}::uuid) v
      ON v.artifact_hash = a.hash
    WHERE a.workspace_id = ${workspaceId}::uuid GROUP BY 1`
  const counted = rows.map(({ kind, files, bytes }) => [kind, { files, bytes: Number(bytes) }] as const)
  return { uploads: none, checkpoints: none, results: none, unneeded: none, ...Object.fromEntries(counted) }
}

async function largestExperiments(queries: Queries, workspaceId: string): Promise<StorageView['experiments']> {
  const rows = await queries.$queryRaw<{ id: string; name: string; archived: boolean; files: number; bytes: bigint }[]>`
    SELECT e.id, e.name, e.archived_at IS NOT NULL AS archived, count(*)::int AS files, sum(a.bytes)::bigint AS bytes
    FROM (
      SELECT DISTINCT l.experiment_id, f.hash FROM task_files f JOIN experiment_tasks l ON l.task_id = f.task_id
      WHERE f.workspace_id = ${workspaceId}::uuid AND f.kind <> 'input'
    ) used
    JOIN experiments e ON e.id = used.experiment_id
    JOIN artifacts a ON a.workspace_id = ${workspaceId}::uuid AND a.hash = used.hash
    GROUP BY e.id ORDER BY bytes DESC, e.id DESC LIMIT ${experimentsShown}::int`
  return rows.map(({ bytes, ...row }) => ({ ...row, bytes: Number(bytes) }))
}
