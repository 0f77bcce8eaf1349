import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { artifact, manifest, plan, resultOf, startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

describe('a submission with an Idempotency-Key', () => {
  const submitWith = (key: string, bodyHash: string, seeds = 1) =>
    bench.experiments.create(bench.workspace, { ...plan({ seeds }), idempotency: { key, bodyHash } })

  it('makes one experiment, however often it is repeated', async () => {
    const first = await submitWith('k1', 'h1')
    const second = await submitWith('k1', 'h1')
    expect(first).toMatchObject({ ok: true, created: true })
    expect(second).toEqual({ ...first, created: false })
  })

  it('makes one experiment when repeated at the same time', async () => {
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => submitWith('k2', 'h2')))
    expect(new Set(outcomes.map((outcome) => outcome.ok && outcome.id)).size).toBe(1)
    expect(outcomes.filter((outcome) => outcome.ok && outcome.created)).toHaveLength(1)
  })

  it('is refused with another body, and leaves nothing behind', async () => {
    await submitWith('k3', 'h3')
    const before = (await bench.experiments.list(bench.workspace, { limit: 100 })).items.length
    expect(await submitWith('k3', 'h4', 2)).toEqual({ ok: false, code: 'idempotency-mismatch' })
    expect((await bench.experiments.list(bench.workspace, { limit: 100 })).items).toHaveLength(before)
  })

  it('is independent of the same key in another workspace', async () => {
    const other = await bench.workspaces.ensure('other')
    const here = await submitWith('k5', 'h5')
    const there = await bench.experiments.create(other, { ...plan(), idempotency: { key: 'k5', bodyHash: 'h6' } })
    expect(there).toMatchObject({ ok: true, created: true })
    expect(there).not.toEqual(here)
  })
})

describe('a submission', () => {
  it('writes everything or nothing', async () => {
    const { spec, resolved, expansion } = plan({ seeds: [900] })
    const [run] = expansion.runs
    const broken = { ...expansion, runs: [{ ...run!, tasks: [{ key: 'x', identity: 'f'.repeat(64) }] }] }
    const before = await bench.experiments.list(bench.workspace, { limit: 100 })
    await expect(
      bench.experiments.create(bench.workspace, {
        spec,
        resolved,
        expansion: broken,
        idempotency: { key: 'k', bodyHash: 'h' },
      }),
    ).rejects.toThrow()
    expect(await bench.experiments.list(bench.workspace, { limit: 100 })).toEqual(before)
    expect(
      await bench.experiments.create(bench.workspace, {
        spec,
        resolved,
        expansion,
        idempotency: { key: 'k', bodyHash: 'h2' },
      }),
    ).toMatchObject({ created: true })
  })

  it('is shown as sent, as resolved, and with its runs in the order of its conditions', async () => {
    const conditions = [
      { name: 'z', options: { bias: 1 } },
      { name: 'a', options: { bias: 0 } },
    ]
    const spec = { name: 'Shown', seeds: [5, 3], labels: { team: 'x' }, priority: 7, conditions }
    const id = await bench.submit(spec)
    const view = await bench.experiments.get(bench.workspace, id)
    expect(view).toMatchObject({
      id,
      ...spec,
      seeds: 2,
      conditions: 2,
      protocol: 'toy',
      state: 'waiting',
      resultHash: null,
    })
    expect(view?.spec).toMatchObject(spec)
    expect(view?.resolved).toEqual(plan(spec).resolved)
    expect(view?.runs.map(({ condition, seed }) => [condition, seed])).toEqual([
      ['z', 5],
      ['z', 3],
      ['a', 5],
      ['a', 3],
    ])
    expect(view?.sharedTasks.map(({ key }) => key)).toEqual(['baseline', 'analysis'])
  })

  it('writes each new task once, ready if it needs no other, and says so', async () => {
    const client = new pg.Client({ connectionString: bench.database.url })
    await client.connect()
    try {
      await client.query(refuseUpdates)
      const id = await bench.submit({ seeds: [910], options: { bias: 9 }, fresh: true })
      const ready = { train: 'ready', baseline: 'ready', evaluate: 'blocked', 'evaluate@2': 'blocked' }
      expect(await bench.states(id)).toEqual({ ...ready, analysis: 'blocked' })
      const events = (await bench.experiments.events(bench.workspace, id, 0, 100)) ?? []
      expect(events.flatMap(({ type, data }) => (type === 'task.state' ? [[data['key'], data['state']]] : []))).toEqual(
        [
          ['train', 'ready'],
          ['baseline', 'ready'],
        ],
      )
    } finally {
      await client.query('DROP FUNCTION refuse_update CASCADE')
      await client.end()
    }
  })
})

