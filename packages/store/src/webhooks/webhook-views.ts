import { webhookFilter, webhookFormat, webhookView, type WebhookView } from '@goalpost/contracts'
import type { Page } from '@goalpost/experiments'
import { decodeCursor, pageOf } from '../database/cursor.ts'
import type { Queries } from '../database/open-database.ts'

/** Without secrets, which leave the store only for workers. */
const columns = {
  id: true,
  name: true,
  url: true,
  events: true,
  format: true,
  state: true,
  disabledReason: true,
  previousUntil: true,
  lastSuccessAt: true,
  createdAt: true,
  updatedAt: true,
  _count: { select: { deliveries: { where: { state: 'pending' } } } },
} as const

/** Newest first. */
export async function listWebhooks(
  queries: Queries,
  workspaceId: string,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<WebhookView>> {
  const [before] = cursor === undefined ? [] : decodeCursor(cursor, ['id'])
  const rows = await queries.webhook.findMany({
    where: { workspaceId, ...(before === undefined ? {} : { id: { lt: String(before) } }) },
    orderBy: { id: 'desc' },
    take: limit + 1,
    select: columns,
  })
  const now = new Date()
  return pageOf(rows, limit, { item: (row) => toView(row, now), position: ({ id }) => [id] })
}

export async function readWebhook(queries: Queries, workspaceId: string, name: string): Promise<WebhookView | null> {
  const row = await queries.webhook.findFirst({ where: { workspaceId, name }, select: columns })
  return row && toView(row, new Date())
}

type Row = {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly events: readonly string[]
  readonly format: string
  readonly state: string
  readonly disabledReason: string | null
  readonly previousUntil: Date | null
  readonly lastSuccessAt: Date | null
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly _count: { readonly deliveries: number }
}

function toView({ _count, previousUntil, lastSuccessAt, createdAt, updatedAt, ...row }: Row, now: Date): WebhookView {
  return {
    ...row,
    events: row.events.map((filter) => webhookFilter.parse(filter)),
    format: webhookFormat.parse(row.format),
    state: webhookView.shape.state.parse(row.state),
    previousSecretUntil: previousUntil !== null && previousUntil > now ? previousUntil.toISOString() : null,
    lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
    pending: _count.deliveries,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}
