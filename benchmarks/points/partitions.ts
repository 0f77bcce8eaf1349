import type pg from 'pg'
import { quantile } from './curves.ts'
import { readSize } from './retention.ts'

/** Of the same points. Series are numbered as they begin, so a range of numbers is a range of time. */
const kinds = {
  'one table': '',
  '16 by hash of the series': 'PARTITION BY HASH (series_id)',
  '16 by range of the series': 'PARTITION BY RANGE (series_id)',
} as const
const parts = 16
const batches = 200
const curvesOfBatch = 20
const pointsOfCurve = 50

/** Fills tables like `series_points` with its points, adds as many batches to each in turn, reads curves and removes the oldest tenth. */
export async function comparePartitions(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ most: string; least: string }>(
    'SELECT max(series_id) AS most, min(series_id) AS least FROM series_points',
  )
  const [least, most] = [Number(rows[0]?.least), Number(rows[0]?.most)]
  const lines: string[] = []
  for (const [at, [kind, clause]] of Object.entries(kinds).entries()) {
    const table = `compared_${at}`
    await create(client, table, { clause, least, most })
    lines.push(`${kind}: ${await measure(client, table, { least, most })}`)
    await client.query(`DROP TABLE ${table}`)
  }
  return lines
}

type Layout = { readonly clause: string; readonly least: number; readonly most: number }

async function create(client: pg.Client, table: string, { clause, least, most }: Layout): Promise<void> {
  await client.query(`CREATE TABLE ${table} (LIKE series_points INCLUDING CONSTRAINTS) ${clause}`)
  const width = Math.ceil((most - least + 1) / (parts - 1))
  for (let part = 0; part < parts && clause !== ''; part++) {
    const from = part === 0 ? 'MINVALUE' : least + part * width
    const to = part === parts - 1 ? 'MAXVALUE' : least + (part + 1) * width
    const values = clause.includes('HASH') ? `WITH (MODULUS ${parts}, REMAINDER ${part})` : `FROM (${from}) TO (${to})`
    await client.query(`CREATE TABLE ${table}_${part} PARTITION OF ${table} FOR VALUES ${values}`)
  }
  await client.query(`INSERT INTO ${table} SELECT * FROM series_points`)
  await client.query(`ALTER TABLE ${table} ADD PRIMARY KEY (series_id, x)`)
  await client.query(`ALTER TABLE ${table} ADD FOREIGN KEY (series_id) REFERENCES series (id)`)
  await client.query(`VACUUM ANALYZE ${table}`)
}

async function measure(
  client: pg.Client,
  table: string,
  { least, most }: Pick<Layout, 'least' | 'most'>,
): Promise<string> {
  const added: number[] = []
  const read: number[] = []
  for (let batch = 0; batch < batches; batch++) {
    const ids = Array.from({ length: curvesOfBatch }, (_, curve) => most - curve)
    const from = 1e9 + batch * pointsOfCurve
    added.push(
      await time(() =>
        client.query(
          `INSERT INTO ${table} AS p (series_id, x, value)
           SELECT id, $2::float8 + n, n FROM unnest($1::bigint[]) id CROSS JOIN generate_series(1, $3::int) n
           ON CONFLICT (series_id, x) DO UPDATE SET value = excluded.value
           WHERE p.value IS DISTINCT FROM excluded.value`,
          [ids, from, pointsOfCurve],
        ),
      ),
    )
    if (batch % 10 === 0)
      read.push(
        await time(() => client.query(`SELECT count(*), max(value) FROM ${table} WHERE series_id = $1`, [most - 120])),
      )
  }
  const before = await readSize(client, table)
  const tenth = least + Math.floor((most - least) / 10)
  const deleted = await time(() => client.query(`DELETE FROM ${table} WHERE series_id <= $1`, [tenth]))
  const vacuumed = await time(() => client.query(`VACUUM ${table}`))
  const after = await readSize(client, table)
  const mb = ({ tableMb, indexMb }: typeof before) => `${tableMb.toFixed(0)} + ${indexMb.toFixed(0)} MB`
  return (
    `a batch of 1,000 ${quantile(added, 0.5).toFixed(1)} ms, a curve ${quantile(read, 0.5).toFixed(1)} ms, ` +
    `${mb(before)}; oldest tenth deleted in ${(deleted / 1_000).toFixed(1)} s, vacuumed in ${(vacuumed / 1_000).toFixed(1)} s, then ${mb(after)}`
  )
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
