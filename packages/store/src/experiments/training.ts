import type { Progress, TrainingView } from '@goalpost/contracts'
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

/**
 * Where the longest curve of a name has more than `maxPoints` points, its axis is divided into that many places, the
 * same for every task, and the first point of each is kept. A task's own number of points plays no part: otherwise the
 * seeds of a condition would be shown at other places than each other, and a mean over seeds would be of one seed.
 * The places end at the last point of all, so that it is kept. Every number shown was measured.
 */
function readPoints(queries: Queries, taskIds: readonly string[], maxPoints: number) {
  return queries.$queryRaw<(PointRow & { readonly taskId: string })[]>`
    WITH curves AS (
      SELECT s.id, s.name, count(*) AS points, min(p.x) AS first_x, max(p.x) AS last_x
      FROM series s JOIN series_points p ON p.series_id = s.id
      WHERE s.task_id = ANY(${[...taskIds]}::uuid[]) GROUP BY s.id
    ), axes AS (
      SELECT name, max(last_x) AS last_x,
        CASE WHEN max(points) > ${maxPoints}::int
          THEN (max(last_x) - min(first_x)) / (${maxPoints}::int - 1) END AS width
      FROM curves GROUP BY name
    )
    SELECT DISTINCT ON (s.task_id, s.name, s.labels, place)
      s.task_id AS "taskId", s.id AS series_id, s.name, s.labels, p.x, p.value, p.missing,
      CASE WHEN a.width IS NULL THEN p.x ELSE floor((p.x - a.last_x) / a.width) END AS place
    FROM series s JOIN axes a ON a.name = s.name JOIN series_points p ON p.series_id = s.id
    WHERE s.task_id = ANY(${[...taskIds]}::uuid[])
    ORDER BY s.task_id, s.name, s.labels, place, p.x`
}
