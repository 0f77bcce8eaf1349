import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { artifact, manifest, startBench, type Bench } from '../../test/bench.ts'

const dayMs = 86_400_000
const actor = { key: null, address: null }

let bench: Bench
beforeEach(async () => {
  bench = await startBench()
})
afterEach(() => bench.close())

/** Trainings store curves, a log line and checkpoints at 1 to 4, of which their evaluations need the second. */
async function work(): Promise<void> {
  await bench.work(async ({ claim, assignment }) => {
    await bench.ledger.recordLogs(claim, [{ at: bench.clock.now().toISOString(), level: 'info', message: 'began' }])
    if (assignment.kind === 'train') {
      await bench.ledger.recordSeries(claim, [{ series: 'return', labels: {}, x: 1, value: 0.5 }])
      for (const step of [1, 2, 3, 4])
        await bench.ledger.recordCheckpoint(claim, { step, parts: [artifact(`${claim.taskId}${step}`)] })
    }
    await bench.ledger.complete(claim, { measures: [], artifacts: [artifact(`${claim.taskId}4`)] }, manifest)
  })
}

async function stored(experimentId: string) {
  const train = (await bench.tasks(experimentId)).train!
  const { series } = (await bench.experiments.series(bench.workspace, train, { maxPoints: 100 }))!
  const { items } = await bench.experiments.checkpoints(bench.workspace, { taskId: train, limit: 100 })
  return {
    points: series.length,
    logs: (await bench.experiments.logs(bench.workspace, { taskId: train }, { limit: 10 }))!.items.length,
    events: (await bench.experiments.events(bench.workspace, experimentId, 0, 100)).length > 0,
    checkpoints: items.map(({ step }) => step).toSorted((a, b) => a - b),
  }
}

const everything = { points: 1, logs: 1, events: true, checkpoints: [1, 2, 3, 4] }
const keep = (change: Parameters<Bench['retention']['setRetention']>[1]) =>
  bench.retention.setRetention(bench.workspace, change, actor)

describe('after its days, of what nothing needs,', () => {
  it.each([
    ['points', { points: 0 }],
    ['logs', { logs: 0 }],
    ['events', { events: false }],
    ['checkpoints', { checkpoints: [2, 4] }],
  ] as const)('%s are removed, and nothing else', async (rule, left) => {
    const id = await bench.submit()
    await work()
    await keep({ [rule]: 30 })
    bench.clock.advance(29 * dayMs)
    await bench.files.trim()
    expect(await stored(id)).toEqual(everything)
    bench.clock.advance(2 * dayMs)
    const trimmed = await bench.files.trim()
    expect(await stored(id)).toEqual({ ...everything, ...left })
    expect(trimmed[rule]).toBeGreaterThan(0)
    expect(Object.values(await bench.files.trim())).toEqual([0, 0, 0, 0])
  })
})

const all = { points: 1, logs: 1, events: 1, checkpoints: 1 }

describe('kept, however old,', () => {
  it('is everything without a rule, and in other workspaces', async () => {
    const other = await bench.workspaces.ensure('other')
    const id = await bench.submit()
    await work()
    await bench.retention.setRetention(other, all, actor)
    bench.clock.advance(1_000 * dayMs)
    await bench.files.trim()
    expect(await stored(id)).toEqual(everything)
  })

  it('is everything of tasks that an open experiment has, too', async () => {
    const id = await bench.submit({ seeds: [1] })
    await work()
    await keep(all)
    bench.clock.advance(10 * dayMs)
    await bench.submit({ seeds: [1, 2], name: 'shares' })
    await bench.files.trim()
    expect(await stored(id)).toEqual({ ...everything, events: false })
  })

  it('are checkpoints and curves of a training that can be resumed', async () => {
    const id = await bench.submit()
    await bench.dispatchAll()
    const { claim } = await bench.take((await bench.tasks(id)).train!)
    await bench.ledger.recordSeries(claim, [{ series: 'return', labels: {}, x: 1, value: 0.5 }])
    for (const step of [1, 3]) await bench.ledger.recordCheckpoint(claim, { step, parts: [artifact(`r${step}`)] })
    await bench.experiments.cancel(bench.workspace, id)
    await bench.ledger.release(claim, 'cancelled')
    await keep(all)
    bench.clock.advance(10 * dayMs)
    await bench.files.trim()
    expect(await stored(id)).toMatchObject({ points: 1, checkpoints: [1, 3] })
  })

  it('are checkpoints of a training that a model version comes from', async () => {
    const id = await bench.submit()
    await work()
    const taskId = (await bench.tasks(id)).train!
    const registration = {
      artifact: artifact(`${taskId}3`).hash,
      taskId,
      experimentId: id,
      metadata: {},
      tags: [],
      aliases: [],
    }
    await bench.models.register({ workspaceId: bench.workspace, model: 'mouse' }, registration, actor)
    await keep(all)
    bench.clock.advance(10 * dayMs)
    await bench.files.trim()
    expect((await stored(id)).checkpoints).toEqual([1, 2, 3, 4])
  })
})

