import type { AuditEvent, JsonObject } from '@goalpost/contracts'
import type { Actor, Page } from '@goalpost/experiments'
import { decodeCursor, pageOf } from '../database/cursor.ts'
import { fromStored, toStored } from '../database/stored-json.ts'
import type { AuditEvent as Row } from '../generated/client.ts'
import type { Queries } from '../database/open-database.ts'

export type Audited = Pick<AuditEvent, 'action' | 'subject'> & {
  readonly workspaceId: string
  readonly before: JsonObject | null
  readonly after: JsonObject | null
}

/** In the transaction of the change itself. */
export async function recordAudit(queries: Queries, { key, address }: Actor, audited: Audited): Promise<void> {
  const { workspaceId, action, subject, before, after } = audited
  await queries.auditEvent.create({
    data: {
      workspaceId,
      at: new Date(),
      action,
      keyId: key?.id ?? null,
      keyName: key?.name ?? null,
      address,
      subjectType: subject.type,
      subjectId: subject.id,
      subjectName: subject.name,
      ...(before === null ? {} : { before: toStored(before) }),
      ...(after === null ? {} : { after: toStored(after) }),
    },
    select: { id: true },
  })
}

/** Newest first. */
export async function listAudit(
  queries: Queries,
  workspaceId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Page<AuditEvent>> {
  const [before] = cursor === undefined ? [] : decodeCursor(cursor, ['number'])
  const rows = await queries.auditEvent.findMany({
    where: { workspaceId, ...(before === undefined ? {} : { id: { lt: Number(before) } }) },
    orderBy: { id: 'desc' },
    take: limit + 1,
  })
  return pageOf(rows, limit, { item: toView, position: ({ id }) => [Number(id)] })
}

function toView(row: Row): AuditEvent {
  return {
    id: Number(row.id),
    at: row.at.toISOString(),
    action: row.action,
    actor: row.keyId === null ? null : { keyId: row.keyId, name: row.keyName ?? '' },
    address: row.address,
    subject: { type: row.subjectType, id: row.subjectId, name: row.subjectName },
    before: row.before === null ? null : fromStored<JsonObject>(row.before),
    after: row.after === null ? null : fromStored<JsonObject>(row.after),
  }
}