const refuseUpdates = `
  CREATE FUNCTION refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'a task was written twice';
  END $$;
  CREATE TRIGGER refuse_updates BEFORE UPDATE ON tasks FOR EACH ROW EXECUTE FUNCTION refuse_update()`

describe('equal tasks', () => {
  it('are computed once: a second experiment reuses the results of the first, and is done at once', async () => {
    const first = await bench.submit({ seeds: [10, 11] })
    await bench.work()
    const second = await bench.submit({ seeds: [10, 11] })
    const [a, b] = [
      await bench.experiments.get(bench.workspace, first),
      await bench.experiments.get(bench.workspace, second),
    ]
    expect(b?.state).toBe('succeeded')
    expect(b?.resultHash).toBe(a?.resultHash)
    const all = b!.runs.flatMap(({ tasks }) => tasks)
    expect(all.every(({ reused }) => reused)).toBe(true)
    expect(a!.runs.flatMap(({ tasks }) => tasks).filter(({ reused, key }) => reused && key !== 'baseline')).toEqual([])
  })

  it('that have all succeeded leave a new task that needs them ready', async () => {
    await bench.submit({ seeds: [15] })
    await bench.work()
    const renamed = await bench.submit({ seeds: [15], name: 'with an analysis of its own' })
    expect(await bench.states(renamed)).toMatchObject({ evaluate: 'succeeded', analysis: 'ready' })
  })

  it('are computed once when two experiments that need them run at the same time', async () => {
    const first = await bench.submit({ seeds: [20, 21] })
    const second = await bench.submit({ seeds: [21, 22] })
    const claimed: string[] = []
    await bench.work(async ({ claim, assignment }) => {
      claimed.push(`${assignment.key} ${assignment.seed}`)
      if (assignment.kind === 'train') await bench.ledger.recordCheckpoint(claim, { step: 2, parts: [artifact()] })
      await bench.ledger.complete(claim, resultOf(1), manifest)
    })
    expect(claimed.filter((it) => it === 'train 21')).toHaveLength(1)
    expect((await bench.experiments.get(bench.workspace, first))?.state).toBe('succeeded')
    expect((await bench.experiments.get(bench.workspace, second))?.state).toBe('succeeded')
  })

  it('are computed again if the spec asks for fresh ones, which no other experiment uses', async () => {
    await bench.submit({ seeds: [30] })
    await bench.work()
    const fresh = await bench.submit({ seeds: [30], fresh: true })
    expect(Object.values(await bench.states(fresh)).filter((state) => state === 'succeeded')).toEqual([])
    const freshTasks = Object.values(await bench.tasks(fresh))
    const again = Object.values(await bench.tasks(await bench.submit({ seeds: [30] })))
    expect(again.filter((id) => freshTasks.includes(id))).toEqual([])
  })

  it('are not shared between workspaces', async () => {
    await bench.submit({ seeds: [40] })
    await bench.work()
    const other = await bench.workspaces.ensure('apart')
    const id = await bench.submit({ seeds: [40] }, other)
    expect(Object.values(await bench.states(id, other)).filter((state) => state === 'succeeded')).toEqual([])
    const identities = plan({ seeds: [40] }).expansion.tasks.map(({ identity }) => identity)
    expect(await bench.experiments.countSucceeded(bench.workspace, identities)).toBe(5)
    expect(await bench.experiments.countSucceeded(other, identities)).toBe(0)
  })

  it('that failed are restarted by the next experiment that needs them', async () => {
    const first = await bench.submit({ seeds: [50] })
    await bench.giveUp((await bench.tasks(first))['train']!)
    await bench.work()
    expect((await bench.experiments.get(bench.workspace, first))?.state).toBe('failed')
    const second = await bench.submit({ seeds: [50] })
    expect(await bench.states(second)).toMatchObject({
      train: 'ready',
      evaluate: 'blocked',
      'evaluate@2': 'blocked',
      analysis: 'blocked',
      baseline: 'succeeded',
    })
    await bench.work()
    expect((await bench.experiments.get(bench.workspace, first))?.state).toBe('succeeded')
    expect((await bench.experiments.get(bench.workspace, second))?.state).toBe('succeeded')
  })

  it('take the higher priority of the experiments that need them', async () => {
    await bench.submit({ seeds: [60], priority: 0 })
    await bench.submit({ seeds: [61], priority: 5 })
    await bench.submit({ seeds: [60], priority: 10 })
    const seeds: (number | null)[] = []
    for (const { taskId } of await bench.dispatchAll()) {
      const task = await bench.experiments.task(bench.workspace, taskId)
      if (task?.kind === 'train') seeds.push(task.seed)
    }
    expect(seeds.filter((seed) => seed === 60 || seed === 61)).toEqual([60, 61])
  })
})
