import { GoalpostError, type ArtifactRef } from '@goalpost/contracts'
import { jsonRows } from '../database/json-rows.ts'
import type { Queries } from '../database/open-database.ts'
import type { Change } from '../tasks/change.ts'

type File = Pick<ArtifactRef, 'hash' | 'name' | 'bytes' | 'mediaType'>

/** Shared by who registers files, exclusive for who removes some. Any number: the ASCII codes of `file`. */
export const filesLock = 0x66_69_6c_65

/**
 * How long a removed file is not registered. Longer than a worker's lease: a worker that saw the file before its removal
 * and registers it later has lost its claim.
 */
export const registrationPauseMs = 5 * 60_000

type Files = { readonly workspaceId: string; readonly uploaded: boolean; readonly files: readonly File[] }
type Registering = Pick<Change, 'queries' | 'now'>

/**
 * Records that this workspace may read these files, whose bytes are stored. In a transaction.
 * @throws GoalpostError `unavailable` for a file that was removed moments ago: it has to be written again.
 */
export async function registerFiles(change: Registering, { workspaceId, uploaded, files }: Files): Promise<void> {
  if (files.length === 0) return
  const distinct = [...new Map(files.map((file) => [file.hash, file])).values()]
  const { queries } = change
  await refuseRemoved(
    change,
    distinct.map(({ hash }) => hash),
  )
  const rows = distinct.map(({ hash, name, bytes, mediaType }) => ({ hash, name, bytes, media_type: mediaType }))
  await queries.$executeRaw`
    INSERT INTO artifacts (workspace_id, hash, name, bytes, media_type, uploaded)
    SELECT ${workspaceId}::uuid, a.*, ${uploaded}::boolean FROM jsonb_to_recordset(${jsonRows(rows)}::jsonb)
      AS a(hash text, name text, bytes bigint, media_type text)
    ORDER BY a.hash
    ON CONFLICT (workspace_id, hash) DO UPDATE
      SET unneeded_since = NULL, uploaded = artifacts.uploaded OR excluded.uploaded
      WHERE artifacts.unneeded_since IS NOT NULL OR (excluded.uploaded AND NOT artifacts.uploaded)`
}

/** Two statements: what the second sees begins after the first has its lock. */
async function refuseRemoved({ queries, now }: Registering, hashes: readonly string[]): Promise<void> {
  await queries.$executeRaw`SELECT pg_advisory_xact_lock_shared(${filesLock}::bigint)`
  const [removed] = await queries.$queryRaw<{ hash: string }[]>`
    SELECT hash FROM removed_files WHERE hash = ANY(${hashes}::text[])
      AND removed_at > ${new Date(now.getTime() - registrationPauseMs).toISOString()}::timestamptz LIMIT 1`
  if (removed === undefined) return
  throw new GoalpostError(
    'unavailable',
    `The file ${removed.hash} was removed in the last minutes, as nothing needed it: write it again in five minutes`,
  )
}

type OfTask = { readonly kind: 'checkpoint' | 'result'; readonly files: readonly File[] }

/** The same for files that a task has made. */
export async function registerTaskFiles(
  change: Registering,
  { id, workspaceId }: { readonly id: string; readonly workspaceId: string },
  { kind, files }: OfTask,
): Promise<void> {
  if (files.length === 0) return
  await registerFiles(change, { workspaceId, uploaded: false, files })
  await change.queries.$executeRaw`
    INSERT INTO task_files (task_id, hash, workspace_id, kind)
    SELECT ${id}::uuid, hash, ${workspaceId}::uuid, ${kind}
    FROM unnest(${[...new Set(files.map(({ hash }) => hash))].toSorted()}::text[]) AS f(hash)
    ON CONFLICT DO NOTHING`
}

/** Files that tasks read, which the workspace has. The workspace must be locked. */
export async function registerInputFiles(
  queries: Queries,
  workspaceId: string,
  files: readonly { readonly taskId: string; readonly hash: string }[],
): Promise<void> {
  if (files.length === 0) return
  const rows = files.map(({ taskId, hash }) => ({ task_id: taskId, hash }))
  await queries.$executeRaw`
    INSERT INTO task_files (task_id, hash, workspace_id, kind)
    SELECT DISTINCT f.task_id, f.hash, a.workspace_id, 'input'
    FROM jsonb_to_recordset(${jsonRows(rows)}::jsonb) AS f(task_id uuid, hash text)
    JOIN artifacts a ON a.workspace_id = ${workspaceId}::uuid AND a.hash = f.hash
    ON CONFLICT DO NOTHING`
}
