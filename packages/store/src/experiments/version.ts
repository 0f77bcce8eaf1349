import type { ExperimentVersion } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'
import type { ExperimentId } from './change-experiment.ts'

export function readVersion(queries: Queries, { workspaceId, id }: ExperimentId): Promise<ExperimentVersion | null> {
  return queries.experiment.findFirst({ where: { id, workspaceId }, select: { revision: true, sequence: true } })
}
