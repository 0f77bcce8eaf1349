import type { JsonObject, WorkspaceEventType } from '@goalpost/contracts'
import { jsonRows } from '../database/json-rows.ts'
import type { Queries } from '../database/open-database.ts'
import { startTriggeredRuns } from '../gates/triggered-runs.ts'
import { addDeliveries } from './add-deliveries.ts'

const eventLock = 0x65_76_74_73

export type NewWorkspaceEvent = {
  readonly type: WorkspaceEventType
  /** What it is about, as a path of the API below /v1. */
  readonly subject: string
  readonly payload: JsonObject
}

/** Held until the commit. After it, a transaction locks only gates. */
export async function lockEvents(queries: Queries): Promise<void> {
  await queries.$executeRaw`SELECT pg_advisory_xact_lock(${eventLock}::bigint)`
}

/**
 * In the transaction of the change, as its last step, together with what follows from the events: deliveries and gate
 * runs. Events become visible in the order of their ids, so a reader that remembers the last id misses none.
 */
export async function appendWorkspaceEvents(
  queries: Queries,
  { workspaceId, now }: { readonly workspaceId: string; readonly now: Date },
  events: readonly NewWorkspaceEvent[],
): Promise<void> {
  if (events.length === 0) return
  await lockEvents(queries)
  const rows = events.map((event, position) => ({ ...event, position }))
  const added = await queries.$queryRaw<{ id: bigint }[]>`
    INSERT INTO workspace_events (workspace_id, type, subject, payload, created_at)
    SELECT ${workspaceId}::uuid, e.type, e.subject, e.payload, ${now.toISOString()}::timestamptz
    FROM jsonb_to_recordset(${jsonRows(rows)}::jsonb) AS e(position int, type text, subject text, payload jsonb)
    ORDER BY e.position RETURNING id`
  await addDeliveries(queries, { workspaceId, now, eventIds: added.map(({ id }) => id) })
  const numbered = added.flatMap(({ id }, index) => events.slice(index, index + 1).map((event) => ({ ...event, id })))
  await appendWorkspaceEvents(
    queries,
    { workspaceId, now },
    await startTriggeredRuns(queries, { workspaceId, now }, numbered),
  )
}
