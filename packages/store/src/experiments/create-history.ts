import type { OpenTasks } from '@goalpost/contracts'
import type { WorkHistory } from '@goalpost/experiments'
import type { Database, Queries } from '../database/open-database.ts'
import { readThroughput } from './throughput.ts'

export function createHistory(database: Database): WorkHistory {
  return {
    countSucceeded: (workspaceId, identities) =>
      database.query((queries) => countSucceeded(queries, workspaceId, identities)),
    throughput: (workspaceId, work) => database.query((queries) => readThroughput(queries, workspaceId, work)),
    countOpen: (workspaceId) => database.query((queries) => countOpen(queries, workspaceId)),
  }
}

/** Counts only reusable tasks: those of a `fresh` experiment belong to it alone. */
async function countSucceeded(queries: Queries, workspaceId: string, identities: readonly string[]): Promise<number> {
  const [row] = await queries.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM tasks
    WHERE workspace_id = ${workspaceId}::uuid AND salt = '' AND identity = ANY(${identities}::text[]) AND state = 'succeeded'`
  return row?.count ?? 0
}

async function countOpen(queries: Queries, workspaceId: string): Promise<readonly OpenTasks[]> {
  return queries.$queryRaw<OpenTasks[]>`
    SELECT device, engine, state, count(*)::int AS tasks FROM tasks
    WHERE workspace_id = ${workspaceId}::uuid AND state IN ('blocked', 'ready', 'queued', 'running')
    GROUP BY device, engine, state ORDER BY device, engine, state`
}
