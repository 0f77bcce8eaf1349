import { experimentState, workspaceEventType, type ExperimentStanding, type WorkspaceEvent } from '@goalpost/contracts'
import type { WorkspaceEvents, WorkspaceStanding } from '@goalpost/experiments'
import { unconfined } from '../database/confinement.ts'
import type { Database, Queries } from '../database/open-database.ts'
import { fromStored } from '../database/stored-json.ts'
import { taskCountsOf } from '../experiments/task-counts.ts'

export function createWorkspaceEvents(database: Database): WorkspaceEvents {
  return {
    workspaceEvents: (workspaceId, range) => database.query((queries) => readEvents(queries, workspaceId, range)),
    // One statement for all watchers of all workspaces.
    standings: (workspaceIds) => unconfined(database).snapshot((queries) => readStandings(queries, workspaceIds)),
  }
}

async function readEvents(
  queries: Queries,
  workspaceId: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<WorkspaceEvent[]> {
  const rows = await queries.workspaceEvent.findMany({
    where: { workspaceId, id: { gt: after } },
    orderBy: { id: 'asc' },
    take: limit,
  })
  return rows.map(({ id, type, subject, payload, createdAt }) => ({
    id: Number(id),
    type: workspaceEventType.parse(type),
    subject,
    payload: fromStored(payload),
    at: createdAt.toISOString(),
  }))
}

/** Of one moment: an experiment that is no longer open has its last event among those up to the latest. */
async function readStandings(queries: Queries, workspaceIds: readonly string[]): Promise<WorkspaceStanding[]> {
  const latest = await queries.$queryRaw<{ id: string; latest: bigint }[]>`
    SELECT w.id, coalesce((SELECT e.id FROM workspace_events e WHERE e.workspace_id = w.id ORDER BY e.id DESC LIMIT 1), 0)
      AS latest
    FROM workspaces w WHERE w.id = ANY(${workspaceIds}::uuid[])`
  const open = await readOpen(queries, workspaceIds)
  return latest.map((row) => ({
    workspaceId: row.id,
    latestEvent: Number(row.latest),
    open: (open.get(row.id) ?? []).map(({ standing }) => standing),
  }))
}

type Open = { readonly workspaceId: string; readonly standing: ExperimentStanding }

async function readOpen(queries: Queries, workspaceIds: readonly string[]): Promise<Map<string, Open[]>> {
  const rows = await queries.experiment.findMany({
    // Exactly the condition of the index.
    where: { workspaceId: { in: [...workspaceIds] }, state: { in: ['waiting', 'running'] } },
    select: {
      id: true,
      workspaceId: true,
      revision: true,
      state: true,
      updatedAt: true,
      tasksBlocked: true,
      tasksReady: true,
      tasksQueued: true,
      tasksRunning: true,
      tasksSucceeded: true,
      tasksFailed: true,
      tasksCancelled: true,
    },
  })
  const standings = rows.map((row) => ({
    workspaceId: row.workspaceId,
    standing: {
      experimentId: row.id,
      revision: row.revision,
      state: experimentState.parse(row.state),
      tasks: taskCountsOf(row),
      updatedAt: row.updatedAt.toISOString(),
    },
  }))
  return Map.groupBy(standings, ({ workspaceId }) => workspaceId)
}
