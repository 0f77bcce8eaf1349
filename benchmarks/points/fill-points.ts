import type pg from 'pg'

export type Curve = { readonly points: number; readonly name: string; readonly taskId: string }

/** Points are added in so many rounds, each curve a share in each, as trainings that run side by side add theirs. */
const rounds = 1_000

/** Adds curves as workers leave them: the points of all curves mixed in the table, spikes of one point in each, and segments. */
export async function fillPoints(client: pg.Client, curves: readonly Curve[]): Promise<void> {
  await client.query('CREATE TEMPORARY TABLE IF NOT EXISTS filled (series_id bigint, points int)')
  await client.query('TRUNCATE filled')
  await client.query(
    `WITH c AS (SELECT * FROM unnest($1::uuid[], $2::text[], $3::int[]) AS c(task_id, name, points)),
       added AS (INSERT INTO series (task_id, name, labels) SELECT task_id, name, '{}' FROM c RETURNING id, task_id, name)
     INSERT INTO filled SELECT a.id, c.points FROM added a JOIN c ON c.task_id = a.task_id AND c.name = a.name`,
    [curves.map(({ taskId }) => taskId), curves.map(({ name }) => name), curves.map(({ points }) => points)],
  )
  // Foreign keys are triggers, which would take most of the time.
  await client.query('SET session_replication_role = replica')
  for (let round = 0; round < rounds; round++) await client.query(addRound, [round, rounds])
  await client.query('SET session_replication_role = DEFAULT')
}

/** A walk between -1 and 1, and about one point in 50,000 that is far above or below all others. */
const addRound = `
  INSERT INTO series_points (series_id, x, value)
  SELECT f.series_id, 10 * x, CASE hashint8(f.series_id * 1000003 + x) % 50000 WHEN 0 THEN 100 + x / 1e6 WHEN 1 THEN -100 - x / 1e6
    ELSE sin(x / 1000.0) * 0.9 + (hashint8(x) % 100) / 1000.0 END
  FROM filled f CROSS JOIN LATERAL generate_series(
    $1::bigint * f.points / $2::bigint + 1, ($1::bigint + 1) * f.points / $2::bigint) AS x
  ORDER BY f.series_id, x`
