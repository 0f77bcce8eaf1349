import type { WorkspaceView } from '@goalpost/contracts'
import type { WorkspaceStore } from '@goalpost/experiments'
import { v7 as uuidv7 } from 'uuid'
import { decodeCursor, pageOf } from '../database/cursor.ts'
import type { Database, Queries } from '../database/open-database.ts'
import { recordAudit } from './record-audit.ts'

type Row = { id: string; name: string; created_at: Date; active_keys: number }

export function createWorkspaceStore(database: Database): WorkspaceStore {
  return {
    ensure: (name) => database.query((queries) => ensureWorkspaceId(queries, name)),

    list: ({ cursor, limit }) =>
      database.query(async (queries) => {
        const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, ['id'])
        const rows = await selectWorkspaces(queries, { after, name: null, limit: limit + 1 })
        return pageOf(rows, limit, { item: toView, position: ({ id }) => [id] })
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
  const [row] = await selectWorkspaces(queries, { after: null, name, limit: 1 })
  return row === undefined ? null : toView(row)
}

/** Oldest first. */
function selectWorkspaces(
  queries: Queries,
  { after, name, limit }: { after: string | number | null; name: string | null; limit: number },
): Promise<Row[]> {
  return queries.$queryRaw<Row[]>`
    SELECT w.id, w.name, w.created_at, (
      SELECT count(*)::int FROM api_keys k
      WHERE k.workspace_id = w.id AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
    ) AS active_keys
    FROM workspaces w
    WHERE (${after}::uuid IS NULL OR w.id > ${after}::uuid) AND (${name}::text IS NULL OR w.name = ${name}::text)
    ORDER BY w.id LIMIT ${limit}::int`
}

function toView({ id, name, created_at, active_keys }: Row): WorkspaceView {
  return { id, name, createdAt: created_at.toISOString(), activeKeys: active_keys }
}
