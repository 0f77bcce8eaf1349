import type { FileRegister } from '@goalpost/experiments'
import type { Database, Queries } from '../database/open-database.ts'
import { trim } from '../retention/trim.ts'
import { lockWorkspace, readTime, type Changes, type Clock } from '../tasks/change.ts'
import { filesLock } from './register-files.ts'
import { removeTasks } from './remove-tasks.ts'

const collectionLock = 0x63_6f_6c_6c

export function createFileRegister(database: Database, changes: Changes, clock?: Clock): FileRegister {
  return {
    beginCollection: (intervalMs) =>
      database.transaction(async (queries) => {
        await queries.$executeRaw`SELECT pg_advisory_xact_lock(${collectionLock}::bigint)`
        const now = await readTime(queries, clock)
        const latest = await queries.collection.findFirst({ orderBy: { id: 'desc' }, select: { startedAt: true } })
        if (latest !== null && now.getTime() - latest.startedAt.getTime() < intervalMs) return null
        const { id } = await queries.collection.create({
          data: { startedAt: now, tasks: 0, files: 0, bytes: 0 },
          select: { id: true },
        })
        return { id: Number(id), now }
      }),

    endCollection: (id, { tasks, files, bytes }) =>
      database.transaction(async (queries) => {
        const endedAt = await readTime(queries, clock)
        await queries.collection.update({ where: { id }, data: { endedAt, tasks, files, bytes }, select: { id: true } })
      }),

    trim: () => trim(changes),
    removeTasks: (before) => removeTasks(changes, before),

    releaseFiles: async (before) => {
      const workspaces = await database.query((queries) => queries.workspace.findMany({ select: { id: true } }))
      for (const { id } of workspaces)
        await changes.run(async ({ queries, now }) => {
          await lockWorkspace(queries, id)
          await releaseFiles(queries, { workspaceId: id, before, now })
        })
    },

    removeUnowned: (hashes, remove) =>
      database.transaction(async (queries) => {
        await queries.$executeRaw`SELECT pg_advisory_xact_lock(${filesLock}::bigint)`
        const removed: string[] = []
        for (const hash of await unowned(queries, hashes)) if (await remove(hash)) removed.push(hash)
        await noteRemoved(queries, removed, await readTime(queries, clock))
        return removed
      }),
  }
}

type Releasing = { readonly workspaceId: string; readonly before: Date; readonly now: Date }

/**
 * A file is needed by tasks and model versions, and by the specs of schedules and gates that name its hash. A
 * process that registers it meanwhile has locked its row, which is then checked again.
 */
async function releaseFiles(queries: Queries, { workspaceId, before, now }: Releasing): Promise<void> {
  const unneeded = await queries.$queryRaw<{ hash: string }[]>`
    SELECT a.hash FROM artifacts a
    WHERE a.workspace_id = ${workspaceId}::uuid AND NOT a.uploaded
      AND NOT EXISTS (SELECT FROM task_files f WHERE f.workspace_id = a.workspace_id AND f.hash = a.hash)
      AND NOT EXISTS (SELECT FROM model_versions v WHERE v.workspace_id = a.workspace_id AND v.artifact_hash = a.hash)
      AND NOT EXISTS (SELECT FROM schedules s
        WHERE s.workspace_id = a.workspace_id AND position(a.hash IN s.sent::text) > 0)
      AND NOT EXISTS (SELECT FROM gates g JOIN gate_versions v ON v.gate_id = g.id
        WHERE g.workspace_id = a.workspace_id AND position(a.hash IN v.spec::text) > 0)`
  const hashes = unneeded.map(({ hash }) => hash)
  await queries.$executeRaw`
    UPDATE artifacts SET unneeded_since = NULL
    WHERE workspace_id = ${workspaceId}::uuid AND unneeded_since IS NOT NULL AND NOT hash = ANY(${hashes}::text[])`
  await queries.$executeRaw`
    DELETE FROM artifacts WHERE workspace_id = ${workspaceId}::uuid AND hash = ANY(${hashes}::text[])
      AND unneeded_since < ${before.toISOString()}::timestamptz`
  await queries.$executeRaw`
    UPDATE artifacts SET unneeded_since = ${now.toISOString()}::timestamptz
    WHERE workspace_id = ${workspaceId}::uuid AND hash = ANY(${hashes}::text[]) AND unneeded_since IS NULL`
}

async function unowned(queries: Queries, hashes: readonly string[]): Promise<string[]> {
  const rows = await queries.$queryRaw<{ hash: string }[]>`
    SELECT f.hash FROM unnest(${hashes}::text[]) AS f(hash)
    WHERE NOT EXISTS (SELECT FROM artifacts a WHERE a.hash = f.hash)`
  return rows.map(({ hash }) => hash)
}

/** The time is read after the last removal. */
async function noteRemoved(queries: Queries, hashes: readonly string[], now: Date): Promise<void> {
  const time = now.toISOString()
  await queries.$executeRaw`
    INSERT INTO removed_files (hash, removed_at) SELECT hash, ${time}::timestamptz FROM unnest(${hashes}::text[]) AS f(hash)
    ON CONFLICT (hash) DO UPDATE SET removed_at = excluded.removed_at`
  await queries.$executeRaw`DELETE FROM removed_files WHERE removed_at < ${time}::timestamptz - interval '1 day'`
}
