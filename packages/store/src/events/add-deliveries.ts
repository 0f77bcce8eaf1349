import { v7 as uuidv7 } from 'uuid'
import { jsonRows } from '../database/json-rows.ts'
import type { Queries } from '../database/open-database.ts'
import { workChannel } from '../tasks/signal-work.ts'

type Subscription = { readonly webhookId: string; readonly eventId: bigint }

/**
 * One delivery for each event and active webhook that subscribes to it, in the transaction of the events. The webhooks
 * are locked against deletion: a delivery of a deleted one would fail the whole transaction.
 */
export async function addDeliveries(
  queries: Queries,
  { workspaceId, now, eventIds }: { workspaceId: string; now: Date; eventIds: readonly bigint[] },
): Promise<void> {
  const subscriptions = await queries.$queryRaw<Subscription[]>`
    SELECT w.id AS "webhookId", e.id AS "eventId"
    FROM webhooks w JOIN workspace_events e
      ON w.events && ARRAY['*', split_part(e.type, '.', 1) || '.*', e.type]
    WHERE w.workspace_id = ${workspaceId}::uuid AND w.state = 'active' AND e.id = ANY(${eventIds}::bigint[])
    ORDER BY w.id, e.id FOR KEY SHARE OF w`
  if (subscriptions.length === 0) return
  const rows = subscriptions.map(({ webhookId, eventId }) => ({
    id: uuidv7(),
    webhook_id: webhookId,
    event_id: String(eventId),
  }))
  await queries.$executeRaw`
    INSERT INTO webhook_deliveries (id, webhook_id, event_id, state, attempts, earlier_attempts, since, next_attempt_at,
      created_at)
    SELECT d.id, d.webhook_id, d.event_id, 'pending', 0, 0, c.now, c.now, c.now
    FROM jsonb_to_recordset(${jsonRows(rows)}::jsonb) AS d(id uuid, webhook_id uuid, event_id bigint),
      (SELECT ${now.toISOString()}::timestamptz AS now) AS c`
  // The leader looks again, and finds them due.
  await queries.$executeRaw`SELECT pg_notify(${workChannel}, 'postponed')`
}
