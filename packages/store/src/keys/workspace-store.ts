import type { WorkspaceView } from '@goalpost/contracts'
import { hashJson, type WorkspaceStore } from '@goalpost/experiments'
import { v7 as uuidv7 } from 'uuid'
import { decodeCursor, pageOf } from '../database/cursor.ts'
import type { Database, Queries } from '../database/open-database.ts'
import { readQuota, readUse, toQuotaColumns } from '../quotas/quota-columns.ts'
import { lockWorkspace } from '../tasks/change.ts'
import { recordAudit } from './record-audit.ts'

type Row = { id: string; name: string; created_at: Date; active_keys: number }

type Listing = { readonly after: string | number | null; readonly name: string | null; readonly limit: number }

export function createWorkspaceStore(database: Database): WorkspaceStore {
  return {
    ensure: (name) => database.query((queries) => ensureWorkspaceId(queries, name)),

    list: ({ cursor, limit }) =>
      database.query(async (queries) => {
        const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, ['id'])
        const rows = await selectWorkspaces(queries, { after, name: null, limit: limit + 1 })
        return pageOf(rows, limit, { item: (view) => view, position: ({ id }) => [id] })
      }),

    find: (name) => database.query((queries) => findWorkspace(queries, name)),

    create: (name, actor) =>
      database.transaction(async (queries) => {
        const inserted = await insertWorkspace(queries, name)
        if (inserted === 0) return null
        const view = await findWorkspace(queries, name)
        if (view === null) return null
        await recordAudit(queries, actor, {
          workspaceId: view.id,
          action: 'workspace.created',
          subject: { type: 'workspace', id: view.id, name },
          before: null,
          after: { name },
        })
        return view
      }),

    setQuota: (name, change, actor) =>
      database.transaction(async (queries) => {
        const before = await findWorkspace(queries, name)
        if (before === null) return null
        await lockWorkspace(queries, before.id)
        const { quota } = before
        await queries.workspace.update({ where: { id: before.id }, data: toQuotaColumns(change), select: { id: true } })
        const after = await readQuota(queries, before.id)
        if (hashJson(after) === hashJson(quota)) return before
        await recordAudit(queries, actor, {
          workspaceId: before.id,
          action: 'workspace.quota-changed',
          subject: { type: 'workspace', id: before.id, name },
          before: quota,
          after,
        })
        return { ...before, quota: after }
      }),
  }
}

export async function ensureWorkspaceId(queries: Queries, name: string): Promise<string> {
  await insertWorkspace(queries, name)
  const { id } = await queries.workspace.findUniqueOrThrow({ where: { name }, select: { id: true } })
  return id
}

/** Two processes may try at once: the second inserts nothing. */
function insertWorkspace(queries: Queries, name: string): Promise<number> {
  return queries.$executeRaw`
    INSERT INTO workspaces (id, name, created_at) VALUES (${uuidv7()}::uuid, ${name}, now()) ON CONFLICT DO NOTHING`
}

async function findWorkspace(queries: Queries, name: string): Promise<WorkspaceView | null> {
  const [view] = await selectWorkspaces(queries, { after: null, name, limit: 1 })
  return view ?? null
}

/** Oldest first. */
async function selectWorkspaces(queries: Queries, { after, name, limit }: Listing): Promise<WorkspaceView[]> {
  const rows = await queries.$queryRaw<Row[]>`
    SELECT w.id, w.name, w.created_at, (
      SELECT count(*)::int FROM api_keys k
      WHERE k.workspace_id = w.id AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
    ) AS active_keys
    FROM workspaces w
    WHERE (${after}::uuid IS NULL OR w.id > ${after}::uuid) AND (${name}::text IS NULL OR w.name = ${name}::text)
    ORDER BY w.id LIMIT ${limit}::int`
  return Promise.all(rows.map((row) => toView(queries, row)))
}

async function toView(queries: Queries, { id, name, created_at, active_keys }: Row): Promise<WorkspaceView> {
  const [quota, use] = [await readQuota(queries, id), await readUse(queries, id)]
  return { id, name, createdAt: created_at.toISOString(), activeKeys: active_keys, quota, use }
}
