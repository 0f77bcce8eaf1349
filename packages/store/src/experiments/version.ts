import type { ExperimentVersion } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'
import type { ExperimentId } from './change-experiment.ts'

export function readVersion(queries: Queries, { workspaceId, id }: ExperimentId): Promise<ExperimentVersion | null> {
  return queries.experiment.findFirst({ where: { id, workspaceId }, select: { revision: true, sequence: true } })
}

export async function readVersions(
  queries: Queries,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ExperimentVersion>> {
  const rows = await queries.experiment.findMany({
    where: { workspaceId, id: { in: [...ids] } },
    select: { id: true, revision: true, sequence: true },
  })
  return new Map(rows.map(({ id, ...version }) => [id, version]))
}
