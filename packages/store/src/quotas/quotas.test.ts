import type { QuotaChange } from '@goalpost/contracts'
import { scheduleSpec } from '@goalpost/contracts'
import { serviceActor, type DispatchedJob } from '@goalpost/experiments'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { artifact, plan, startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
/** A workspace of its own for each test. */
let workspace: string
let name: string
let count = 0
beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())
beforeEach(async () => {
  count += 1
  name = `lab-${count}`
  workspace = await bench.workspaces.ensure(name)
})

/** Nothing of one test is in flight in the next. */
afterEach(async () => {
  for (const { id } of (await bench.workspaces.list({ limit: 200 })).items)
    for (const experiment of (await bench.experiments.list(id, { limit: 200 })).items)
      if (experiment.state === 'waiting' || experiment.state === 'running')
        await bench.experiments.cancel(id, experiment.id)
})

const actor = { key: null, address: '192.0.2.1' }
const limit = (change: QuotaChange, of = name) => bench.workspaces.setQuota(of, change, actor)
const seeds = (number: number, first = 1) => Array.from({ length: number }, (_, index) => first + index)
const create = (runs: number, first = 1) =>
  bench.experiments.create(workspace, {
    ...plan({ seeds: seeds(runs, first), name: `of ${first}` }),
    idempotency: null,
  })

async function submit(runs: number, first = 1): Promise<string> {
  const outcome = await create(runs, first)
  if (!outcome.ok) throw new Error(outcome.code)
  return outcome.id
}

/** How many of the jobs belong to each workspace. */
async function countByWorkspace(jobs: readonly DispatchedJob[], of: readonly string[]): Promise<number[]> {
  return Promise.all(
    of.map(async (id) => {
      const found = await Promise.all(jobs.map(({ taskId }) => bench.experiments.task(id, taskId)))
      return found.filter((task) => task !== null).length
    }),
  )
}

describe('a limit of tasks at a time', () => {
  it('lets others wait, starts the next when one ends, and does not concern other workspaces', async () => {
    await limit({ cpuTasks: 2, gpuTasks: 0 })
    await submit(5)
    const first = await bench.dispatchAll()
    expect(first).toHaveLength(2)
    expect(await bench.dispatchAll()).toEqual([])
    await bench.submit({ seeds: seeds(3, 500) })
    expect((await bench.dispatchAll()).length).toBeGreaterThanOrEqual(3)
    await bench.giveUp(first[0]!.taskId)
    expect(await bench.dispatchAll()).toHaveLength(1)
    await limit({ cpuTasks: null })
    expect((await bench.dispatchAll()).length).toBeGreaterThanOrEqual(2)
  })

  it('of none stops a workspace until it is raised', async () => {
    await limit({ cpuTasks: 0 })
    await submit(2)
    expect(await bench.dispatchAll()).toEqual([])
    await limit({ cpuTasks: 1 })
    expect(await bench.dispatchAll()).toHaveLength(1)
  })
})

it('a workspace of weight 3 gets three times the slots of one of weight 1', async () => {
  const other = await bench.workspaces.ensure(`${name}-other`)
  await limit({ weight: 3 })
  await submit(12)
  await bench.submit({ seeds: seeds(12) }, other)
  const jobs = await bench.dispatchAll(12)
  expect(await countByWorkspace(jobs, [workspace, other])).toEqual([9, 3])
})

describe('a limit of unfinished runs', () => {
  const refused = {
    ok: false,
    code: 'quota-exceeded',
    message:
      'This adds 2 runs, but the workspace may have 3 unfinished ones and has 2: wait until some end, cancel some, ' +
      'or ask an operator for more (`goalpost workspaces quota`)',
  }

  it('refuses submissions and extensions beyond it, whole, until runs have ended', async () => {
    await limit({ unfinishedRuns: 3 })
    const id = await submit(2)
    expect(await create(2, 100)).toEqual(refused)
    expect((await bench.experiments.list(workspace, { limit: 10 })).items).toHaveLength(1)
    const { resolved, expansion } = plan({ seeds: seeds(4), name: 'of 1' })
    expect(await bench.experiments.extend(workspace, id, { resolved, expansion })).toEqual(refused)
    await bench.work()
    expect(await create(2, 100)).toMatchObject({ ok: true })
  })

  it('says that waiting cannot help if the request alone exceeds it', async () => {
    await limit({ unfinishedRuns: 1 })
    await submit(1)
    expect(await create(2, 100)).toMatchObject({
      message:
        'The workspace may have 1 unfinished run, and this alone adds 2 runs: submit fewer at a time ' +
        '(waiting does not help), or ask an operator for more (`goalpost workspaces quota`)',
    })
    expect(await create(1, 100)).toMatchObject({ message: expect.stringMatching(/^This adds 1 run, but/) as string })
  })

  it('refuses to retry what would be beyond it', async () => {
    const cancelled = await submit(2)
    await bench.experiments.cancel(workspace, cancelled)
    await submit(2, 100)
    await limit({ unfinishedRuns: 3 })
    expect(await bench.experiments.retry(workspace, cancelled)).toEqual(refused)
    await limit({ unfinishedRuns: 4 })
    expect(await bench.experiments.retry(workspace, cancelled)).toMatchObject({ ok: true })
  })

  it('counts the failed runs that an extension starts again', async () => {
    const failed = await submit(2)
    await bench.work(async ({ claim }) => {
      await bench.ledger.fail(claim, { code: 'not-finite', message: 'NaN' })
    })
    await limit({ unfinishedRuns: 2 })
    const extend = () => {
      const { resolved, expansion } = plan({ seeds: seeds(3), name: 'of 1' })
      return bench.experiments.extend(workspace, failed, { resolved, expansion })
    }
    expect(await extend()).toMatchObject({
      ok: false,
      message: expect.stringMatching(/this alone adds 3 runs/) as string,
    })
    await limit({ unfinishedRuns: 3 })
    expect(await extend()).toMatchObject({ ok: true })
    expect((await limit({}))?.use.unfinishedRuns).toBe(3)
  })

  it('counts the runs of a retry whose tasks another experiment has kept open', async () => {
    const cancelled = await submit(2)
    await submit(2)
    await bench.experiments.cancel(workspace, cancelled)
    await limit({ unfinishedRuns: 3 })
    expect(await bench.experiments.retry(workspace, cancelled)).toEqual(refused)
    await limit({ unfinishedRuns: 4 })
    expect(await bench.experiments.retry(workspace, cancelled)).toMatchObject({ ok: true })
    expect((await limit({}))?.use.unfinishedRuns).toBe(4)
  })

  it('makes an occurrence of a schedule fail with the reason', async () => {
    await limit({ unfinishedRuns: 0 })
    const planned = plan({ fresh: true })
    const sent = { apiVersion: 'goalpost/v1', name: 'often', cron: '*/10 * * * *' } as const
    const spec = scheduleSpec.parse({ ...sent, action: { type: 'experiment', spec: planned.spec } })
    await bench.schedules.apply(workspace, { spec, sent: planned.spec }, serviceActor)
    bench.clock.advance(600_000)
    for (const due of await bench.schedules.due(10, []))
      await bench.schedules.fire(due, { ok: true, experiment: planned })
    expect((await bench.schedules.get(workspace, 'often'))?.runs).toMatchObject([
      { outcome: 'failed', message: expect.stringMatching(/may have 0 unfinished/) as string },
    ])
  })
})

