import type { JsonObject, ResolvedSpec } from '@goalpost/contracts'
import type { DueSearch } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'

type Row = { id: string; workspace_id: string; spec: JsonObject; resolved: ResolvedSpec; revision: number }

/** Searches all of whose tasks have ended, the oldest first, without a lock: each step checks. */
export async function readDueSearches(
  queries: Queries,
  limit: number,
  except: readonly string[],
): Promise<DueSearch[]> {
  const rows = await queries.$queryRaw<Row[]>`
    SELECT id, workspace_id, spec, resolved, revision FROM experiments
    WHERE searching AND cancelled_at IS NULL AND paused_at IS NULL AND id <> ALL(${except}::uuid[])
      AND tasks_blocked + tasks_ready + tasks_queued + tasks_running = 0
    ORDER BY id LIMIT ${limit}::int`
  return rows.map(({ workspace_id: workspaceId, ...row }) => ({ workspaceId, ...row }))
}