it('more rows and tasks than one statement or batch takes are all removed', async () => {
  const id = await bench.submit()
  await work()
  const client = new pg.Client({ connectionString: bench.database.url })
  await client.connect()
  const count = async (table: string) =>
    Number((await client.query<{ count: string }>(`SELECT count(*) FROM ${table}`)).rows[0]!.count)
  try {
    await client.query(copyTasks)
    await client.query(
      `INSERT INTO logs (task_id, epoch, at, level, message)
       SELECT t.id, 1, now(), 'info', 'copied' FROM tasks t CROSS JOIN generate_series(1, 50)`,
    )
    await client.query(
      `INSERT INTO events (experiment_id, sequence, at, type, data)
       SELECT e.experiment_id, 1000000 + n, e.at, e.type, e.data FROM generate_series(1, 10001) n
       CROSS JOIN (SELECT * FROM events WHERE experiment_id = $1 ORDER BY sequence LIMIT 1) e`,
      [id],
    )
    await keep({ logs: 30, events: 30 })
    bench.clock.advance(31 * dayMs)
    const trimmed = await bench.files.trim()
    expect(trimmed.logs).toBeGreaterThan(250 * 50)
    expect(trimmed.events).toBeGreaterThan(10_001)
    expect(await Promise.all(['logs', 'events'].map(count))).toEqual([0, 0])
  } finally {
    await client.end()
  }
})

it('of segments of curves, one statement removes at most ten thousand, from the ends of the curves', async () => {
  const id = await bench.submit()
  await work()
  const client = new pg.Client({ connectionString: bench.database.url })
  await client.connect()
  try {
    await client.query(`
      INSERT INTO series_segments (series_id, last_x, first_x, number)
      SELECT s.id, 64 * n, 64 * n - 63, n FROM series s CROSS JOIN generate_series(1, 25000) n`)
    await client.query(observeRemovals)
    await keep({ points: 30 })
    bench.clock.advance(31 * dayMs)
    expect((await bench.files.trim()).points).toBe(1)
    const { rows } = await client.query<{ removed: number; gaps: number }>('SELECT removed, gaps FROM removals')
    expect(rows.filter(({ removed }) => removed > 0)).toEqual([
      { removed: 10_000, gaps: 0 },
      { removed: 10_000, gaps: 0 },
      { removed: 5_000, gaps: 0 },
    ])
    expect((await stored(id)).points).toBe(0)
  } finally {
    await client.end()
  }
})

/** Of each statement that removes segments: how many, and how many curves lack one before their last afterwards. */
const observeRemovals = `
  CREATE TABLE removals (removed int, gaps int);
  CREATE FUNCTION note_removal() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO removals SELECT (SELECT count(*) FROM removed), (SELECT count(*) FROM (
      SELECT FROM series_segments GROUP BY series_id HAVING count(*) <> max(number)) g);
    RETURN NULL;
  END $$;
  CREATE TRIGGER note_removals AFTER DELETE ON series_segments REFERENCING OLD TABLE AS removed
    FOR EACH STATEMENT EXECUTE FUNCTION note_removal()`

/** 250 copies of a task that has succeeded: three batches. */
const copyTasks = `
  WITH original AS (SELECT to_jsonb(t) AS row FROM tasks t WHERE state = 'succeeded' LIMIT 1)
  INSERT INTO tasks SELECT copy.* FROM original CROSS JOIN generate_series(1, 250) n
  CROSS JOIN LATERAL jsonb_populate_record(null::tasks, row || jsonb_build_object(
    'id', gen_random_uuid(), 'identity', encode(sha256(n::text::bytea), 'hex'))) copy`

it('files of removed checkpoints are released, but not those that a result or another checkpoint has too', async () => {
  const id = await bench.submit()
  await work()
  const taskId = (await bench.tasks(id)).train!
  await keep({ checkpoints: 1 })
  bench.clock.advance(10 * dayMs)
  await bench.files.trim()
  await bench.files.releaseFiles(bench.clock.now())
  bench.clock.advance(dayMs)
  await bench.files.releaseFiles(bench.clock.now())
  const owned = [1, 2, 3, 4].map((step) =>
    bench.experiments.ownsArtifact(bench.workspace, artifact(`${taskId}${step}`).hash),
  )
  expect((await Promise.all(owned)).map((found) => found !== null)).toEqual([false, true, false, true])
})

it('a deleted experiment’s tasks are removed although its events were', async () => {
  const id = await bench.submit()
  await work()
  await keep({ events: 1 })
  bench.clock.advance(10 * dayMs)
  await bench.files.trim()
  await bench.experiments.delete({ workspaceId: bench.workspace, id }, { actor })
  bench.clock.advance(dayMs)
  expect(await bench.files.removeTasks(bench.clock.now())).toBeGreaterThan(3)
})

it('rules and their changes are in the audit log', async () => {
  expect(await bench.retention.retention(bench.workspace)).toEqual({
    points: null,
    logs: null,
    events: null,
    checkpoints: null,
  })
  for (const _ of [1, 2]) expect(await keep({ points: 90 })).toMatchObject({ points: 90, logs: null })
  expect((await bench.apiKeys.audit(bench.workspace, { limit: 10 })).items).toMatchObject([
    { action: 'workspace.retention-changed', before: { points: null }, after: { points: 90 } },
  ])
})
