import { randomUUID } from 'node:crypto'
import type { ArtifactRef, ExperimentSpecInput } from '@goalpost/contracts'
import { retryBudget, type Claim, type ClaimOutcome } from '@goalpost/experiments'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { artifact, manifest, resultOf, startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

type Claimed = Extract<ClaimOutcome, { ok: true }>
type Work = Claimed['assignment']

/**
 * A workspace and its files. Every task writes a file that depends on its inputs, and reads the files of its
 * dependencies.
 */
async function openLab() {
  const workspace = await bench.workspaces.ensure(randomUUID())
  const files = new Set<string>()
  /** Files that the disk loses as soon as they are written. */
  const cursed = new Set<string>()

  function store(content: string): ArtifactRef {
    const file = artifact(content)
    if (!cursed.has(file.hash)) files.add(file.hash)
    return file
  }
  async function checkpoint({ claim, assignment }: Claimed, step: number): Promise<boolean> {
    return bench.ledger.recordCheckpoint(claim, { step, parts: [store(nameOf(assignment, step))] })
  }
  async function execute(claimed: Claimed): Promise<void> {
    const { claim, assignment } = claimed
    const missing = needed(assignment).filter((hash) => !files.has(hash))
    if (missing.length > 0) return miss(claim, missing)
    const from = assignment.resume?.step ?? 0
    if (assignment.kind === 'train') for (const step of [2, 4]) if (step > from) await checkpoint(claimed, step)
    const result = { ...resultOf(assignment.seed ?? 0), artifacts: [store(nameOf(assignment))] }
    await bench.ledger.complete(claim, result, manifest)
  }
  async function miss(claim: Claim, missing: string[]): Promise<void> {
    await bench.ledger.fail(claim, { code: 'artifact-missing', message: 'gone', missing })
    bench.clock.advance(60_000)
  }

  return {
    workspace,
    files,
    cursed,
    checkpoint,
    execute,
    miss,
    submit: (spec: Partial<ExperimentSpecInput>) => bench.submit(spec, workspace),
    tasks: (id: string) => bench.tasks(id, workspace),
    task: async (id: string) => (await bench.experiments.task(workspace, id))!,
    get: async (id: string) => (await bench.experiments.get(workspace, id))!,
    retry: (id: string) => bench.experiments.retry(workspace, id),
    warnings: async (taskId: string) => {
      const page = await bench.experiments.logs(workspace, { taskId }, { limit: 100 })
      return page!.items.filter(({ level }) => level === 'warn').map(({ message }) => message)
    },
    events: (id: string) => bench.experiments.events(workspace, id, 0, 1_000),
    /** Runs tasks until none is ready. A job may be late: its task may be waiting again. */
    async work(): Promise<void> {
      for (let jobs = await bench.dispatchAll(); jobs.length > 0; jobs = await bench.dispatchAll()) {
        for (const job of jobs) {
          const claimed = await bench.ledger.claim(job, { id: 'worker', leaseMs: 10_000, engines: [] })
          if (claimed.ok) await execute(claimed)
        }
      }
    },
  }
}

function nameOf({ key, seed }: Pick<Work, 'key' | 'seed'>, step?: number): string {
  return `${key}/${seed}/${step ?? 'end'}`
}

function needed({ dependencies, resume }: Work): string[] {
  const inputs = dependencies.flatMap(({ result, checkpoint }) => checkpoint?.parts ?? result?.artifacts ?? [])
  return [...inputs, ...(resume?.parts ?? [])].map(({ hash }) => hash)
}

async function undisturbedHash(spec: Partial<ExperimentSpecInput>): Promise<string | null> {
  const lab = await openLab()
  const id = await lab.submit(spec)
  await lab.work()
  return (await lab.get(id)).resultHash
}

const early = artifact('train/1/2').hash
const late = artifact('train/1/4').hash
const trained = artifact('train/1/end').hash
const evaluated = artifact('evaluate/1/end').hash

describe('a file that is gone', () => {
  it('is recomputed if it was a checkpoint, and the result is the same as without the loss', async () => {
    const lab = await openLab()
    const id = await lab.submit({ seeds: [1] })
    const { train, 'evaluate@2': evaluate, baseline } = await lab.tasks(id)
    const claimed = await bench.take(train!)
    for (const step of [2, 4]) await lab.checkpoint(claimed, step)
    await bench.ledger.complete(
      claimed.claim,
      { ...resultOf(1), artifacts: [{ ...artifact('train/1/end') }] },
      manifest,
    )
    lab.files.add(trained)
    lab.files.delete(early)
    await lab.work()
    expect(await lab.get(id)).toMatchObject({ state: 'succeeded', resultHash: await undisturbedHash({ seeds: [1] }) })
    expect((await lab.task(train!)).attempts).toBe(2)
    expect((await lab.task(evaluate!)).attempts).toBe(3)
    expect((await lab.task(baseline!)).attempts).toBe(1)
    const events = await lab.events(id)
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1))
  })

  it('stops a training that is past it: the old attempt can no longer write', async () => {
    const lab = await openLab()
    const id = await lab.submit({ seeds: [1] })
    const { train, 'evaluate@2': evaluate } = await lab.tasks(id)
    const training = await bench.take(train!)
    for (const step of [2, 4]) await lab.checkpoint(training, step)
    for (const epoch of [0, 1]) await lab.miss((await bench.take(evaluate!, epoch)).claim, [early])
    expect(await bench.states(id, lab.workspace)).toMatchObject({ train: 'ready', 'evaluate@2': 'blocked' })
    expect(await lab.checkpoint(training, 4)).toBe(false)
    expect((await bench.take(train!, 1)).assignment.resume).toBeNull()
  })

  it('holds back tasks that wait for the result that refers to it', async () => {
    const lab = await openLab()
    const id = await lab.submit({ seeds: [1] })
    const { train, baseline, evaluate } = await lab.tasks(id)
    const training = await bench.take(train!)
    await lab.checkpoint(training, 2)
    await bench.ledger.complete(training.claim, { ...resultOf(1), artifacts: [artifact('train/1/end')] }, manifest)
    await bench.succeed(baseline!)
    for (const epoch of [0, 1]) await lab.miss((await bench.take(evaluate!, epoch)).claim, [trained])
    expect(await bench.states(id, lab.workspace)).toMatchObject({
      train: 'ready',
      baseline: 'succeeded',
      'evaluate@2': 'ready',
      evaluate: 'blocked',
    })
    expect((await bench.take(train!, 1)).assignment.resume?.step).toBe(2)
  })

  it('is looked for twice: one worker that cannot see it causes no computation', async () => {
    const lab = await openLab()
    const id = await lab.submit({ seeds: [1] })
    const { train, 'evaluate@2': evaluate } = await lab.tasks(id)
    const training = await bench.take(train!)
    await lab.checkpoint(training, 2)
    await lab.miss((await bench.take(evaluate!)).claim, [early])
    expect(await bench.states(id, lab.workspace)).toMatchObject({ train: 'running', 'evaluate@2': 'ready' })
  })

  it('is recomputed, and nothing else, for a later experiment that reuses it', async () => {
    const lab = await openLab()
    const other = await openLab()
    const first = await lab.submit({ seeds: [1] })
    const elsewhere = await other.submit({ seeds: [1] })
    await lab.work()
    await other.work()
    for (const hash of [trained, evaluated]) lab.files.delete(hash)
    const spec = { seeds: [1, 2] }
    const second = await lab.submit(spec)
    await lab.work()
    expect(await lab.get(second)).toMatchObject({ state: 'succeeded', resultHash: await undisturbedHash(spec) })
    expect((await lab.get(first)).state).toBe('succeeded')
    const attempts = async ([key, id]: [string, string]) => [key, (await lab.task(id)).attempts]
    // The analysis names both; the evaluation then waits for the training. Files that were not lost are not touched.
    const tasks = Object.entries(await lab.tasks(first))
    expect(Object.fromEntries(await Promise.all(tasks.map(attempts)))).toEqual({
      train: 2,
      evaluate: 2,
      'evaluate@2': 1,
      baseline: 1,
      analysis: 1,
    })
    const { train } = await other.tasks(elsewhere)
    expect((await other.task(train!)).attempts).toBe(1)
  })

  it('that is lost again and again causes a failure, and is recomputed by a retry once the disk works', async () => {
    const lab = await openLab()
    lab.cursed.add(early)
    const id = await lab.submit({ seeds: [1] })
    const { 'evaluate@2': evaluate } = await lab.tasks(id)
    await lab.work()
    expect(await lab.get(id)).toMatchObject({ state: 'failed' })
    expect(await lab.task(evaluate!)).toMatchObject({
      state: 'failed',
      attempts: retryBudget.infrastructure,
      failure: { code: 'artifact-missing', missing: [early] },
    })
    lab.cursed.clear()
    expect(await lab.retry(id)).toMatchObject({ ok: true })
    await lab.work()
    expect(await lab.get(id)).toMatchObject({ state: 'succeeded', resultHash: await undisturbedHash({ seeds: [1] }) })
  })
})

