import {
  isEnded,
  learnPaces,
  workSort,
  type DoneTask,
  type StoredTiming,
  type TimedTask,
  type Timing,
} from '@goalpost/experiments'
import { jsonRows } from '../database/json-rows.ts'
import type { Queries } from '../database/open-database.ts'
import { openTasksOf, type TimedRow } from './task-rows.ts'

/** Few, so that they are recent: the load of the machine changes. */
const recentTasks = 6

type Read = { readonly workspaceId: string; readonly runsOf: ReadonlyMap<string, readonly string[]> }

/** `runsOf`: the runs of a task, by its id. */
export async function readTiming(
  queries: Queries,
  rows: readonly TimedRow[],
  { workspaceId, runsOf }: Read,
): Promise<Timing | null> {
  const open = rows.filter(({ state }) => !isEnded(state))
  if (open.length === 0) return null
  const tasks = rows.map((row) => timed(row, runsOf.get(row.id) ?? []))
  return { tasks, paces: learnPaces(await readDone(queries, workspaceId, open)) }
}

function timed(row: TimedRow, runs: readonly string[]): TimedTask {
  const { state, short, progress, workAmount: amount } = row
  const rate = state === 'running' ? progress?.perSecond : undefined
  return {
    state,
    sort: sortOf(row),
    amount,
    share: progress === null ? 0 : Math.min(1, progress.done / progress.total),
    // A task may count its progress in any unit.
    perSecond: progress === null || rate === undefined || rate <= 0 ? null : (rate * amount) / progress.total,
    short,
    run: runs.length === 1 ? (runs[0] ?? null) : null,
  }
}

/** The distinct needs of tasks that have neither started nor ended. */
export function needsOf(tasks: readonly TimedRow[]): StoredTiming['needs'] {
  const waiting = tasks.filter(({ state }) => state === 'blocked' || state === 'ready' || state === 'queued')
  const distinct = new Map(waiting.map(({ engine, device }) => [`${device} ${engine}`, { engine, device }]))
  return [...distinct.values()]
}

/** As `readTiming`, for several experiments in two statements: of their tasks, only those that have not ended are read. */
export async function readTimings(
  queries: Queries,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredTiming>> {
  const open = await openTasksOf(queries, workspaceId, ids)
  const done = Map.groupBy(await readDone(queries, workspaceId, open), ({ sort }) => sort)
  const timings = [...Map.groupBy(open, ({ experimentId }) => experimentId)].map(([id, rows]) => {
    const ofItsSorts = [...new Set(rows.map(sortOf))].flatMap((sort) => done.get(sort) ?? [])
    const timing = { tasks: rows.map((row) => timed(row, row.runs)), paces: learnPaces(ofItsSorts) }
    return [id, { needs: needsOf(rows), timing }] as const
  })
  return new Map(timings)
}

const sortOf = (row: TimedRow) =>
  workSort({ kind: row.kind, engine: row.engine, unit: row.workUnit, sort: row.workSort })

/** The latest tasks of these tasks' sorts that succeeded in one attempt from the start. */
async function readDone(queries: Queries, workspaceId: string, open: readonly TimedRow[]): Promise<DoneTask[]> {
  const sorts = [...new Map(open.map((row) => [sortOf(row), row]))].map(([name, row]) => ({
    name,
    protocol: row.protocol,
    kind: row.kind,
    engine: row.engine,
    unit: row.workUnit,
    sort: row.workSort,
  }))
  return queries.$queryRaw<DoneTask[]>`
    SELECT s.name AS sort, recent.amount, recent.seconds, recent.per_second AS "perSecond"
    FROM jsonb_to_recordset(${jsonRows(sorts)}::jsonb)
      AS s(name text, protocol text, kind text, engine text, unit text, sort text)
    CROSS JOIN LATERAL (
      SELECT t.work_amount AS amount, extract(epoch FROM a.ended_at - a.started_at)::float8 AS seconds,
        nullif((t.progress ->> 'perSecond')::float8 * t.work_amount / (t.progress ->> 'total')::float8, 0) AS per_second
      FROM tasks t JOIN attempts a ON a.task_id = t.id AND a.epoch = t.epoch
      WHERE t.workspace_id = ${workspaceId}::uuid AND t.protocol = s.protocol AND t.kind = s.kind
        AND t.engine = s.engine AND t.work_unit = s.unit AND t.work_sort = s.sort AND t.state = 'succeeded'
        AND a.outcome = 'succeeded' AND NOT a.resumed
      ORDER BY t.updated_at DESC LIMIT ${recentTasks}::int) recent`
}