describe('a limit of storage', () => {
  it('refuses uploads that exceed it, and submissions once it is exceeded', async () => {
    await limit({ storageBytes: 100 })
    const file = (id: string, bytes: number) => ({ ...artifact(id), bytes })
    await bench.experiments.keepArtifact(workspace, file('a', 60), serviceActor)
    await expect(bench.experiments.keepArtifact(workspace, file('b', 60), serviceActor)).rejects.toMatchObject({
      code: 'quota-exceeded',
      message:
        'The workspace may store 100 bytes, has 60 (60 of them uploads, which stay) and this adds 60: ' +
        'deleting experiments does not free enough; ask an operator for more (`goalpost workspaces quota`)',
    })
    expect(await bench.experiments.ownsArtifact(workspace, artifact('b').hash)).toBeNull()
    expect(await create(1)).toMatchObject({ ok: true })
    await limit({ storageBytes: 50 })
    expect(await create(1, 100)).toMatchObject({ ok: false, code: 'quota-exceeded' })
  })
})

it('a limit of storage admits only as many uploads at the same time as fit', async () => {
  await limit({ storageBytes: 100 })
  const keep = (id: string) => bench.experiments.keepArtifact(workspace, { ...artifact(id), bytes: 60 }, serviceActor)
  const kept = await Promise.allSettled(['p', 'q', 'r', 's'].map(keep))
  expect(kept.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await expect(bench.experiments.admitArtifact(workspace, { bytes: 41 })).rejects.toMatchObject({
    code: 'quota-exceeded',
  })
  await bench.experiments.admitArtifact(workspace, { bytes: 40 })
})

it('a limit of storage names deletion as a remedy only where it can help', async () => {
  await bench.experiments.keepArtifact(workspace, { ...artifact('sent'), bytes: 10 }, serviceActor)
  await submit(1)
  await bench.work()
  await limit({ storageBytes: 10 })
  expect(await create(1, 100)).toMatchObject({
    message: expect.stringMatching(/has \d+ \(10 of them uploads, which stay\): delete experiments/) as string,
  })
  await limit({ storageBytes: 9 })
  expect(await create(1, 100)).toMatchObject({ message: expect.stringMatching(/does not free enough/) as string })
})

describe('limits and their use', () => {
  it('are shown with the workspace and its storage', async () => {
    const quota = { cpuTasks: 2, gpuTasks: null, unfinishedRuns: 9, storageBytes: 1_000, weight: 1 }
    await limit(quota)
    await submit(3)
    await bench.dispatchAll()
    await bench.experiments.keepArtifact(workspace, { ...artifact('shown'), bytes: 7 }, serviceActor)
    const expected = { quota, use: { cpuTasks: 2, gpuTasks: 0, unfinishedRuns: 3, storageBytes: 7 } }
    expect(await limit({})).toMatchObject(expected)
    expect(await bench.experiments.storage(workspace)).toMatchObject(expected)
    const { items } = await bench.workspaces.list({ limit: 200 })
    expect(items.find((one) => one.name === name)).toMatchObject(expected)
  })

  it('are in the audit log with the values before and after, unless nothing changed', async () => {
    for (const _ of [1, 2]) await limit({ cpuTasks: 4 })
    expect((await bench.apiKeys.audit(workspace, { limit: 10 })).items).toMatchObject([
      {
        action: 'workspace.quota-changed',
        address: '192.0.2.1',
        before: { cpuTasks: null, weight: 1 },
        after: { cpuTasks: 4, weight: 1 },
      },
    ])
    expect(await limit({ cpuTasks: 4 }, 'nowhere')).toBeNull()
  })
})
