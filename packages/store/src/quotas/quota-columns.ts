import type { Quota, QuotaChange, QuotaUse } from '@goalpost/contracts'
import type { Queries } from '../database/open-database.ts'
import { Prisma } from '../generated/client.ts'

export type QuotaRow = {
  readonly mostCpuTasks: number | null
  readonly mostGpuTasks: number | null
  readonly mostUnfinishedRuns: number | null
  readonly mostStorageBytes: bigint | null
  readonly weight: number
}

export const quotaColumns = {
  mostCpuTasks: true,
  mostGpuTasks: true,
  mostUnfinishedRuns: true,
  mostStorageBytes: true,
  weight: true,
} as const

export function toQuota(row: QuotaRow): Quota {
  return {
    cpuTasks: row.mostCpuTasks,
    gpuTasks: row.mostGpuTasks,
    unfinishedRuns: row.mostUnfinishedRuns,
    storageBytes: row.mostStorageBytes === null ? null : Number(row.mostStorageBytes),
    weight: row.weight,
  }
}

export function toQuotaColumns({ cpuTasks, gpuTasks, unfinishedRuns, storageBytes, weight }: QuotaChange) {
  return {
    ...(cpuTasks !== undefined && { mostCpuTasks: cpuTasks }),
    ...(gpuTasks !== undefined && { mostGpuTasks: gpuTasks }),
    ...(unfinishedRuns !== undefined && { mostUnfinishedRuns: unfinishedRuns }),
    ...(storageBytes !== undefined && { mostStorageBytes: storageBytes }),
    ...(weight !== undefined && { weight }),
  }
}

export async function readQuota(queries: Queries, workspaceId: string): Promise<Quota> {
  return toQuota(await queries.workspace.findFirstOrThrow({ where: { id: workspaceId }, select: quotaColumns }))
}

export async function readUse(queries: Queries, workspaceId: string): Promise<QuotaUse> {
  return (await readUses(queries, [workspaceId])).get(workspaceId) ?? noUse
}

export const noUse: QuotaUse = { cpuTasks: 0, gpuTasks: 0, unfinishedRuns: 0, storageBytes: 0 }

/** What each of these workspaces uses, in one statement. Files that will be removed count. */
export async function readUses(
  queries: Queries,
  workspaceIds: readonly string[],
): Promise<ReadonlyMap<string, QuotaUse>> {
  const ids = Prisma.sql`${workspaceIds}::uuid[]`
  const rows = await queries.$queryRaw<(QuotaUse & { readonly id: string })[]>`
    SELECT w.id, coalesce(t.cpu, 0)::int AS "cpuTasks", coalesce(t.gpu, 0)::int AS "gpuTasks",
      coalesce(r.runs, 0)::int AS "unfinishedRuns", coalesce(a.bytes, 0)::float8 AS "storageBytes"
    FROM unnest(${ids}) AS w(id)
    LEFT JOIN (
      SELECT workspace_id, count(*) FILTER (WHERE device = 'cpu') AS cpu, count(*) FILTER (WHERE device = 'gpu') AS gpu
      FROM tasks WHERE workspace_id = ANY(${ids}) AND state IN ('queued', 'running') GROUP BY workspace_id
    ) t ON t.workspace_id = w.id
    LEFT JOIN (${unfinishedRuns(ids)}) r ON r.workspace_id = w.id
    LEFT JOIN (
      SELECT workspace_id, sum(bytes) AS bytes FROM artifacts WHERE workspace_id = ANY(${ids}) GROUP BY workspace_id
    ) a ON a.workspace_id = w.id`
  return new Map(rows.map(({ id, ...use }) => [id, use]))
}

export async function countUnfinishedRuns(queries: Queries, workspaceId: string): Promise<number> {
  const [row] = await queries.$queryRaw<{ runs: number }[]>(unfinishedRuns(Prisma.sql`${[workspaceId]}::uuid[]`))
  return row?.runs ?? 0
}

/** The runs of open experiments, at least as many as unfinished runs. */
export async function countOpenRuns(queries: Queries, workspaceId: string): Promise<number> {
  const [row] = await queries.$queryRaw<{ runs: number }[]>`
    SELECT coalesce(sum(condition_count * seed_count), 0)::int AS runs FROM experiments
    WHERE workspace_id = ${workspaceId}::uuid AND state IN ('waiting', 'running')`
  return row?.runs ?? 0
}

/** Runs with a task that has not ended, by workspace. Only open experiments have such runs. */
const unfinishedRuns = (workspaceIds: Prisma.Sql) => Prisma.sql`
  SELECT e.workspace_id, count(*)::int AS runs FROM experiments e JOIN runs r ON r.experiment_id = e.id
  WHERE e.workspace_id = ANY(${workspaceIds}) AND e.state IN ('waiting', 'running') AND EXISTS (
    SELECT FROM run_tasks l JOIN tasks t ON t.id = l.task_id
    WHERE l.run_id = r.id AND t.state IN ('blocked', 'ready', 'queued', 'running'))
  GROUP BY e.workspace_id`

/** Of the files that clients have sent or tools have made. No collection removes them. */
export async function sumUploads(queries: Queries, workspaceId: string): Promise<number> {
  const { _sum } = await queries.artifact.aggregate({ where: { workspaceId, uploaded: true }, _sum: { bytes: true } })
  return Number(_sum.bytes ?? 0)
}

/** Of all files that the workspace may read, also those that will be removed. */
export async function sumStorage(queries: Queries, workspaceId: string): Promise<number> {
  const { _sum } = await queries.artifact.aggregate({ where: { workspaceId }, _sum: { bytes: true } })
  return Number(_sum.bytes ?? 0)
}
