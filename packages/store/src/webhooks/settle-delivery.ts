import {
  decideDelivery,
  serviceActor,
  type AttemptOutcome,
  type ClaimedDelivery,
  type DeliveryDecision,
} from '@goalpost/experiments'
import { storableText } from '../database/json-rows.ts'
import type { Queries } from '../database/open-database.ts'
import { recordAudit } from '../keys/record-audit.ts'
import type { Change } from '../tasks/change.ts'

type Outcome = AttemptOutcome & { readonly durationMs: number }

/** Nothing happens if another worker has taken the delivery after the lease, or it was repeated or deleted. */
export async function settleDelivery(
  { queries, now }: Change,
  { id, webhookId, attempt }: ClaimedDelivery,
  outcome: Outcome,
): Promise<boolean> {
  await queries.webhookAttempt.updateMany({
    where: { deliveryId: id, number: attempt },
    data: { ...outcome, error: outcome.error === null ? null : storableText(outcome.error).slice(0, 500) },
  })
  // The webhook is locked before its deliveries, as when it is deleted.
  const [webhook] = await queries.$queryRaw<{ lastSuccessAt: Date | null }[]>`
    SELECT last_success_at AS "lastSuccessAt" FROM webhooks WHERE id = ${webhookId}::uuid FOR NO KEY UPDATE`
  const [delivery] = await queries.$queryRaw<{ earlierAttempts: number; since: Date }[]>`
    SELECT earlier_attempts AS "earlierAttempts", since FROM webhook_deliveries
    WHERE id = ${id}::uuid AND attempts = ${attempt}::int AND state = 'pending' FOR UPDATE`
  if (webhook === undefined || delivery === undefined) return false
  const { earlierAttempts, since } = delivery
  const silentSince = webhook.lastSuccessAt === null || webhook.lastSuccessAt < since
  const random = Math.random()
  const decision = decideDelivery(outcome, { number: attempt - earlierAttempts, silentSince, random })
  await apply(queries, { id, webhookId, now, decision })
  return true
}

type Settled = {
  readonly id: string
  readonly webhookId: string
  readonly now: Date
  readonly decision: DeliveryDecision
}

async function apply(queries: Queries, { id, webhookId, now, decision }: Settled): Promise<void> {
  const nextAttemptAt = decision.state === 'pending' ? new Date(now.getTime() + decision.afterMs) : null
  const data = { state: decision.state, nextAttemptAt }
  await queries.webhookDelivery.update({ where: { id }, data, select: { id: true } })
  if (decision.state === 'delivered')
    await queries.webhook.update({ where: { id: webhookId }, data: { lastSuccessAt: now }, select: { id: true } })
  if (decision.state === 'failed' && decision.disable !== null) {
    const disabled = { state: 'disabled', disabledReason: storableText(decision.disable).slice(0, 500), updatedAt: now }
    const which = { id: true, name: true, workspaceId: true }
    const { name, workspaceId } = await queries.webhook.update({
      where: { id: webhookId },
      data: disabled,
      select: which,
    })
    await recordAudit(queries, serviceActor, {
      workspaceId,
      action: 'webhook.disabled',
      subject: { type: 'webhook', id: webhookId, name },
      before: { state: 'active' },
      after: { state: 'disabled' },
    })
    await queries.webhookDelivery.updateMany({
      where: { webhookId, state: 'pending' },
      data: { state: 'dropped', nextAttemptAt: null },
    })
  }
}
