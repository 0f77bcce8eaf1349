import type { Quota, QuotaChange, QuotaUse } from '@goalpost/contracts'
import type { Queries } from '../database/open-database.ts'

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
  return toQuota(await queries.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: quotaColumns }))
}

export async function readUse(queries: Queries, workspaceId: string): Promise<QuotaUse> {
  const tasks = await queries.$queryRaw<{ device: string; tasks: number }[]>`
    SELECT device, count(*)::int AS tasks FROM tasks
    WHERE workspace_id = ${workspaceId}::uuid AND state IN ('queued', 'running') GROUP BY device`
  const of = (device: string) => tasks.find((row) => row.device === device)?.tasks ?? 0
  return {
    cpuTasks: of('cpu'),
    gpuTasks: of('gpu'),
    unfinishedRuns: await countUnfinishedRuns(queries, workspaceId),
    storageBytes: await sumStorage(queries, workspaceId),
  }
}

/** Only open experiments have some. */
export async function countUnfinishedRuns(queries: Queries, workspaceId: string): Promise<number> {
  const [row] = await queries.$queryRaw<{ runs: number }[]>`
    SELECT count(*)::int AS runs FROM experiments e JOIN runs r ON r.experiment_id = e.id
    WHERE e.workspace_id = ${workspaceId}::uuid AND e.state IN ('waiting', 'running') AND EXISTS (
      SELECT FROM run_tasks l JOIN tasks t ON t.id = l.task_id
      WHERE l.run_id = r.id AND t.state IN ('blocked', 'ready', 'queued', 'running'))`
  return row?.runs ?? 0
}

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
