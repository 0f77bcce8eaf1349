import { webhookDeliveryView, webhookFormat, webhookTestType, type JsonObject } from '@goalpost/contracts'
import { deliveryLeaseMs, type ClaimedDelivery, type ClaimLimits } from '@goalpost/experiments'
import type { Change } from '../tasks/change.ts'

type Row = {
  readonly id: string
  readonly webhookId: string
  readonly attempt: number
  readonly url: string
  readonly format: string
  readonly secret: string
  readonly previousSecret: string | null
  readonly type: string | null
  readonly subject: string | null
  readonly payload: JsonObject | null
  readonly at: Date
}

/**
 * Due deliveries become this process's for the lease. At most some of each webhook: an endpoint that never answers
 * delays only its own. The attempt is logged as lost until its outcome is known.
 */
export async function claimDeliveries(
  { queries, now }: Change,
  { limit, perWebhook, busy }: ClaimLimits,
): Promise<ClaimedDelivery[]> {
  const at = now.toISOString()
  const lease = new Date(now.getTime() + deliveryLeaseMs).toISOString()
  const rows = await queries.$queryRaw<Row[]>`
    WITH due AS (
      SELECT d.id FROM (
        SELECT DISTINCT webhook_id AS id FROM webhook_deliveries WHERE next_attempt_at <= ${at}::timestamptz
      ) AS waiting
      JOIN webhooks w ON w.id = waiting.id AND w.state = 'active' AND w.id <> ALL(${busy}::uuid[])
      CROSS JOIN LATERAL (
        SELECT id, next_attempt_at FROM webhook_deliveries
        WHERE webhook_id = w.id AND next_attempt_at <= ${at}::timestamptz
        ORDER BY next_attempt_at, id LIMIT ${perWebhook}::int FOR UPDATE SKIP LOCKED) AS d
      ORDER BY d.next_attempt_at, d.id LIMIT ${limit}::int
    ), claimed AS (
      UPDATE webhook_deliveries d SET attempts = attempts + 1, next_attempt_at = ${lease}::timestamptz
      FROM due WHERE d.id = due.id RETURNING d.*
    ), logged AS (
      INSERT INTO webhook_attempts (delivery_id, number, at, duration_ms, error)
      SELECT id, attempts, ${at}::timestamptz, 0, 'the worker was lost during this attempt' FROM claimed
    )
    SELECT c.id, c.webhook_id AS "webhookId", c.attempts AS attempt, w.url, w.format, w.secret,
      CASE WHEN w.previous_until > ${at}::timestamptz THEN w.previous_secret END AS "previousSecret",
      e.type, e.subject, e.payload, coalesce(e.created_at, c.created_at) AS at
    FROM claimed c JOIN webhooks w ON w.id = c.webhook_id LEFT JOIN workspace_events e ON e.id = c.event_id`
  if (rows.length === 0) await dropForDisabled({ queries, now })
  return rows.map(toClaimed)
}

/** An event may have been added while the webhook was being disabled. */
async function dropForDisabled({ queries, now }: Pick<Change, 'queries' | 'now'>): Promise<void> {
  await queries.$executeRaw`
    UPDATE webhook_deliveries d SET state = 'dropped', next_attempt_at = NULL FROM webhooks w
    WHERE d.webhook_id = w.id AND w.state = 'disabled' AND d.next_attempt_at <= ${now.toISOString()}::timestamptz`
}

function toClaimed({ format, secret, previousSecret, type, subject, payload, at, ...row }: Row): ClaimedDelivery {
  return {
    ...row,
    format: webhookFormat.parse(format),
    secrets: previousSecret === null ? [secret] : [secret, previousSecret],
    event: { type: webhookDeliveryView.shape.type.parse(type ?? webhookTestType), subject, payload: payload ?? {}, at },
  }
}
