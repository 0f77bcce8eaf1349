import type { Progress, TrainingView } from '@goalpost/contracts'
import { jsonRows } from '../database/json-rows.ts'
import type { Queries } from '../database/open-database.ts'
import { toCurve, type PointRow } from './curves.ts'

type Query = { readonly maxRuns: number; readonly maxPoints: number }
type TrainingRow = {
  readonly taskId: string
  readonly condition: string
  readonly seed: bigint
  readonly progress: Progress | null
}

/** The curves of the trainings of all runs, partial for running ones, in three statements for any number of runs. */
export async function readTraining(
  queries: Queries,
  experimentId: string,
  { maxRuns, maxPoints }: Query,
): Promise<TrainingView> {
  const trainings = await queries.$queryRaw<TrainingRow[]>`
    SELECT t.id AS "taskId", r.condition, r.seed, t.progress
    FROM runs r JOIN run_tasks l ON l.run_id = r.id JOIN tasks t ON t.id = l.task_id
    WHERE r.experiment_id = ${experimentId}::uuid AND t.kind = 'train' ORDER BY r.id, l.position`
  const shown = trainings.slice(0, maxRuns)
  const points = await readPoints(queries, [...new Set(shown.map(({ taskId }) => taskId))], maxPoints)
  const byTask = Map.groupBy(points, (row) => row.taskId)
  const runs = shown.map(({ taskId, condition, seed }) => {
    const curves = Map.groupBy(byTask.get(taskId) ?? [], (row) => row.series_id)
    return { condition, seed: Number(seed), series: [...curves.values()].flatMap(toCurve) }
  })
  const unit = trainings.flatMap(({ progress }) => progress?.unit ?? []).at(0) ?? 'steps'
  return { unit, runs, leftOut: trainings.length - shown.length }
}

type Axis = {
  readonly name: string
  readonly lastX: number
  /** Of a place; null if all points are shown. */
  readonly width: number | null
  /** Whether looking up each place by the index is faster than reading all points. */
  readonly isLookedUp: boolean
}
type Row = PointRow & { readonly taskId: string }

/** A curve of more points for each place is not read as a whole. */
const mostReadForPlace = 20

/**
 * Where the longest curve of a name has more than `maxPoints` points, its axis is divided into that many places, the
 * same for every task, and the first point of each is kept. A task's own number of points plays no part: otherwise the
 * seeds of a condition would be shown at other places than each other, and a mean over seeds would be of one seed.
 * The places end at the last point of all, so that it is kept. Every number shown was measured.
 */
async function readPoints(queries: Queries, taskIds: readonly string[], maxPoints: number): Promise<Row[]> {
  const axes = await readAxes(queries, taskIds, maxPoints)
  const [lookedUp, read] = [axes.filter(({ isLookedUp }) => isLookedUp), axes.filter(({ isLookedUp }) => !isLookedUp)]
  const rows = [
    ...(read.length === 0 ? [] : await readAll(queries, taskIds, read)),
    ...(lookedUp.length === 0 ? [] : await lookUp(queries, taskIds, { axes: lookedUp, maxPoints })),
  ]
  return lookedUp.length === 0 ? rows : rows.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

/** One for each name, by looking at both ends of each curve, and counting no further than it matters. */
function readAxes(queries: Queries, taskIds: readonly string[], maxPoints: number) {
  const mostRead = mostReadForPlace * maxPoints
  return queries.$queryRaw<Axis[]>`
    SELECT s.name, max(l.x) AS "lastX", max(n.points) > ${mostRead}::int AS "isLookedUp",
      CASE WHEN max(n.points) > ${maxPoints}::int THEN (max(l.x) - min(f.x)) / (${maxPoints}::int - 1) END AS width
    FROM series s
    CROSS JOIN LATERAL (SELECT x FROM series_points WHERE series_id = s.id ORDER BY x LIMIT 1) f
    CROSS JOIN LATERAL (SELECT x FROM series_points WHERE series_id = s.id ORDER BY x DESC LIMIT 1) l
    CROSS JOIN LATERAL (
      SELECT count(*) AS points FROM (
        SELECT FROM series_points WHERE series_id = s.id LIMIT ${mostRead}::int + 1) counted) n
    WHERE s.task_id = ANY(${[...taskIds]}::uuid[]) GROUP BY s.name`
}

function readAll(queries: Queries, taskIds: readonly string[], axes: readonly Axis[]) {
  return queries.$queryRaw<Row[]>`
    SELECT DISTINCT ON (s.task_id, s.name, s.labels, place)
      s.task_id AS "taskId", s.id AS series_id, s.name, s.labels, p.x, p.value, p.missing,
      CASE WHEN a.width IS NULL THEN p.x ELSE floor((p.x - a."lastX") / a.width) END AS place
    FROM series s
    JOIN jsonb_to_recordset(${jsonRows(axes)}::jsonb) AS a(name text, "lastX" float8, width float8) ON a.name = s.name
    JOIN series_points p ON p.series_id = s.id
    WHERE s.task_id = ANY(${[...taskIds]}::uuid[])
    ORDER BY s.task_id, s.name, s.labels, place, p.x`
}

function lookUp(queries: Queries, taskIds: readonly string[], { axes, maxPoints }: LookUp) {
  return queries.$queryRaw<Row[]>`
    SELECT s.task_id AS "taskId", s.id AS series_id, s.name, s.labels, p.x, p.value, p.missing
    FROM series s
    JOIN jsonb_to_recordset(${jsonRows(axes)}::jsonb) AS a(name text, "lastX" float8, width float8) ON a.name = s.name
    CROSS JOIN generate_series(1 - ${maxPoints}::int, 0) AS place
    CROSS JOIN LATERAL (
      SELECT x, value, missing FROM series_points WHERE series_id = s.id
        AND x >= CASE WHEN place = 1 - ${maxPoints}::int THEN '-infinity' ELSE a."lastX" + place * a.width END
        AND x < CASE WHEN place = 0 THEN 'infinity' ELSE a."lastX" + (place + 1) * a.width END
      ORDER BY x LIMIT 1) p
    WHERE s.task_id = ANY(${[...taskIds]}::uuid[])
    ORDER BY s.task_id, s.name, s.labels, p.x`
}
type LookUp = { readonly axes: readonly Axis[]; readonly maxPoints: number }
