import type { TaskState } from '@goalpost/contracts'
import type { ExpandedTask } from '@goalpost/experiments'
import { v7 as uuidv7 } from 'uuid'
import { jsonRows } from '../database/json-rows.ts'
import type { Queries } from '../database/open-database.ts'
import type { Change } from '../tasks/change.ts'

export type StoringTarget = {
  readonly workspaceId: string
  readonly experimentId: string
  readonly priority: number
  /** Whether to ignore results of equal tasks outside this experiment. */
  readonly fresh: boolean
}

/** `state`: before this transaction changes it further. */
export type StoredTask = { readonly id: string; readonly isNew: boolean; readonly state: TaskState }
export type StoredTasks = ReadonlyMap<string, StoredTask>

type Storing = {
  readonly tasks: readonly ExpandedTask[]
  /** Whether new tasks that need no others are ready at once. They are blocked otherwise. */
  readonly starts: boolean
}

/** Writes the tasks that the workspace does not have, with what they need. By identity. The workspace must be locked. */
export async function storeTasks(
  change: Change,
  target: StoringTarget,
  { tasks, starts }: Storing,
): Promise<StoredTasks> {
  const { queries } = change
  const salt = target.fresh ? target.experimentId : ''
  const rows = tasks.map((task) => toRow(task, starts && task.needs.length === 0 ? 'ready' : 'blocked'))
  const inserted = await insertTasks(change, { target, salt, rows })
  const stored = new Map<string, StoredTask>()
  for (const { id, identity, state } of rows) if (inserted.has(id)) stored.set(identity, { id, state, isNew: true })
  const known = tasks.flatMap(({ identity }) => (stored.has(identity) ? [] : [identity]))
  for (const { id, identity, state } of await readKnown(queries, { workspaceId: target.workspaceId, salt, known }))
    stored.set(identity, { id, state, isNew: false })
  await insertDependencies(queries, tasks, stored)
  return stored
}

export function idOf(stored: StoredTasks, identity: string): string {
  const task = stored.get(identity)
  if (task === undefined) throw new Error(`The expansion refers to a task that it does not have: ${identity}`)
  return task.id
}

const toRow = (task: ExpandedTask, state: 'ready' | 'blocked') => ({
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
  state,
})

type Inserting = {
  readonly target: StoringTarget
  readonly salt: string
  readonly rows: readonly ReturnType<typeof toRow>[]
}

/** The ids of those that the workspace did not have. */
async function insertTasks({ queries, now }: Change, { target, salt, rows }: Inserting): Promise<ReadonlySet<string>> {
  const inserted = await queries.$queryRaw<{ id: string }[]>`
    INSERT INTO tasks (id, workspace_id, identity, salt, protocol, kind, key, seed, inputs, resources, device,
      engine, work_unit, work_amount, work_sort, short, priority, rank, share_id, state, epoch, cancel_requested, experiment_failures, infrastructure_failures,
      dispatch_count, created_at, updated_at)
    SELECT t.id, ${target.workspaceId}::uuid, t.identity, ${salt}, t.protocol, t.kind, t.key, t.seed, t.inputs, t.resources,
      t.device, t.engine, t.work_unit, t.work_amount, t.work_sort, t.short, ${target.priority}::int, t.rank,
      ${target.experimentId}::uuid, t.state, 0, false, 0, 0, 0,
      ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz
    FROM jsonb_to_recordset(${jsonRows(rows)}::jsonb) AS t(id uuid, identity text, protocol text, kind text, key text,
      seed bigint, inputs jsonb, resources jsonb, device text, engine text, work_unit text, work_amount float8,
      work_sort text, short boolean, rank int, state text)
    ON CONFLICT (workspace_id, identity, salt) DO NOTHING RETURNING id`
  return new Set(inserted.map(({ id }) => id))
}

type Known = { readonly workspaceId: string; readonly salt: string; readonly known: readonly string[] }
type KnownRow = { readonly id: string; readonly identity: string; readonly state: TaskState }

async function readKnown(queries: Queries, { workspaceId, salt, known }: Known): Promise<KnownRow[]> {
  if (known.length === 0) return []
  return queries.$queryRaw<KnownRow[]>`
    SELECT id, identity, state FROM tasks
    WHERE workspace_id = ${workspaceId}::uuid AND salt = ${salt} AND identity = ANY(${known}::text[])`
}

/** What new tasks need. New ones have met no need yet; only the others have to be looked at. */
async function insertDependencies(
  queries: Queries,
  tasks: readonly ExpandedTask[],
  stored: StoredTasks,
): Promise<void> {
  const needs = tasks
    .filter(({ identity }) => stored.get(identity)?.isNew)
    .flatMap(({ identity, needs: all }) => all.map((need) => ({ ...need, taskId: idOf(stored, identity) })))
  const { open = [], known = [] } = Object.groupBy(needs, ({ identity }) =>
    stored.get(identity)?.isNew ? 'open' : 'known',
  )
  const toJson = (some: typeof needs) =>
    jsonRows(
      some.map(({ taskId, key, identity, when }) => ({
        task_id: taskId,
        key,
        needs_task_id: idOf(stored, identity),
        readiness: when.on,
        step: when.on === 'checkpoint' ? when.step : null,
      })),
    )
  if (open.length > 0)
    await queries.$executeRaw`
      INSERT INTO task_dependencies (task_id, key, needs_task_id, readiness, step, satisfied)
      SELECT d.task_id, d.key, d.needs_task_id, d.readiness, d.step, false
      FROM jsonb_to_recordset(${toJson(open)}::jsonb)
        AS d(task_id uuid, key text, needs_task_id uuid, readiness text, step bigint)`
  if (known.length > 0)
    await queries.$executeRaw`
      INSERT INTO task_dependencies (task_id, key, needs_task_id, readiness, step, satisfied)
      SELECT d.task_id, d.key, d.needs_task_id, d.readiness, d.step,
        CASE d.readiness
          WHEN 'succeeded' THEN n.state = 'succeeded'
          WHEN 'settled' THEN n.state IN ('succeeded', 'failed', 'cancelled')
          ELSE EXISTS (SELECT FROM checkpoints c WHERE c.task_id = n.id AND c.step = d.step)
        END
      FROM jsonb_to_recordset(${toJson(known)}::jsonb)
        AS d(task_id uuid, key text, needs_task_id uuid, readiness text, step bigint)
      JOIN tasks n ON n.id = d.needs_task_id`
}
