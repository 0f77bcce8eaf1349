import { experimentEvent, type ExperimentEvent } from '@goalpost/contracts'
import type { ExperimentEvents } from '@goalpost/experiments'
import type { Database, Queries } from '../database/open-database.ts'
import { fromStored } from '../database/stored-json.ts'
import type { ExperimentId } from './change-experiment.ts'
import { readVersion } from './version.ts'

export function createEvents(database: Database): ExperimentEvents {
  return {
    events: (workspaceId, experimentId, after, limit) =>
      database.query((queries) => readEvents(queries, { workspaceId, id: experimentId }, { after, limit })),
  }
}

async function readEvents(
  queries: Queries,
  { workspaceId, id }: ExperimentId,
  { after, limit }: { after: number; limit: number },
): Promise<ExperimentEvent[]> {
  if ((await readVersion(queries, { workspaceId, id })) === null) return []
  const rows = await queries.event.findMany({
    where: { experimentId: id, sequence: { gt: after } },
    orderBy: { sequence: 'asc' },
    take: limit,
  })
  return rows.map(({ experimentId, sequence, type, taskId, data, at }) => ({
    experimentId,
    sequence,
    type: experimentEvent.shape.type.parse(type),
    taskId,
    data: fromStored(data),
    at: at.toISOString(),
  }))
}
