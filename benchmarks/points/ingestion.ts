import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { SeriesPoint } from '@goalpost/contracts'
import type { Claim } from '@goalpost/experiments'
import type { Store } from '@goalpost/store'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { databaseTimeMs } from '../registry/processor-time.ts'
import { claimTrainings } from './claim-trainings.ts'

/** What a training reports in a second: so many curves, and of each so many new points. */
export type Shape = { readonly curves: number; readonly points: number }

export type Rate = {
  readonly perSecond: number
  /** PostgreSQL's processor time for a thousand points. */
  readonly databaseMs: number
}

type Under = { readonly store: Store; readonly url: string; readonly client: pg.Client }
type Measured = { readonly writers: number; readonly seconds: number }

/** Several trainings report as fast as they are recorded, each one batch after the other: what a worker calls once a second. */
export async function recordPoints(under: Under, shape: Shape, { writers, seconds }: Measured): Promise<Rate> {
  const { store } = under
  const claims = await claimTrainings(store, await store.workspaces.ensure('points'), writers)
  const until = performance.now() + 1_000 * seconds
  return rate(under, () => sum(claims.map((claim) => report(store, claim, { shape, until }))))
}

/** As many points into the same table by COPY, over as many connections, without a look at what is there. */
export async function copyPoints(under: Under, shape: Shape, { writers, seconds }: Measured): Promise<Rate> {
  const { rows } = await under.client.query<{ id: string }>(
    `INSERT INTO series (task_id, name, labels)
     SELECT (SELECT id FROM tasks WHERE kind = 'train' ORDER BY id DESC LIMIT 1), 'copy-' || gen_random_uuid(), '{}'
     FROM generate_series(1, $1::int) RETURNING id`,
    [writers * shape.curves],
  )
  const until = performance.now() + 1_000 * seconds
  const shares = Array.from({ length: writers }, (_, at) => rows.filter((_row, row) => row % writers === at))
  return rate(under, () =>
    sum(shares.map((share) => copy(under.url, { ids: share.map(({ id }) => id), points: shape.points, until }))),
  )
}

const sum = async (counts: readonly Promise<number>[]) => (await Promise.all(counts)).reduce((all, one) => all + one, 0)

async function rate({ client }: Under, work: () => Promise<number>): Promise<Rate> {
  const [databaseBefore, startedAt] = [await databaseTimeMs(client), performance.now()]
  const points = await work()
  const seconds = (performance.now() - startedAt) / 1_000
  const databaseMs = (await databaseTimeMs(client)) - databaseBefore
  return { perSecond: points / seconds, databaseMs: databaseMs / (points / 1_000) }
}

type Reporting = { readonly shape: Shape; readonly until: number }

async function report({ ledger }: Store, claim: Claim, { shape, until }: Reporting): Promise<number> {
  let recorded = 0
  for (let step = 0; performance.now() < until; step += shape.points) {
    const points: SeriesPoint[] = []
    for (let curve = 0; curve < shape.curves; curve++)
      for (let next = 1; next <= shape.points; next++)
        points.push({
          series: `measure-${curve}`,
          labels: { split: 'train' },
          x: 10 * (step + next),
          value: Math.sin(step + next),
        })
    if (!(await ledger.recordSeries(claim, points))) throw new Error('The claim was lost')
    recorded += points.length
  }
  return recorded
}

type Copying = { readonly ids: readonly string[]; readonly points: number; readonly until: number }

async function copy(url: string, { ids, points, until }: Copying): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  let copied = 0
  for (let step = 0; performance.now() < until; step += points) {
    const lines = ids.flatMap((id) =>
      Array.from({ length: points }, (_, at) => `${id}\t${10 * (step + at + 1)}\t${Math.sin(step + at + 1)}\n`),
    )
    await pipeline(
      Readable.from([lines.join('')]),
      client.query(copyFrom('COPY series_points (series_id, x, value) FROM STDIN')),
    )
    copied += lines.length
  }
  await client.end()
  return copied
}
