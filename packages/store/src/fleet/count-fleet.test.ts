import pg from 'pg'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
beforeEach(async () => {
  bench = await startBench()
})
afterEach(() => bench.close())

type Counted = readonly { readonly count: number }[]
const sum = (rows: Counted) => rows.reduce((total, { count }) => total + count, 0)

it('counts the open tasks and experiments of every workspace, and none that have ended', async () => {
  const other = await bench.workspaces.ensure('other')
  await bench.submit({ seeds: 2 })
  await bench.submit({ seeds: 1 }, other)
  const [first] = await bench.dispatchAll(3)
  await bench.take(first!.taskId)
  const { tasks, experiments } = await bench.countFleet()
  const inState = (state: string) => sum(tasks.filter((row) => row.state === state))
  const lists = await Promise.all([bench.workspace, other].map((id) => bench.experiments.list(id, { limit: 10 })))
  const blocked = lists.flatMap(({ items }) => items).map((item) => ({ count: item.tasks.blocked }))
  expect({ queued: inState('queued'), running: inState('running'), blocked: inState('blocked') }).toEqual({
    queued: 2,
    running: 1,
    blocked: sum(blocked),
  })
  expect([...new Set(tasks.map(({ workspace, device }) => `${workspace} ${device}`))].toSorted()).toEqual([
    'main cpu',
    'other cpu',
  ])
  expect(sum(experiments)).toBe(2)

  await bench.ledger.release({ taskId: first!.taskId, epoch: 1 }, 'shutdown')
  await bench.dispatcher.requeueLost(async () => new Set())
  for (const { items } of lists)
    for (const { id } of items)
      for (const workspace of [bench.workspace, other]) await bench.experiments.cancel(workspace, id)
  expect(await bench.countFleet()).toMatchObject({ tasks: [], experiments: [] })
})

it('counts verdicts at most once in five minutes', async () => {
  const id = await bench.submit({ seeds: 1 })
  const verdicts = async () => (await bench.countFleet()).verdicts
  expect(await verdicts()).toEqual([])
  const client = new pg.Client({ connectionString: bench.database.url })
  await client.connect()
  await client.query(
    `INSERT INTO verdicts (experiment_id, position, workspace_id, condition, title, name, tone, sentence, numbers,
       provisional, agreeing, total, updated_at)
     VALUES ($1, 0, $2, 'default', '', 'aligned', 'good', '', '[]', false, 1, 1, now())`,
    [id, bench.workspace],
  )
  await client.end()
  bench.clock.advance(4 * 60_000)
  expect(await verdicts()).toEqual([])
  bench.clock.advance(2 * 60_000)
  expect(await verdicts()).toEqual([{ workspace: 'main', verdict: 'aligned', count: 1 }])
})

it('reads by indexes alone, however many tasks have ended', async () => {
  await bench.submit({ seeds: 2 })
  const client = new pg.Client({ connectionString: bench.database.url })
  await client.connect()
  const scans = async () => {
    const { rows } = await client.query<{ read: string; indexed: string }>(
      `SELECT t.seq_tup_read AS read, i.idx_scan AS indexed FROM pg_stat_user_tables t
       JOIN pg_stat_user_indexes i USING (relname) WHERE relname = 'tasks' AND indexrelname = 'tasks_blocked_idx'`,
    )
    return { read: Number(rows[0]!.read), indexed: Number(rows[0]!.indexed) }
  }
  try {
    await client.query(addEndedTasks)
    await client.query('VACUUM ANALYZE tasks')
    const before = await scans()
    await bench.countFleet()
    // Sessions report what they have scanned within a second.
    await vi.waitFor(async () => expect((await scans()).indexed).toBeGreaterThan(before.indexed), { timeout: 5_000 })
    expect((await scans()).read).toBeLessThan(20_000)
  } finally {
    await client.end()
  }
})

/** 20,000 copies of a task, as if they had all succeeded. */
const addEndedTasks = `
  WITH original AS (SELECT to_jsonb(t) AS row FROM tasks t LIMIT 1)
  INSERT INTO tasks SELECT copy.* FROM original CROSS JOIN generate_series(1, 20000) n
  CROSS JOIN LATERAL jsonb_populate_record(null::tasks, row || jsonb_build_object(
    'id', gen_random_uuid(), 'identity', encode(sha256(n::text::bytea), 'hex'), 'state', 'succeeded', 'result', '{}'::jsonb, 'manifest', '{}'::jsonb,
    'result_hash', encode(sha256('x'), 'hex'))) copy`
