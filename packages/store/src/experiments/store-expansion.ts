import type { TaskState } from '@goalpost/contracts'
import type { ExpandedTask, Expansion } from '@goalpost/experiments'
import { v7 as uuidv7 } from 'uuid'
import { jsonRows } from '../database/json-rows.ts'
import type { Queries } from '../database/open-database.ts'
import type { Change } from '../tasks/change.ts'
import { registerInputFiles } from '../storage/register-files.ts'
import { reviewBlocked, settleDependents } from '../tasks/dependents.ts'
import { lockTasks } from '../tasks/locked-task.ts'
import { reviewHeld } from '../tasks/review-held.ts'
import { revive } from '../tasks/revive.ts'

export type Target = {
  readonly workspaceId: string
  readonly experimentId: string
  readonly priority: number
  /** Whether to ignore results of equal tasks outside this experiment. */
  readonly fresh: boolean
  /** Which of its failed and cancelled tasks are started again; default: all. */
  readonly restarts?: 'all' | 'analysis'
}

type StoredTask = { readonly id: string; readonly isNew: boolean; readonly state: TaskState }
type StoredTasks = ReadonlyMap<string, StoredTask>

/**
 * Writes the tasks that the workspace does not have yet, links experiment and runs to all of them, and starts those
 * that failed or were cancelled before. The workspace must be locked. Returns the id of the analysis, if it has one.
 */
export async function storeExpansion(change: Change, target: Target, expansion: Expansion): Promise<string | null> {
  const { queries } = change
  const stored = await storeTasks(change, target, expansion.tasks)
  const known = [...stored.values()].filter(({ isNew }) => !isNew).map(({ id }) => id)
  const locked = await lockTasks(queries, known)
  await raisePriority(queries, known, target.priority)
  await takeTurns(queries, { ids: known, experimentId: target.experimentId, size: expansion.tasks.length })
  await insertDependencies(queries, expansion.tasks, stored)
  const files = expansion.tasks.flatMap((task) =>
    (task.files ?? []).map((hash) => ({ taskId: idOf(stored, task.identity), hash })),
  )
  await registerInputFiles(queries, target.workspaceId, files)
  await linkTasks(queries, target, { tasks: expansion.tasks, stored })
  await insertRuns(change, target, { expansion, stored })
  const analysisId = expansion.analysis === null ? null : idOf(stored, expansion.analysis)
  await revive(change, target.restarts === 'analysis' ? locked.filter(({ id }) => id === analysisId) : locked, {})
  const fresh = [...stored.values()].filter(({ isNew }) => isNew).map(({ id }) => id)
  // Of thousands of tasks, one experiment more frees those that are held, and a paused one may hold all.
  const held = locked.filter(({ lifecycle }) => lifecycle.held).map(({ id }) => id)
  await reviewHeld(change, (await isPaused(queries, target.experimentId)) ? [...known, ...fresh] : held)
  await settleDependents(change, await reviewBlocked(change, fresh))
  return analysisId
}

async function isPaused(queries: Queries, experimentId: string): Promise<boolean> {
  const found = await queries.experiment.findFirst({ where: { id: experimentId }, select: { pausedAt: true } })
  return found !== null && found.pausedAt !== null
}

async function storeTasks(
  { queries, now }: Change,
  target: Target,
  tasks: readonly ExpandedTask[],
): Promise<StoredTasks> {
  const salt = target.fresh ? target.experimentId : ''
  const rows = tasks.map((task) => ({
    id: uuidv7(),
    identity: task.identity,
    protocol: task.protocol,
    kind: task.kind,
    key: task.key,
    seed: task.seed,
    inputs: task.inputs,
    resources: task.resources,
    device: task.resources.device,
    engine: task.resources.engine,
    work_unit: task.work.unit,
    work_amount: task.work.amount,
    work_sort: task.work.sort ?? '',
    short: task.short,
    rank: task.rank,
  }))
  await queries.$executeRaw`
    INSERT INTO tasks (id, workspace_id, identity, salt, protocol, kind, key, seed, inputs, resources, device,
      engine, work_unit, work_amount, work_sort, short, priority, rank, share_id, state, epoch, cancel_requested, experiment_failures, infrastructure_failures,
      dispatch_count, created_at, updated_at)
    SELECT t.id, ${target.workspaceId}::uuid, t.identity, ${salt}, t.protocol, t.kind, t.key, t.seed, t.inputs, t.resources,
      t.device, t.engine, t.work_unit, t.work_amount, t.work_sort, t.short, ${target.priority}::int, t.rank,
      ${target.experimentId}::uuid, 'blocked', 0, false, 0, 0, 0,
      ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz
    FROM jsonb_to_recordset(${jsonRows(rows)}::jsonb) AS t(id uuid, identity text, protocol text, kind text, key text,
      seed bigint, inputs jsonb, resources jsonb, device text, engine text, work_unit text, work_amount float8,
      work_sort text, short boolean, rank int)
    ON CONFLICT (workspace_id, identity, salt) DO NOTHING`
  const stored = await queries.$queryRaw<{ id: string; identity: string; state: TaskState }[]>`
    SELECT id, identity, state FROM tasks
    WHERE workspace_id = ${target.workspaceId}::uuid AND salt = ${salt}
      AND identity = ANY(${tasks.map(({ identity }) => identity)}::text[])`
  const given = new Set(rows.map(({ id }) => id))
  return new Map(stored.map(({ id, identity, state }) => [identity, { id, state, isNew: given.has(id) }]))
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

async function insertDependencies(
  queries: Queries,
  tasks: readonly ExpandedTask[],
  stored: StoredTasks,
): Promise<void> {
  const rows = tasks
    .filter(({ identity }) => stored.get(identity)?.isNew)
    .flatMap(({ identity, needs }) =>
      needs.map(({ key, identity: needed, when }) => ({
        task_id: idOf(stored, identity),
        key,
        needs_task_id: idOf(stored, needed),
        readiness: when.on,
        step: when.on === 'checkpoint' ? when.step : null,
      })),
    )
  await queries.$executeRaw`
    INSERT INTO task_dependencies (task_id, key, needs_task_id, readiness, step, satisfied)
    SELECT d.task_id, d.key, d.needs_task_id, d.readiness, d.step,
      CASE d.readiness
        WHEN 'succeeded' THEN n.state = 'succeeded'
        WHEN 'settled' THEN n.state IN ('succeeded', 'failed', 'cancelled')
        ELSE EXISTS (SELECT FROM checkpoints c WHERE c.task_id = n.id AND c.step = d.step)
      END
    FROM jsonb_to_recordset(${jsonRows(rows)}::jsonb)
      AS d(task_id uuid, key text, needs_task_id uuid, readiness text, step bigint)
    JOIN tasks n ON n.id = d.needs_task_id`
}

type Linked = { readonly tasks: readonly ExpandedTask[]; readonly stored: StoredTasks }

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
    ON CONFLICT (experiment_id, task_id) DO NOTHING`
  await queries.$executeRaw`
    UPDATE tasks SET unneeded_since = NULL
    WHERE id = ANY(${rows.map(({ task_id }) => task_id)}::uuid[]) AND unneeded_since IS NOT NULL`
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

function idOf(stored: StoredTasks, identity: string): string {
  const task = stored.get(identity)
  if (task === undefined) throw new Error(`The expansion refers to a task that it does not have: ${identity}`)
  return task.id
}
