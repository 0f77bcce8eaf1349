import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { artifact, manifest, readAll, resultOf, startBench, type Bench } from '../../test/bench.ts'
import { openDatabase } from '../database/open-database.ts'
import { Prisma } from '../generated/client.ts'
import { listOrders } from './list-order.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

describe('the revision', () => {
  it('grows with every change that a client can see, and not otherwise', async () => {
    const id = await bench.submit({ seeds: [1] })
    const train = (await bench.tasks(id))['train']!
    const revision = async () => (await bench.experiments.revision(bench.workspace, id))!
    let last = await revision()
    const growsBy = async (change: () => Promise<unknown>) => {
      await change()
      const grown = (await revision()) - last
      last = await revision()
      return grown
    }
    expect(await growsBy(() => bench.dispatchAll())).toBe(1)
    const { claim } = await bench.take(train)
    last = await revision()
    expect(
      await growsBy(() => bench.ledger.recordProgress(claim, { done: 1, total: 4, unit: 'steps', perSecond: 2 })),
    ).toBe(1)
    expect(await growsBy(() => bench.ledger.recordCheckpoint(claim, { step: 2, parts: [artifact()] }))).toBe(1)
    expect(await growsBy(() => bench.ledger.renew(claim, 1_000))).toBe(0)
    expect(
      await growsBy(() =>
        bench.ledger.recordLogs(claim, [{ at: '2030-01-01T00:00:00Z', level: 'info', message: 'm' }]),
      ),
    ).toBe(0)
    expect(await growsBy(() => bench.experiments.get(bench.workspace, id))).toBe(0)
    expect(await growsBy(() => bench.ledger.complete(claim, resultOf(1), manifest))).toBe(1)
    expect((await bench.experiments.get(bench.workspace, id))?.revision).toBe(last)
  })

  it('grows for every experiment that shares the task', async () => {
    const [first, second] = [await bench.submit({ seeds: [2] }), await bench.submit({ seeds: [2] })]
    const before = await bench.experiments.revision(bench.workspace, second)
    await bench.take((await bench.tasks(first))['train']!)
    expect(await bench.experiments.revision(bench.workspace, second)).toBe(before! + 1)
  })
})

describe('the sequence', () => {
  it('grows with the state of tasks, but not while they only progress', async () => {
    const id = await bench.submit({ seeds: [3] })
    const version = async () => (await bench.experiments.version(bench.workspace, id))!
    const waiting = await version()
    const { claim } = await bench.take((await bench.tasks(id))['train']!)
    const running = await version()
    await bench.ledger.recordProgress(claim, { done: 1, total: 4, unit: 'steps' })
    const further = await version()
    expect(running.sequence).toBeGreaterThan(waiting.sequence)
    expect(further).toEqual({ revision: running.revision + 1, sequence: running.sequence })
  })
})

describe('the view of an experiment', () => {
  it('gives the reason of a failed task, and forgets it when the task is retried', async () => {
    const id = await bench.submit({ seeds: [7] })
    const { baseline } = await bench.tasks(id)
    await bench.giveUp(baseline!)
    const reasons = async () => {
      const { runs, sharedTasks } = (await bench.experiments.get(bench.workspace, id))!
      const tasks = [...runs.flatMap((run) => run.tasks), ...sharedTasks]
      return tasks.find((task) => task.id === baseline)?.failure
    }
    expect(await reasons()).toEqual({ code: 'not-finite', message: 'NaN' })
    await bench.experiments.retry(bench.workspace, id)
    expect(await reasons()).toBeNull()
  })
})

describe('events', () => {
  it('are numbered from 1 without a gap, in the order of their revisions, while many change the experiment at once', async () => {
    const view = (await bench.experiments.get(
      bench.workspace,
      await bench.submit({ seeds: { first: 100, count: 10 }, options: { bias: 9 } }),
    ))!
    const trains = view.runs.map(({ tasks }) => tasks.find(({ key }) => key === 'train')!.id)
    await Promise.all(
      trains.map(async (id) => {
        const { claim } = await bench.take(id)
        await bench.ledger.recordProgress(claim, { done: 1, total: 4, unit: 'steps' })
        await bench.ledger.recordCheckpoint(claim, { step: 2, parts: [artifact()] })
        await bench.ledger.complete(claim, resultOf(1), manifest)
      }),
    )
    const events = await bench.experiments.events(bench.workspace, view.id, 0, 1_000)
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1))
    const ofTask = (id: string) =>
      events.filter(({ taskId }) => taskId === id).map(({ type, data }) => data['state'] ?? type)
    for (const id of trains) expect(ofTask(id)).toEqual(['ready', 'running', 'task.checkpoint', 'succeeded'])
  })

  it('cover the submission, every state, and the end; and can be read from any of them on', async () => {
    const workspace = await bench.workspaces.ensure('events')
    const id = await bench.submit({ seeds: [3] }, workspace)
    await bench.work()
    const events = await bench.experiments.events(workspace, id, 0, 1_000)
    expect(events[0]).toMatchObject({ experimentId: id, sequence: 1, type: 'experiment.created', taskId: null })
    expect(events.at(-1)).toMatchObject({ type: 'experiment.state', data: { state: 'succeeded', previous: 'running' } })
    expect(await bench.experiments.events(workspace, id, 3, 2)).toEqual(events.slice(3, 5))
  })
})

