import { gateSpec, type GateSpecInput } from '@goalpost/contracts'
import { serviceActor, type DueGateRun, type PlannedEvaluation } from '@goalpost/experiments'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { artifact, plan, startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
beforeEach(async () => (bench = await startBench()))
afterEach(() => bench.close())

const rule = { kind: 'absolute', name: 'returns', condition: 'c', measure: 'm', atLeast: 0.5 } as const
const asProduction = {
  kind: 'baseline',
  name: 'as-production',
  condition: 'c',
  measure: 'm',
  margin: 0.1,
  against: { alias: 'production' },
} as const

async function apply(change: Partial<GateSpecInput> = {}) {
  const given = { apiVersion: 'goalpost/v1', name: 'nightly', model: 'mouse', spec: {}, rules: [rule], ...change }
  return bench.gates.apply(bench.workspace, gateSpec.parse(given), serviceActor)
}

async function register(aliases: readonly string[] = [], model = 'mouse'): Promise<number> {
  const file = artifact()
  await bench.experiments.keepArtifact(bench.workspace, file, serviceActor)
  const which = { workspaceId: bench.workspace, model }
  const registration = { artifact: file.hash, metadata: {}, tags: [], aliases: [...aliases] }
  return (await bench.models.register(which, registration, serviceActor)).number
}

const moveAlias = (alias: string, version: number) =>
  bench.models.moveAlias({ workspaceId: bench.workspace, model: 'mouse' }, { alias, version }, serviceActor)

async function runs(name = 'nightly') {
  return ((await bench.gates.runs(bench.workspace, name, { limit: 100 }))?.items ?? []).toReversed()
}

const evaluations = (...versions: number[]): PlannedEvaluation[] =>
  versions.map((version) => ({ version, experiment: plan({ name: `version ${version}`, fresh: true }) }))

async function onlyDue(): Promise<DueGateRun> {
  const [run, another] = await bench.gates.due(10, [])
  if (run === undefined || another !== undefined) throw new Error('Not exactly one run is due')
  return run
}

const onceTrue = (outcomes: readonly boolean[]) => outcomes.filter(Boolean).length === 1

const passed = { outcome: 'pass', message: null, judgements: [] } as const

describe('a gate', () => {
  it('gets a version for every change of its spec, and none without one', async () => {
    expect(await apply()).toEqual({ created: true, changed: true })
    expect(await apply()).toEqual({ created: false, changed: false })
    expect(await apply({ description: 'stricter' })).toEqual({ created: false, changed: true })
    expect(await bench.gates.get(bench.workspace, 'nightly')).toMatchObject({
      version: 2,
      model: 'mouse',
      latest: null,
      spec: { description: 'stricter' },
    })
  })

  it('is listed by name and model, and hidden from other workspaces', async () => {
    for (const name of ['b', 'a', 'c']) await apply({ name, model: name === 'c' ? 'rat' : 'mouse' })
    const first = await bench.gates.list(bench.workspace, { limit: 1, model: 'mouse' })
    const rest = await bench.gates.list(bench.workspace, { limit: 5, cursor: first.nextCursor ?? '', model: 'mouse' })
    expect([...first.items, ...rest.items].map(({ name }) => name)).toEqual(['a', 'b'])
    const other = await bench.workspaces.ensure('other')
    expect(await bench.gates.get(other, 'a')).toBeNull()
    expect((await bench.gates.list(other, { limit: 5 })).items).toEqual([])
  })
})

describe('a deleted gate', () => {
  const remove = (name = 'nightly') => bench.gates.delete(bench.workspace, name, serviceActor)

  it('is not listed and starts no runs; those it has had stay', async () => {
    await apply()
    await register()
    await expect(remove()).rejects.toMatchObject({ code: 'state-conflict' })
    await bench.gates.end(await onlyDue(), passed)
    await remove()
    await remove()
    expect((await bench.gates.list(bench.workspace, { limit: 5 })).items).toEqual([])
    await register()
    expect((await runs()).map(({ version, outcome }) => [version, outcome])).toEqual([[1, 'pass']])
    await expect(bench.gates.startRun(bench.workspace, 'nightly', 1, serviceActor)).rejects.toMatchObject({
      code: 'state-conflict',
    })
    const search = { good: 1, bad: 2, errorRate: 0.05 }
    await expect(bench.gates.startBisection(bench.workspace, 'nightly', search, serviceActor)).rejects.toMatchObject({
      code: 'state-conflict',
    })
    expect((await bench.gates.versionTests(bench.workspace, { model: 'mouse', version: 1 })).gates).toEqual([])
    await expect(remove('other')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('is restored by applying it again, also unchanged', async () => {
    await apply()
    await remove()
    expect(await apply()).toEqual({ created: false, changed: true })
    await register()
    expect(await runs()).toHaveLength(1)
    expect(await bench.gates.get(bench.workspace, 'nightly')).toMatchObject({ deletedAt: null, version: 2 })
  })
})

it('gates are searched by a part of their name, page by page', async () => {
  for (const name of ['mouse-a', 'mouse-b', 'rat']) await apply({ name, model: 'mouse' })
  const first = await bench.gates.list(bench.workspace, { limit: 1, name: 'MOUSE' })
  const rest = await bench.gates.list(bench.workspace, { limit: 5, name: 'MOUSE', cursor: first.nextCursor ?? '' })
  expect([first, rest].map(({ items }) => items.map(({ name }) => name))).toEqual([['mouse-a'], ['mouse-b']])
  expect((await bench.gates.list(bench.workspace, { limit: 5, name: '%' })).items).toEqual([])
})

describe('what has tested a version', () => {
  const which = { model: 'mouse', version: 1 }
  const examine = async (name: string, subject: { model: string; version: number }) => {
    const { resolved, ...planned } = plan({ name, fresh: true })
    const examining = { ...resolved, subject: { ...subject, hash: 'a'.repeat(64) } }
    await bench.experiments.create(bench.workspace, { ...planned, resolved: examining, idempotency: null })
  }

  it('is every gate of its model with the latest run, and experiments that have succeeded', async () => {
    for (const name of ['nightly', 'weekly']) await apply({ name, triggers: [] })
    await apply({ name: 'others', model: 'rat', triggers: [] })
    await register()
    await bench.gates.startRun(bench.workspace, 'nightly', 1, serviceActor)
    const latest = await bench.gates.startRun(bench.workspace, 'nightly', 1, serviceActor)
    await examine('done', which)
    await examine('of another version', { ...which, version: 2 })
    await examine('of another model', { ...which, model: 'rat' })
    await bench.work()
    await examine('waiting', which)
    const found = await bench.gates.versionTests(bench.workspace, which)
    expect(found.gates.map(({ name, run }) => [name, run?.id])).toEqual([
      ['nightly', latest],
      ['weekly', undefined],
    ])
    expect(found.experiments.map(({ name, gateRunId }) => [name, gateRunId])).toEqual([['done', null]])
    const other = await bench.workspaces.ensure('other')
    expect(await bench.gates.versionTests(other, which)).toEqual({ gates: [], experiments: [], leftOut: false })
  })
})

describe('a run', () => {
  it('starts with the registration of a version of its model, once for each', async () => {
    await apply()
    await register()
    await register([], 'rat')
    await register()
    expect((await runs()).map(({ number, version, trigger }) => [number, version, trigger])).toEqual([
      [1, 1, 'version-registered'],
      [2, 2, 'version-registered'],
    ])
  })

  it('starts when the alias of the trigger moves, and with no other', async () => {
    await apply({ triggers: [{ on: 'alias-moved', alias: 'candidate' }] })
    await register(['other'])
    await register(['candidate'])
    await moveAlias('candidate', 1)
    await moveAlias('candidate', 1)
    expect((await runs()).map(({ version, trigger }) => [version, trigger])).toEqual([
      [2, 'alias-moved'],
      [1, 'alias-moved'],
    ])
  })

  it('keeps what its baseline named, wherever the alias moves', async () => {
    await register(['production'])
    await apply({ rules: [asProduction] })
    await register()
    await moveAlias('production', 2)
    await register()
    expect((await runs()).map(({ baselines }) => baselines)).toEqual([
      [{ rule: 'as-production', against: { alias: 'production' }, version: 1 }],
      [{ rule: 'as-production', against: { alias: 'production' }, version: 2 }],
    ])
  })

  it('has no baseline if the alias names nothing yet, or the other run is of another model', async () => {
    await apply({ name: 'rats', model: 'rat' })
    await register([], 'rat')
    const [foreign] = await runs('rats')
    const against = { gateRun: foreign?.id ?? '' }
    await apply({ rules: [asProduction, { ...asProduction, name: 'as-rat', against }] })
    await register()
    expect((await runs())[0]?.baselines.map(({ version }) => version)).toEqual([null, null])
  })

  it('continues after its stage: experiments once, then the next stage, then one end', async () => {
    await apply()
    await register()
    const first = await onlyDue()
    expect(first).toMatchObject({ stage: 1, units: 64, experiments: [], number: 1, version: 1 })
    const started = await Promise.all([1, 2].map(() => bench.gates.startStage(first, evaluations(1, 3))))
    expect(onceTrue(started)).toBe(true)
    expect(await bench.gates.due(10, [])).toEqual([])
    await bench.work()
    const ended = await onlyDue()
    expect(ended.experiments.map(({ stage, version, state }) => [stage, version, state])).toEqual([
      [1, 1, 'succeeded'],
      [1, 3, 'succeeded'],
    ])
    const next = { units: 256, judgements: [] }
    expect(await Promise.all([bench.gates.nextStage(ended, next), bench.gates.nextStage(ended, next)])).toContain(false)
    const second = await onlyDue()
    expect(second).toMatchObject({ stage: 2, units: 256 })
    expect(await bench.gates.end(ended, passed)).toBe(false)
    expect(await bench.gates.startStage(ended, evaluations(1))).toBe(false)
    const ends = await Promise.all([bench.gates.end(second, passed), bench.gates.end(second, passed)])
    expect(onceTrue(ends)).toBe(true)
    expect(await bench.gates.due(10, [])).toEqual([])
    expect((await runs())[0]).toMatchObject({ state: 'ended', outcome: 'pass', units: 256 })
    expect((await bench.experiments.list(bench.workspace, { limit: 10 })).items).toHaveLength(2)
  })

  it('waits, whole, while the workspace may have no more runs', async () => {
    await apply()
    await register()
    const actor = { key: null, address: null }
    await bench.workspaces.setQuota('main', { unfinishedRuns: 1 }, actor)
    const run = await onlyDue()
    expect(await bench.gates.startStage(run, evaluations(1, 3))).toBe(false)
    expect((await bench.experiments.list(bench.workspace, { limit: 10 })).items).toEqual([])
    expect(await onlyDue()).toMatchObject({ stage: run.stage })
    await bench.workspaces.setQuota('main', { unfinishedRuns: null }, actor)
    expect(await bench.gates.startStage(await onlyDue(), evaluations(1, 3))).toBe(true)
  })

  it('shows why an experiment of its stage failed', async () => {
    await apply()
    await register()
    await bench.gates.startStage(await onlyDue(), evaluations(1))
    await bench.work(async ({ claim }) => {
      await bench.ledger.fail(claim, { code: 'model-refused', message: 'takes 75 inputs, not 147' })
    })
    expect((await onlyDue()).experiments).toMatchObject([
      { state: 'failed', failure: { code: 'model-refused', message: 'takes 75 inputs, not 147' } },
    ])
  })

  it('is announced when it starts and when it ends', async () => {
    await bench.webhooks.create(
      bench.workspace,
      {
        spec: { name: 'hook', url: 'https://example.com', events: ['gate-run.*'], format: 'standard' },
        secret: 'whsec_x',
      },
      serviceActor,
    )
    await apply()
    await register()
    await bench.gates.end(await onlyDue(), { ...passed, outcome: 'fail' })
    const { items } = (await bench.webhooks.deliveries(bench.workspace, 'hook', { limit: 10 })) ?? { items: [] }
    const [run] = await runs()
    expect(items.map(({ type, subject }) => [type, subject]).toReversed()).toEqual([
      ['gate-run.started', `gates/nightly/runs/${run?.id}`],
      ['gate-run.ended', `gates/nightly/runs/${run?.id}`],
    ])
  })

  it('can be started by hand, for a version that exists', async () => {
    await apply({ triggers: [] })
    await expect(bench.gates.startRun(bench.workspace, 'nightly', 'latest', serviceActor)).rejects.toMatchObject({
      code: 'not-found',
    })
    await register()
    await register()
    const id = await bench.gates.startRun(bench.workspace, 'nightly', 'latest', serviceActor)
    expect(await bench.gates.run(bench.workspace, 'nightly', id)).toMatchObject({ version: 2, trigger: 'manual' })
    await expect(bench.gates.startRun(bench.workspace, 'nightly', 9, serviceActor)).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(bench.gates.startRun(bench.workspace, 'none', 1, serviceActor)).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('a bisection', () => {
  it('tests one version after another, and each once', async () => {
    await apply({ triggers: [] })
    for (let version = 1; version <= 5; version++) await register()
    const request = { good: 1, bad: 5, errorRate: 0.05 }
    const id = await bench.gates.startBisection(bench.workspace, 'nightly', request, serviceActor)
    const [search] = await bench.gates.dueBisections(10, [])
    expect(search).toMatchObject({ id, versions: [2, 3, 4], probes: [] })
    const probes = await Promise.all([bench.gates.probe(search!, 3), bench.gates.probe(search!, 3)])
    expect(onceTrue(probes)).toBe(true)
    expect(await bench.gates.dueBisections(10, [])).toEqual([])
    const run = await onlyDue()
    expect(run).toMatchObject({ version: 3, number: null, bisection: { errorRate: 0.05, versions: 3 } })
    await bench.gates.end(run, { ...passed, outcome: 'fail' })
    const [again] = await bench.gates.dueBisections(10, [])
    expect(again?.probes).toEqual([{ version: 3, outcome: 'fail', units: 64 }])
    expect(await bench.gates.endBisection(again!, { lastGood: 2, candidates: [3] })).toBe(true)
    expect(await bench.gates.bisection(bench.workspace, 'nightly', id)).toMatchObject({
      state: 'ended',
      lastGood: 2,
      candidates: [3],
      probes: [{ version: 3, state: 'bad' }],
    })
  })

  it('needs versions that exist, the good one first', async () => {
    await apply({ triggers: [] })
    await register()
    const start = (good: number, bad: number) =>
      bench.gates.startBisection(bench.workspace, 'nightly', { good, bad, errorRate: 0.05 }, serviceActor)
    await expect(start(1, 7)).rejects.toMatchObject({ code: 'unknown-value', message: expect.stringContaining('7') })
    await expect(start(1, 1)).rejects.toMatchObject({ code: 'unknown-value' })
  })
})

it('idle workers look again when a run starts and when its experiment has ended', async () => {
  await apply()
  const signals: string[] = []
  const watch = bench.watchWork((signal) => signals.push(signal))
  expect(await watch.look()).toMatchObject({ gates: false })
  await register()
  await vi.waitFor(() => expect(signals).toContain('postponed'), { timeout: 10_000 })
  expect(await watch.look()).toMatchObject({ gates: true })
  await bench.gates.startStage(await onlyDue(), evaluations(1))
  expect(await watch.look()).toMatchObject({ gates: false })
  signals.length = 0
  await bench.work()
  await vi.waitFor(() => expect(signals).toContain('postponed'), { timeout: 10_000 })
  expect(await watch.look()).toMatchObject({ gates: true })
  await watch.close()
})
