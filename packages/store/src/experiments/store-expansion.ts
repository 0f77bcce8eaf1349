import type { ExpandedTask, Expansion } from '@goalpost/experiments'
import { v7 as uuidv7 } from 'uuid'
import { jsonRows } from '../database/json-rows.ts'
import type { Queries } from '../database/open-database.ts'
import type { Change } from '../tasks/change.ts'
import { registerInputFiles } from '../storage/register-files.ts'
import { reviewBlocked, settleDependents } from '../tasks/dependents.ts'
import { lockTasks, type LockedTask } from '../tasks/locked-task.ts'
import { reviewHeld } from '../tasks/review-held.ts'
import { revive } from '../tasks/revive.ts'
import { idOf, storeTasks, type StoredTasks, type StoringTarget } from './store-tasks.ts'

export type Target = StoringTarget & {
  /** Which of its failed and cancelled tasks are started again; default: all. */
  readonly restarts?: 'all' | 'analysis'
}

/**
 * Writes the tasks that the workspace does not have yet, links experiment and runs to all of them, and starts those
 * that failed or were cancelled before. The workspace must be locked. Returns the id of the analysis, if it has one.
 */
export async function storeExpansion(change: Change, target: Target, expansion: Expansion): Promise<string | null> {
  const { queries } = change
  const { tasks } = expansion
  const paused = await isPaused(queries, target.experimentId)
  const stored = await storeTasks(change, target, { tasks, starts: !paused })
  const known = [...stored.values()].filter(({ isNew }) => !isNew).map(({ id }) => id)
  const locked = await takeOver(change, target, { known, size: tasks.length })
  const files = tasks.flatMap((task) =>
    (task.files ?? []).map((hash) => ({ taskId: idOf(stored, task.identity), hash })),
  )
  await registerInputFiles(queries, target.workspaceId, files)
  await linkTasks(queries, target, { tasks, stored })
  await insertRuns(change, target, { expansion, stored })
  const analysisId = expansion.analysis === null ? null : idOf(stored, expansion.analysis)
  await revive(change, target.restarts === 'analysis' ? locked.filter(({ id }) => id === analysisId) : locked, {})
  // Of thousands of tasks, one experiment more frees those that are held, and a paused one may hold all.
  const held = locked.filter(({ lifecycle }) => lifecycle.held).map(({ id }) => id)
  await reviewHeld(change, paused ? [...stored.values()].map(({ id }) => id) : held)
  await startNew(change, tasks, stored)
  return analysisId
}

/** Locks the tasks that the workspace has already, and gives them the priority and the turn of this experiment where these are better. */
async function takeOver(
  { queries }: Change,
  { priority, experimentId }: Target,
  { known, size }: { readonly known: readonly string[]; readonly size: number },
): Promise<LockedTask[]> {
  if (known.length === 0) return []
  const locked = await lockTasks(queries, known)
  await raisePriority(queries, known, priority)
  await takeTurns(queries, { ids: known, experimentId, size })
  await queries.$executeRaw`
    UPDATE tasks SET unneeded_since = NULL WHERE id = ANY(${known}::uuid[]) AND unneeded_since IS NOT NULL`
  return locked
}

/**
 * Publishes that new tasks are ready which were written so, and reviews those that need a task which was there before: all
 * others wait for new ones.
 */
async function startNew(change: Change, tasks: readonly ExpandedTask[], stored: StoredTasks): Promise<void> {
  const isKnown = ({ identity }: { readonly identity: string }) => stored.get(identity)?.isNew === false
  const waiting: string[] = []
  for (const { identity, needs } of tasks) {
    const task = stored.get(identity)
    if (task?.isNew !== true) continue
    if (task.state === 'ready') {
      change.transitions.push({ taskId: task.id, from: 'blocked', to: 'ready' })
      change.signals.add('ready')
    } else if (needs.length === 0 || needs.some(isKnown)) waiting.push(task.id)
  }
  await settleDependents(change, await reviewBlocked(change, waiting))
}