describe('a checkpoint that its own training cannot read', () => {
  /** A training that was interrupted after both checkpoints, and misses the given ones when it is resumed. */
  async function interrupted(lost: readonly string[]) {
    const lab = await openLab()
    const id = await lab.submit({ seeds: [1] })
    const tasks = await lab.tasks(id)
    const training = await bench.take(tasks['train']!)
    for (const step of [2, 4]) await lab.checkpoint(training, step)
    await bench.ledger.release(training.claim, 'shutdown')
    for (const hash of lost) lab.files.delete(hash)
    return { lab, id, train: tasks['train']!, early: tasks['evaluate@2']! }
  }

  it('is dropped after the second miss: the training continues from the one before', async () => {
    const { lab, id, train, early: evaluate } = await interrupted([late])
    for (const epoch of [1, 2]) await lab.miss((await bench.take(train, epoch)).claim, [late])
    const resumed = await bench.take(train, 3)
    expect(resumed.assignment.resume?.step).toBe(2)
    await bench.ledger.release(resumed.claim, 'shutdown')
    await lab.work()
    expect(await lab.get(id)).toMatchObject({ state: 'succeeded', resultHash: await undisturbedHash({ seeds: [1] }) })
    expect((await lab.task(evaluate)).attempts).toBe(1)
  })

  it('starts again if there is no other, and holds back what waits for the lost one', async () => {
    const { lab, id, train } = await interrupted([early, late])
    for (const epoch of [1, 2]) await lab.miss((await bench.take(train, epoch)).claim, [late])
    expect(await bench.states(id, lab.workspace)).toMatchObject({ 'evaluate@2': 'ready' })
    for (const epoch of [3, 4]) await lab.miss((await bench.take(train, epoch)).claim, [early])
    expect(await bench.states(id, lab.workspace)).toMatchObject({ train: 'ready', 'evaluate@2': 'blocked' })
    await lab.work()
    expect(await lab.get(id)).toMatchObject({ state: 'succeeded', resultHash: await undisturbedHash({ seeds: [1] }) })
    expect((await lab.task(train)).attempts).toBe(6)
  })

  it('is reported in the log of the task, with the step from which it continues', async () => {
    const { lab, train } = await interrupted([early, late])
    for (const [epoch, hash] of [late, late, early, early].entries())
      await lab.miss((await bench.take(train, epoch + 1)).claim, [hash])
    expect(await lab.warnings(train)).toEqual([
      'The checkpoint at step 4 is damaged or missing: continuing from the one at step 2',
      'The checkpoint at step 2 is damaged or missing: starting again',
    ])
  })

  it('is not progress when it is reached again: a training that always crashes behind it fails in the end', async () => {
    const lab = await openLab()
    lab.cursed.add(early)
    const { train } = await lab.tasks(await lab.submit({ seeds: [1] }))
    let epoch = 0
    for (; (await lab.task(train!)).state === 'ready' && epoch < 100; epoch++) {
      const claimed = await bench.take(train!, epoch)
      if (claimed.assignment.resume !== null) await lab.miss(claimed.claim, [early])
      else {
        await lab.checkpoint(claimed, 2)
        await bench.ledger.fail(claimed.claim, { code: 'trainer-crashed', message: 'always' })
        bench.clock.advance(60_000)
      }
    }
    expect((await lab.task(train!)).state).toBe('failed')
    // The first checkpoint is progress.
    expect(epoch).toBe(retryBudget.infrastructure)
  })

  it('is progress again after a retry, which restores the budget', async () => {
    const { lab, id, train } = await interrupted([late])
    for (const epoch of [1, 2]) await lab.miss((await bench.take(train, epoch)).claim, [late])
    await bench.ledger.fail((await bench.take(train, 3)).claim, { code: 'not-finite', message: 'NaN' })
    expect(await lab.retry(id)).toMatchObject({ ok: true })
    // One less than the budget, so only a new checkpoint leaves more.
    const last = 3 + retryBudget.infrastructure
    for (let epoch = 4; epoch < last; epoch++) {
      await bench.ledger.fail((await bench.take(train, epoch)).claim, { code: 'trainer-crashed', message: 'chance' })
      bench.clock.advance(60_000)
    }
    const further = await bench.take(train, last)
    await lab.checkpoint(further, 4)
    await bench.ledger.fail(further.claim, { code: 'trainer-crashed', message: 'chance' })
    expect((await lab.task(train)).state).toBe('ready')
  })

  it('stays after one miss: another worker may see it', async () => {
    const { lab, train } = await interrupted([])
    await lab.miss((await bench.take(train, 1)).claim, [late])
    expect((await bench.take(train, 2)).assignment.resume?.step).toBe(4)
    expect(await lab.warnings(train)).toEqual([])
  })

  it('and all before it are dropped when half of the budget is spent, so that a lost folder leaves time to start again', async () => {
    const lab = await openLab()
    const steps = Array.from({ length: 30 }, (_, index) => index + 1)
    const id = await lab.submit({ seeds: [1] })
    const { train, 'evaluate@2': evaluate } = await lab.tasks(id)
    const training = await bench.take(train!)
    for (const step of steps) await lab.checkpoint(training, step)
    await lab.execute(await bench.take(evaluate!))
    await bench.ledger.release(training.claim, 'shutdown')
    lab.files.clear()
    await lab.work()
    expect(await lab.get(id)).toMatchObject({ state: 'succeeded', resultHash: await undisturbedHash({ seeds: [1] }) })
    expect((await lab.task(train!)).attempts).toBe(2 + retryBudget.infrastructure / 2)
  })
})