describe('a list', () => {
  it.each([
    ['-created', ['a', 'b', 'c', 'b', 'a', 'b']],
    ['created', ['b', 'a', 'b', 'c', 'b', 'a']],
    ['name', ['a', 'a', 'b', 'b', 'b', 'c']],
    ['-name', ['c', 'b', 'b', 'b', 'a', 'a']],
  ] as const)('ordered by %s is read page by page, also across equal names', async (sort, expected) => {
    const workspace = await bench.workspaces.ensure(`sorted by ${sort}`)
    for (const name of ['b', 'a', 'b', 'c', 'b', 'a']) await bench.submit({ name }, workspace)
    const all = await readAll((cursor) => bench.experiments.list(workspace, { limit: 2, sort, ...cursor }))
    expect(all.map(({ name }) => name)).toEqual(expected)
    expect(new Set(all.map(({ id }) => id)).size).toBe(6)
  })

  it('ordered by state begins with what runs, and by priority with the highest; the newest of equals first', async () => {
    const workspace = await bench.workspaces.ensure('sorted by state')
    const ids: string[] = []
    for (const priority of [5, 0, -7, 0])
      ids.push(await bench.submit({ name: `n${ids.length}`, priority, options: { bias: 300 + ids.length } }, workspace))
    await bench.take((await bench.tasks(ids[1]!, workspace))['train']!)
    await bench.experiments.cancel(workspace, ids[3]!)
    const order = async (sort: 'state' | '-state' | 'priority' | '-priority') =>
      (await readAll((cursor) => bench.experiments.list(workspace, { limit: 1, sort, ...cursor }))).map(
        ({ name }) => name,
      )
    expect(await order('state')).toEqual(['n1', 'n2', 'n0', 'n3'])
    expect(await order('-state')).toEqual(['n3', 'n0', 'n2', 'n1'])
    expect(await order('-priority')).toEqual(['n0', 'n3', 'n1', 'n2'])
    expect(await order('priority')).toEqual(['n2', 'n1', 'n3', 'n0'])
  })

  it('ordered by progress begins with the largest share of tasks done, and by change with the latest minute', async () => {
    const workspace = await bench.workspaces.ensure('sorted by progress')
    const ids: string[] = []
    for (const seeds of [[1], [2, 3], [4, 5, 6]])
      ids.push(await bench.submit({ name: `n${ids.length}`, seeds, options: { bias: 400 } }, workspace))
    const order = async (sort: 'progress' | '-progress' | 'updated' | '-updated') =>
      (await readAll((cursor) => bench.experiments.list(workspace, { limit: 1, sort, ...cursor }))).map(
        ({ name }) => name,
      )
    expect(await order('-progress')).toEqual(['n2', 'n1', 'n0'])
    for (const id of [ids[0]!, ids[1]!]) {
      const { claim } = await bench.take((await bench.tasks(id, workspace))['train']!)
      await bench.ledger.complete(claim, resultOf(1), manifest)
    }
    // One training of one is more than one of two.
    expect(await order('-progress')).toEqual(['n0', 'n1', 'n2'])
    expect(await order('progress')).toEqual(['n2', 'n1', 'n0'])
    const database = openDatabase({ url: bench.database.url, poolSize: 1 })
    const changedAt = (id: string, time: string) =>
      database.query(
        (queries) =>
          queries.$executeRaw`UPDATE experiments SET updated_at = ${time}::timestamptz WHERE id = ${id}::uuid`,
      )
    await changedAt(ids[0]!, '2030-01-01T00:00:59Z')
    await changedAt(ids[1]!, '2030-01-01T00:01:00Z')
    await changedAt(ids[2]!, '2030-01-01T00:00:00Z')
    await database.close()
    // Within a minute the newer experiment comes first.
    expect(await order('-updated')).toEqual(['n1', 'n2', 'n0'])
    expect(await order('updated')).toEqual(['n0', 'n2', 'n1'])
  })

  it.each([
    ['state', 'experiments_state_order_idx'],
    ['-priority', 'experiments_priority_idx'],
    ['verdict', 'experiments_verdict_rank_idx'],
    ['-progress', 'experiments_progress_idx'],
    ['-updated', 'experiments_changed_idx'],
  ] as const)('ordered by %s is read along the index %s, on later pages too', async (sort, index) => {
    const workspace = await bench.workspaces.ensure('sorted by state')
    const { nextCursor } = await bench.experiments.list(workspace, { limit: 1, sort })
    const { orderBy, after } = listOrders[sort]
    const page = Prisma.sql`EXPLAIN SELECT e.id FROM experiments e
      WHERE e.workspace_id = ${workspace}::uuid AND ${after(nextCursor!)} ORDER BY ${orderBy} LIMIT 2`
    const database = openDatabase({ url: bench.database.url, poolSize: 1 })
    const plan = await database.transaction(async (queries) => {
      await queries.$executeRaw`SET LOCAL enable_sort = off`
      await queries.$executeRaw`SET LOCAL enable_seqscan = off`
      await queries.$executeRaw`SET LOCAL enable_bitmapscan = off`
      return queries.$queryRaw<Record<string, string>[]>(page)
    })
    await database.close()
    const text = plan.flatMap((line) => Object.values(line)).join('\n')
    expect(text).toContain(index)
    expect(text).toMatch(/Index Cond: .*ROW\(/)
    expect(text).not.toContain('Sort')
  })

  it('by name finds the newest, archived or not, that is no verification; and all of exactly that name', async () => {
    const workspace = await bench.workspaces.ensure('named')
    const first = await bench.submit({ name: 'a/b' }, workspace)
    const second = await bench.submit({ name: 'a/b', seeds: [70] }, workspace)
    await bench.submit({ name: 'a/b', seeds: [71], labels: { 'goalpost/verifies': first } }, workspace)
    await bench.submit({ name: 'a/b c', seeds: [72] }, workspace)
    expect(await bench.experiments.findNamed(workspace, 'a/b')).toBe(second)
    await bench.experiments.setArchived({ workspaceId: workspace, id: second }, true, {
      actor: { key: null, address: null },
    })
    expect(await bench.experiments.findNamed(workspace, 'a/b')).toBe(second)
    expect(await bench.experiments.findNamed(workspace, 'A/b')).toBeNull()
    expect(await bench.experiments.findNamed(bench.workspace, 'a/b')).toBeNull()
    const { items } = await bench.experiments.list(workspace, { limit: 9, named: 'a/b', archived: 'include' })
    expect(items.map(({ name }) => name)).toEqual(['a/b', 'a/b', 'a/b'])
  })

  it('refuses a cursor of another order', async () => {
    const workspace = await bench.workspaces.ensure('sorted by -created')
    const { nextCursor } = await bench.experiments.list(workspace, { limit: 2 })
    const other = bench.experiments.list(workspace, { limit: 2, sort: 'name', cursor: nextCursor! })
    await expect(other).rejects.toThrow('does not belong to this list')
  })

  it('is read page by page without a gap or a repetition, although more is submitted meanwhile', async () => {
    const workspace = await bench.workspaces.ensure('list')
    const ids: string[] = []
    for (let index = 0; index < 7; index++) ids.push(await bench.submit({ name: `n${index}` }, workspace))
    let pages = 0
    const all = await readAll(async (cursor) => {
      const page = await bench.experiments.list(workspace, { limit: 3, ...cursor })
      if (pages++ === 0) await bench.submit({ name: 'late' }, workspace)
      return page
    })
    expect(all.map(({ id }) => id)).toEqual(ids.toReversed())
    expect(pages).toBe(3)
  })

  it('can be filtered by state, protocol and any part of the name', async () => {
    const workspace = await bench.workspaces.ensure('filters')
    const [a, b] = [
      await bench.submit({ name: 'Corner 100%' }, workspace),
      await bench.submit({ name: 'dish', seeds: [9] }, workspace),
    ]
    await bench.experiments.cancel(workspace, a)
    const found = async (query: object) =>
      (await bench.experiments.list(workspace, { limit: 9, ...query })).items.map(({ id }) => id)
    expect(await found({ state: 'cancelled' })).toEqual([a])
    expect(await found({ state: 'waiting' })).toEqual([b])
    expect(await found({ name: 'cORNer' })).toEqual([a])
    expect(await found({ name: '0%' })).toEqual([a])
    expect(await found({ name: 'd%h' })).toEqual([])
    expect(await found({ protocol: 'toy' })).toEqual([b, a])
    expect(await found({ protocol: 'other' })).toEqual([])
  })

  it('of runs and of checkpoints is read page by page too', async () => {
    const workspace = await bench.workspaces.ensure('runs')
    const id = await bench.submit({ seeds: 5 }, workspace)
    const runs = await readAll((cursor) => bench.experiments.runs(workspace, { experimentId: id, limit: 2, ...cursor }))
    expect(runs.map(({ seed }) => seed)).toEqual([0, 1, 2, 3, 4])
    const newest = await readAll((cursor) => bench.experiments.runs(workspace, { limit: 2, ...cursor }))
    expect(newest.map(({ seed }) => seed)).toEqual([4, 3, 2, 1, 0])
    const { claim } = await bench.take((await bench.tasks(id, workspace))['train']!)
    for (const step of [1, 3, 2]) await bench.ledger.recordCheckpoint(claim, { step, parts: [artifact()] })
    const checkpoints = await readAll((cursor) =>
      bench.experiments.checkpoints(workspace, { experimentId: id, limit: 2, ...cursor }),
    )
    expect(checkpoints.map(({ step }) => step)).toEqual([1, 2, 3])
  })

  it.each(['nonsense', Buffer.from('["x"]').toString('base64url'), Buffer.from('[1]').toString('base64url')])(
    'refuses the cursor %s',
    async (cursor) => {
      await expect(bench.experiments.list(bench.workspace, { limit: 1, cursor })).rejects.toMatchObject({
        code: 'invalid-request',
      })
    },
  )
})
