import type { WebhookSpec } from '@goalpost/contracts'
import { rotationMs } from '@goalpost/experiments'
import { v7 as uuidv7 } from 'uuid'
import type { Change } from '../tasks/change.ts'

type Which = { readonly workspaceId: string; readonly name: string }

/** False if the name is taken. */
export async function createWebhook(
  { queries, now }: Change,
  workspaceId: string,
  { spec, secret }: { readonly spec: WebhookSpec; readonly secret: string },
): Promise<boolean> {
  const { name, url, format } = spec
  const events = [...spec.events]
  const row = { id: uuidv7(), workspaceId, name, url, format, events, secret, state: 'active' }
  const { count } = await queries.webhook.createMany({
    data: { ...row, createdAt: now, updatedAt: now },
    skipDuplicates: true,
  })
  return count === 1
}

export async function rotateSecret({ queries, now }: Change, which: Which, secret: string): Promise<boolean> {
  const webhook = await lockWebhook(queries, which)
  if (webhook === null) return false
  const previousUntil = new Date(now.getTime() + rotationMs)
  const data = { secret, previousSecret: webhook.secret, previousUntil, updatedAt: now }
  await queries.webhook.update({ where: { id: webhook.id }, data, select: { id: true } })
  return true
}

export async function enableWebhook({ queries, now }: Change, which: Which): Promise<boolean> {
  const { count } = await queries.webhook.updateMany({
    where: which,
    data: { state: 'active', disabledReason: null, updatedAt: now },
  })
  return count === 1
}

export async function deleteWebhook({ queries }: Change, which: Which): Promise<boolean> {
  const webhook = await lockWebhook(queries, which)
  if (webhook === null) return false
  const { id } = webhook
  await queries.webhookAttempt.deleteMany({ where: { delivery: { webhookId: id } } })
  await queries.webhookDelivery.deleteMany({ where: { webhookId: id } })
  await queries.webhook.delete({ where: { id }, select: { id: true } })
  return true
}

/** Against events that add deliveries meanwhile. */
async function lockWebhook(queries: Change['queries'], { workspaceId, name }: Which) {
  const [row] = await queries.$queryRaw<{ id: string; secret: string; state: string }[]>`
    SELECT id, secret, state FROM webhooks WHERE workspace_id = ${workspaceId}::uuid AND name = ${name} FOR UPDATE`
  return row ?? null
}
