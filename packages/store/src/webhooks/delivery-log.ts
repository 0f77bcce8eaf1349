import {
  webhookDeliveryState,
  webhookDeliveryView,
  webhookTestType,
  type WebhookDeliveryState,
  type WebhookDeliveryView,
} from '@goalpost/contracts'
import { messageIdOf, type Page } from '@goalpost/experiments'
import { v7 as uuidv7 } from 'uuid'
import { decodeCursor, pageOf } from '../database/cursor.ts'
import type { Queries } from '../database/open-database.ts'
import type { Change } from '../tasks/change.ts'

type Which = { readonly workspaceId: string; readonly name: string }
type LogQuery = {
  readonly cursor?: string | undefined
  readonly limit: number
  readonly state?: WebhookDeliveryState | undefined
}

const columns = {
  id: true,
  state: true,
  nextAttemptAt: true,
  createdAt: true,
  event: { select: { type: true, subject: true } },
} as const

/** Newest first. */
export async function listDeliveries(
  queries: Queries,
  { workspaceId, name }: Which,
  { cursor, limit, state }: LogQuery,
): Promise<Page<WebhookDeliveryView> | null> {
  const webhook = await queries.webhook.findFirst({ where: { workspaceId, name }, select: { id: true } })
  if (webhook === null) return null
  const [before] = cursor === undefined ? [] : decodeCursor(cursor, ['id'])
  const rows = await queries.webhookDelivery.findMany({
    where: {
      webhookId: webhook.id,
      ...(before === undefined ? {} : { id: { lt: String(before) } }),
      ...(state === undefined ? {} : { state }),
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
    select: columns,
  })
  const attempts = await attemptsOf(queries, rows)
  return pageOf(rows, limit, { item: (row) => toView(row, attempts.get(row.id)), position: ({ id }) => [id] })
}

export async function readDelivery(
  queries: Queries,
  { workspaceId, name, id }: Which & { readonly id: string },
): Promise<WebhookDeliveryView | null> {
  const row = await queries.webhookDelivery.findFirst({
    where: { id, webhook: { workspaceId, name } },
    select: columns,
  })
  return row && toView(row, (await attemptsOf(queries, [row])).get(id))
}

/** A message without an event. */
export async function addTest(change: Change, { workspaceId, name }: Which): Promise<string | null> {
  const { queries, now } = change
  const webhook = await queries.webhook.findFirst({ where: { workspaceId, name }, select: { id: true } })
  if (webhook === null) return null
  const id = uuidv7()
  const row = { id, webhookId: webhook.id, state: 'pending', attempts: 0, earlierAttempts: 0 }
  const data = { ...row, since: now, nextAttemptAt: now, createdAt: now }
  await queries.webhookDelivery.create({ data, select: { id: true } })
  change.signals.add('postponed')
  return id
}

/** A new series of attempts with the same message. */
export async function redeliver(
  change: Change,
  { workspaceId, name, id }: Which & { readonly id: string },
): Promise<'repeated' | 'disabled' | null> {
  const { queries, now } = change
  const found = await queries.webhookDelivery.findFirst({
    where: { id, webhook: { workspaceId, name } },
    select: { webhook: { select: { state: true } } },
  })
  if (found === null) return null
  if (found.webhook.state === 'disabled') return 'disabled'
  await queries.$executeRaw`
    UPDATE webhook_deliveries SET state = 'pending', earlier_attempts = attempts, since = ${now.toISOString()}::timestamptz,
      next_attempt_at = ${now.toISOString()}::timestamptz
    WHERE id = ${id}::uuid`
  change.signals.add('postponed')
  return 'repeated'
}

type Row = {
  readonly id: string
  readonly state: string
  readonly nextAttemptAt: Date | null
  readonly createdAt: Date
  readonly event: { readonly type: string; readonly subject: string } | null
}
type Attempts = WebhookDeliveryView['attempts']

async function attemptsOf(queries: Queries, rows: readonly Row[]): Promise<ReadonlyMap<string, Attempts>> {
  const attempts = await queries.webhookAttempt.findMany({
    where: { deliveryId: { in: rows.map(({ id }) => id) } },
    orderBy: [{ deliveryId: 'asc' }, { number: 'asc' }],
  })
  const views = attempts.map(({ at, ...attempt }) => ({ ...attempt, at: at.toISOString() }))
  const groups = Map.groupBy(views, ({ deliveryId }) => deliveryId)
  return new Map(
    [...groups].map(([id, own]) => [
      id,
      own.map(({ number, at, durationMs, status, error }) => ({ number, at, durationMs, status, error })),
    ]),
  )
}

function toView({ id, state, event, nextAttemptAt, createdAt }: Row, attempts: Attempts = []): WebhookDeliveryView {
  return {
    id,
    messageId: messageIdOf(id),
    type: webhookDeliveryView.shape.type.parse(event?.type ?? webhookTestType),
    subject: event?.subject ?? null,
    state: webhookDeliveryState.parse(state),
    attempts,
    nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  }
}
