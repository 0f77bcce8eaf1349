import type { Progress, RunView } from '@goalpost/contracts'
import { countStates, deriveRunState, runHash, type Page } from '@goalpost/experiments'
import { decodeCursor, pageOf } from '../database/cursor.ts'
import type { Queries } from '../database/open-database.ts'
import { tasksOfRuns, toTaskSummary, type TaskRow } from './task-rows.ts'

export type RunRow = {
  readonly id: string
  readonly experimentId: string
  readonly condition: string
  readonly seed: bigint
}

export const runColumns = { id: true, experimentId: true, condition: true, seed: true } as const

export async function readRun(queries: Queries, workspaceId: string, id: string): Promise<RunView | null> {
  const run = await queries.run.findFirst({ where: { id, workspaceId }, select: runColumns })
  return run && toRunView(run, await tasksOfRuns(queries, [id]))
}

/** Runs of one experiment are in the order of its conditions; those of a workspace newest first. */
export async function listRuns(
  queries: Queries,
  workspaceId: string,
  query: { experimentId?: string; cursor?: string; limit: number },
): Promise<Page<RunView>> {
  const order = query.experimentId === undefined ? 'desc' : 'asc'
  const [after] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ['id'])
  const runs = await queries.run.findMany({
    where: {
      workspaceId,
      ...(query.experimentId === undefined ? {} : { experimentId: query.experimentId }),
      ...(after === undefined ? {} : { id: { [order === 'asc' ? 'gt' : 'lt']: String(after) } }),
    },
    orderBy: { id: order },
    take: query.limit + 1,
    select: runColumns,
  })
  const tasks = Map.groupBy(
    await tasksOfRuns(
      queries,
      runs.map(({ id }) => id),
    ),
    (task) => task.runId,
  )
  return pageOf(runs, query.limit, {
    item: (run) => toRunView(run, tasks.get(run.id) ?? []),
    position: ({ id }) => [id],
  })
}

export function toRunView({ id, experimentId, condition, seed }: RunRow, tasks: readonly TaskRow[]): RunView {
  return {
    id,
    experimentId,
    condition,
    seed: Number(seed),
    state: deriveRunState(countStates(tasks.map(({ state }) => state))),
    progress: addUp(tasks),
    tasks: tasks.map(toTaskSummary),
    resultHash: runHash(tasks),
  }
}

/**
 * Tasks differ in their units of work, which cannot be added. The run's most frequent unit represents all of it: for
 * a run that trains, its training.
 */
function addUp(tasks: readonly TaskRow[]): Progress | null {
  const totals = new Map<string, number>()
  for (const { workUnit, workAmount } of tasks) totals.set(workUnit, (totals.get(workUnit) ?? 0) + workAmount)
  const [main] = [...totals].toSorted(([, a], [, b]) => b - a)
  if (main === undefined || main[1] <= 0) return null
  const [unit, total] = main
  const counted = tasks.filter(({ workUnit }) => workUnit === unit)
  const rates = counted.flatMap(({ state, progress }) => (state === 'running' ? (progress?.perSecond ?? []) : []))
  return {
    done: Math.min(
      total,
      counted.reduce((sum, task) => sum + doneOf(task), 0),
    ),
    total,
    unit,
    ...(rates.length > 0 ? { perSecond: rates.reduce((sum, rate) => sum + rate, 0) } : {}),
  }
}

function doneOf({ state, progress, workAmount }: TaskRow): number {
  if (state === 'succeeded') return workAmount
  return progress === null ? 0 : workAmount * Math.min(1, progress.done / progress.total)
}
