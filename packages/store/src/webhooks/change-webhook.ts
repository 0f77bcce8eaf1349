import type { WebhookSpec } from '@goalpost/contracts'
import { rotationMs, type Actor } from '@goalpost/experiments'
import { v7 as uuidv7 } from 'uuid'
import { recordAudit } from '../keys/record-audit.ts'
import type { Change } from '../tasks/change.ts'

type Which = { readonly workspaceId: string; readonly name: string; readonly actor: Actor }
type New = { readonly spec: WebhookSpec; readonly secret: string; readonly actor: Actor }

/** False if the name is taken. */
export async function createWebhook(
  { queries, now }: Change,
  workspaceId: string,
  { spec, secret, actor }: New,
): Promise<boolean> {
  const { name, url, format } = spec
  const events = [...spec.events]
  const row = { id: uuidv7(), workspaceId, name, url, format, events, secret, state: 'active' }
  const { count } = await queries.webhook.createMany({
    data: { ...row, createdAt: now, updatedAt: now },
    skipDuplicates: true,
  })
  if (count === 1)
    await recordAudit(queries, actor, {
      workspaceId,
      action: 'webhook.created',
      subject: { type: 'webhook', id: row.id, name },
      before: null,
      after: { ...auditedOf(url), format, events },
    })
  return count === 1
}

/** The paths of addresses can be secrets, as with Slack, and the log outlives the webhook. */
const auditedOf = (url: string) => ({ origin: new URL(url).origin })

export async function rotateSecret({ queries, now }: Change, which: Which, secret: string): Promise<boolean> {
  const webhook = await lockWebhook(queries, which)
  if (webhook === null) return false
  const previousUntil = new Date(now.getTime() + rotationMs)
  const data = { secret, previousSecret: webhook.secret, previousUntil, updatedAt: now }
  await queries.webhook.update({ where: { id: webhook.id }, data, select: { id: true } })
  const after = { previousUntil: previousUntil.toISOString() }
  await recordAudit(queries, which.actor, {
    ...entryOf(which, webhook.id),
    action: 'webhook.secret-rotated',
    before: null,
    after,
  })
  return true
}

export async function enableWebhook({ queries, now }: Change, which: Which): Promise<boolean> {
  const webhook = await lockWebhook(queries, which)
  if (webhook === null) return false
  const { id, state } = webhook
  const data = { state: 'active', disabledReason: null, updatedAt: now }
  await queries.webhook.update({ where: { id }, data, select: { id: true } })
  if (state !== 'active')
    await recordAudit(queries, which.actor, {
      ...entryOf(which, id),
      action: 'webhook.enabled',
      before: { state },
      after: { state: 'active' },
    })
  return true
}

const entryOf = ({ workspaceId, name }: Which, id: string) => ({
  workspaceId,
  subject: { type: 'webhook', id, name },
})

export async function deleteWebhook({ queries }: Change, which: Which): Promise<boolean> {
  const webhook = await lockWebhook(queries, which)
  if (webhook === null) return false
  const { id, url, state } = webhook
  await queries.webhookAttempt.deleteMany({ where: { delivery: { webhookId: id } } })
  await queries.webhookDelivery.deleteMany({ where: { webhookId: id } })
  await queries.webhook.delete({ where: { id }, select: { id: true } })
  await recordAudit(queries, which.actor, {
    ...entryOf(which, id),
    action: 'webhook.deleted',
    before: { ...auditedOf(url), state },
    after: null,
  })
  return true
}

/** Against events that add deliveries meanwhile. */
async function lockWebhook(queries: Change['queries'], { workspaceId, name }: Which) {
  const [row] = await queries.$queryRaw<{ id: string; secret: string; state: string; url: string }[]>`
    SELECT id, secret, state, url FROM webhooks WHERE workspace_id = ${workspaceId}::uuid AND name = ${name} FOR UPDATE`
  return row ?? null
}
