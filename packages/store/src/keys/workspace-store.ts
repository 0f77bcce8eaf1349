import type { QuotaUse, WorkspaceView } from '@goalpost/contracts'
import { hashJson, type Actor, type WorkspaceStore } from '@goalpost/experiments'
import { v7 as uuidv7 } from 'uuid'
import { decodeCursor, pageOf } from '../database/cursor.ts'
import { unconfined } from '../database/confinement.ts'
import type { Database, Queries } from '../database/open-database.ts'
import { noUse, readQuota, readUse, readUses, toQuota, toQuotaColumns, type QuotaRow } from '../quotas/quota-columns.ts'
import { lockWorkspace } from '../tasks/change.ts'
import { recordAudit } from './record-audit.ts'

type Row = QuotaRow & {
  readonly id: string
  readonly name: string
  readonly createdAt: Date
  readonly activeKeys: number
}

type Listing = { readonly after: string | number | null; readonly name: string | null; readonly limit: number }

/** Across workspaces: for operators, and to find a workspace by its name. */
export function createWorkspaceStore(all: Database): WorkspaceStore {
  const database = unconfined(all)
  return {
    ensure: (name) => database.query((queries) => ensureWorkspaceId(queries, name)),
    list: (query) => database.query((queries) => listWorkspaces(queries, query)),
    findId: (name) => database.query((queries) => findId(queries, name)),
    create: (name, actor) => database.transaction((queries) => createWorkspace(queries, name, actor)),
    setQuota: (name, change, actor) =>
      database.transaction(async (queries) => {
        const id = await findId(queries, name)
        if (id === null) return null
        await changeQuota(queries, { id, name, actor }, toQuotaColumns(change))
        const [row] = await selectWorkspaces(queries, { after: null, name, limit: 1 })
        return row === undefined ? null : toView(row, await readUse(queries, id))
      }),
  }
}

async function listWorkspaces(
  queries: Queries,
  { cursor, limit }: Parameters<WorkspaceStore['list']>[0],
): ReturnType<WorkspaceStore['list']> {
  const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, ['id'])
  const rows = await selectWorkspaces(queries, { after, name: null, limit: limit + 1 })
  const uses = await readUses(
    queries,
    rows.map(({ id }) => id),
  )
  return pageOf(rows, limit, { item: (row) => toView(row, uses.get(row.id) ?? noUse), position: ({ id }) => [id] })
}

async function createWorkspace(queries: Queries, name: string, actor: Actor): Promise<WorkspaceView | null> {
  const inserted = await insertWorkspace(queries, name)
  if (inserted === 0) return null
  const [row] = await selectWorkspaces(queries, { after: null, name, limit: 1 })
  if (row === undefined) return null
  await recordAudit(queries, actor, {
    workspaceId: row.id,
    action: 'workspace.created',
    subject: { type: 'workspace', id: row.id, name },
    before: null,
    after: { name },
  })
  return toView(row, noUse)
}

type Changed = { readonly id: string; readonly name: string; readonly actor: Actor }

/** With its audit event, if anything changes. Without columns to change, it locks nothing. */
async function changeQuota(
  queries: Queries,
  { id, name, actor }: Changed,
  columns: ReturnType<typeof toQuotaColumns>,
): Promise<void> {
  if (Object.keys(columns).length === 0) return
  await lockWorkspace(queries, id)
  const before = await readQuota(queries, id)
  await queries.workspace.update({ where: { id }, data: columns, select: { id: true } })
  const after = await readQuota(queries, id)
  if (hashJson(after) === hashJson(before)) return
  const subject = { type: 'workspace', id, name } as const
  await recordAudit(queries, actor, { workspaceId: id, action: 'workspace.quota-changed', subject, before, after })
}

export async function ensureWorkspaceId(queries: Queries, name: string): Promise<string> {
  await insertWorkspace(queries, name)
  const { id } = await queries.workspace.findFirstOrThrow({ where: { name }, select: { id: true } })
  return id
}

/** Two processes may try at once: the second inserts nothing. */
function insertWorkspace(queries: Queries, name: string): Promise<number> {
  return queries.$executeRaw`
    INSERT INTO workspaces (id, name, created_at) VALUES (${uuidv7()}::uuid, ${name}, now()) ON CONFLICT DO NOTHING`
}

async function findId(queries: Queries, name: string): Promise<string | null> {
  const found = await queries.workspace.findFirst({ where: { name }, select: { id: true } })
  return found?.id ?? null
}

/** Oldest first. */
function selectWorkspaces(queries: Queries, { after, name, limit }: Listing): Promise<Row[]> {
  return queries.$queryRaw<Row[]>`
    SELECT w.id, w.name, w.created_at AS "createdAt", w.most_cpu_tasks AS "mostCpuTasks",
      w.most_gpu_tasks AS "mostGpuTasks", w.most_unfinished_runs AS "mostUnfinishedRuns",
      w.most_storage_bytes AS "mostStorageBytes", w.weight, (
        SELECT count(*)::int FROM api_keys k
        WHERE k.workspace_id = w.id AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
      ) AS "activeKeys"
    FROM workspaces w
    WHERE (${after}::uuid IS NULL OR w.id > ${after}::uuid) AND (${name}::text IS NULL OR w.name = ${name}::text)
    ORDER BY w.id LIMIT ${limit}::int`
}

function toView(row: Row, use: QuotaUse): WorkspaceView {
  const { id, name, createdAt, activeKeys } = row
  return { id, name, createdAt: createdAt.toISOString(), activeKeys, quota: toQuota(row), use }
}