async function isPaused(queries: Queries, experimentId: string): Promise<boolean> {
  const found = await queries.experiment.findFirst({ where: { id: experimentId }, select: { pausedAt: true } })
  return found !== null && found.pausedAt !== null
}

async function raisePriority(queries: Queries, ids: readonly string[], priority: number): Promise<void> {
  await queries.$executeRaw`
    UPDATE tasks SET priority = ${priority}::int WHERE id = ANY(${ids}::uuid[]) AND priority < ${priority}::int`
}

type Turns = { readonly ids: readonly string[]; readonly experimentId: string; readonly size: number }

/** A small experiment that shares tasks with a large one must not wait for all of the large one's turns. */
async function takeTurns(queries: Queries, { ids, experimentId, size }: Turns): Promise<void> {
  await queries.$executeRaw`
    UPDATE tasks t SET share_id = ${experimentId}::uuid
    FROM (
      SELECT s.share_id, (SELECT count(*) FROM experiment_tasks l WHERE l.experiment_id = s.share_id) AS size
      FROM (SELECT DISTINCT share_id FROM tasks WHERE id = ANY(${ids}::uuid[])) s
    ) former
    WHERE t.id = ANY(${ids}::uuid[]) AND t.share_id = former.share_id AND former.share_id <> ${experimentId}::uuid
      AND t.state IN ('blocked', 'ready', 'queued', 'failed', 'cancelled')
      AND (former.size = 0 OR former.size > ${size}::int)`
}

type Linked = { readonly tasks: readonly ExpandedTask[]; readonly stored: StoredTasks }

/** Without ON CONFLICT, for which a confined session looks up the experiment of each row. The locks let nobody add one meanwhile. */
async function linkTasks(queries: Queries, { experimentId }: Target, { tasks, stored }: Linked): Promise<void> {
  const rows = tasks.map(({ identity, key }, position) => ({
    task_id: idOf(stored, identity),
    position,
    key,
    reused: stored.get(identity)?.state === 'succeeded',
  }))
  await queries.$executeRaw`
    INSERT INTO experiment_tasks (experiment_id, task_id, position, key, reused)
    SELECT ${experimentId}::uuid, l.task_id, l.position, l.key, l.reused
    FROM jsonb_to_recordset(${jsonRows(rows)}::jsonb) AS l(task_id uuid, position int, key text, reused boolean)
    WHERE NOT EXISTS (SELECT FROM experiment_tasks e
      WHERE e.experiment_id = ${experimentId}::uuid AND e.task_id = l.task_id)`
}

/** Existing runs do not change: an extension only adds. */
async function insertRuns(
  { queries, now }: Change,
  { experimentId, workspaceId }: Target,
  { expansion, stored }: { expansion: Expansion; stored: StoredTasks },
): Promise<void> {
  const runs = expansion.runs.map((run) => ({ ...run, id: uuidv7() }))
  const rows = runs.map(({ id, condition, seed }) => ({ id, condition, seed }))
  const inserted = await queries.$queryRaw<{ id: string }[]>`
    INSERT INTO runs (id, experiment_id, workspace_id, condition, seed, created_at)
    SELECT r.id, ${experimentId}::uuid, ${workspaceId}::uuid, r.condition, r.seed, ${now.toISOString()}::timestamptz
    FROM jsonb_to_recordset(${jsonRows(rows)}::jsonb) AS r(id uuid, condition text, seed bigint)
    ON CONFLICT (experiment_id, condition, seed) DO NOTHING RETURNING id`
  const added = new Set(inserted.map(({ id }) => id))
  const links = runs
    .filter(({ id }) => added.has(id))
    .flatMap(({ id, tasks }) =>
      tasks.map(({ key, identity }, position) => ({ run_id: id, key, task_id: idOf(stored, identity), position })),
    )
  await queries.$executeRaw`
    INSERT INTO run_tasks (run_id, key, task_id, position)
    SELECT l.* FROM jsonb_to_recordset(${jsonRows(links)}::jsonb) AS l(run_id uuid, key text, task_id uuid, position int)`
}
