import pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { manifest, resultOf, startBench, type Bench } from '../../test/bench.ts'

const actor = { key: null, address: null }
const points = 25_000
/** Rows that one transaction may delete. */
const most = 10_000

let bench: Bench
let sql: pg.Client
beforeEach(async () => {
  bench = await startBench()
  sql = new pg.Client(bench.database.url)
  await sql.connect()
  await sql.query('CREATE TABLE deleted (transaction bigint, number int)')
  for (const table of ['series_points', 'logs'])
    await sql.query(`
      CREATE FUNCTION count_${table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO deleted SELECT pg_current_xact_id()::text::bigint, count(*) FROM gone; RETURN NULL; END $$;
      CREATE TRIGGER count AFTER DELETE ON ${table} REFERENCING OLD TABLE AS gone
        FOR EACH STATEMENT EXECUTE FUNCTION count_${table}()`)
})
afterEach(async () => {
  await sql.end()
  await bench.close()
})

/** An experiment that nobody has any more, whose training has a long curve and a long log. */
async function abandoned(): Promise<string> {
  const id = await bench.submit({ seeds: [1] })
  await bench.work(async ({ claim, assignment }) => {
    if (assignment.kind === 'train')
      await bench.ledger.recordSeries(claim, [{ series: 'return', labels: {}, x: 0, value: 0.5 }])
    await bench.ledger.complete(claim, resultOf(1), manifest)
  })
  const { train } = await bench.tasks(id)
  await sql.query(
    `INSERT INTO series_points (series_id, x, value) SELECT id, n, n FROM series, generate_series(1, $2::int) n WHERE task_id = $1`,
    [train, points],
  )
  await sql.query(
    `INSERT INTO logs (task_id, epoch, at, level, message) SELECT $1, 1, now(), 'info', n::text FROM generate_series(1, $2::int) n`,
    [train, points],
  )
  await bench.experiments.delete({ workspaceId: bench.workspace, id }, { actor })
  bench.clock.advance(1_000)
  return train!
}

const transactions = async () => {
  const { rows } = await sql.query<{ number: number }>(
    'SELECT sum(number)::int AS number FROM deleted GROUP BY transaction HAVING sum(number) > 0',
  )
  return rows.map(({ number }) => number)
}

it('a transaction removes a bounded number of rows, and all of them together everything', async () => {
  await abandoned()
  expect(await bench.files.removeTasks(bench.clock.now())).toBe(5)
  const numbers = await transactions()
  expect(Math.max(...numbers)).toBeLessThanOrEqual(most)
  expect(numbers.reduce((sum, number) => sum + number, 0)).toBeGreaterThanOrEqual(2 * points)
  for (const table of ['tasks', 'series', 'series_points', 'logs'])
    expect([table, (await sql.query(`SELECT FROM ${table}`)).rowCount]).toEqual([table, 0])
})

it('a removal that was interrupted leaves no task that another experiment would use, and goes on later', async () => {
  const train = await abandoned()
  await sql.query(`
    CREATE FUNCTION interrupt() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF (SELECT count(DISTINCT transaction) FROM deleted WHERE number > 0) > 1 THEN RAISE 'interrupted'; END IF;
      RETURN NULL; END $$;
    CREATE TRIGGER interrupt AFTER INSERT ON deleted FOR EACH STATEMENT EXECUTE FUNCTION interrupt()`)
  await expect(bench.files.removeTasks(bench.clock.now())).rejects.toThrow()
  await sql.query('DROP TRIGGER interrupt ON deleted')
  const left = await sql.query('SELECT FROM series_points p JOIN series s ON s.id = p.series_id WHERE task_id = $1', [
    train,
  ])
  expect(left.rowCount).toBeGreaterThan(0)
  expect(left.rowCount).toBeLessThan(points)

  const again = await bench.submit({ seeds: [1] })
  const anew = (await bench.tasks(again)).train
  expect([anew === train, (await bench.states(again)).train]).toEqual([false, 'ready'])
  await bench.work()
  bench.clock.advance(1_000)
  await bench.files.removeTasks(bench.clock.now())
  const { rows } = await sql.query<{ id: string }>('SELECT id FROM tasks WHERE kind = $1', ['train'])
  expect(rows).toEqual([{ id: anew }])
})
