import { verdictSummary, type Report, type VerdictPart } from '@goalpost/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { manifest, plan, readAll, resultOf, startBench, type Bench } from '../../test/bench.ts'

let bench: Bench

beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

function card(condition: string, verdict: string, changes: Partial<VerdictPart> = {}): VerdictPart {
  return {
    type: 'verdict',
    title: condition,
    condition,
    verdict,
    tone: 'good',
    provisional: false,
    sentence: `${condition} is ${verdict}`,
    goal: 'end',
    reason: 'So it is.',
    tally: { [verdict]: 2, other: 1 },
    numbers: [{ key: 'speed', name: 'speed, on average', estimate: { value: 0.5, low: 0.25, high: 0.75 } }],
    thresholds: {},
    ...changes,
  }
}

function reportWith(...cards: readonly VerdictPart[]): Report {
  return { title: 'A', summary: 'B', parts: [{ type: 'text', title: 'first', paragraphs: [] }, ...cards] }
}

/** Runs everything; the analysis leaves a report with these verdicts. */
async function analyse(...cards: readonly VerdictPart[]): Promise<void> {
  await bench.work(async ({ claim, assignment: { kind } }) => {
    for (const step of kind === 'train' ? [2, 4] : []) {
      await bench.ledger.recordCheckpoint(claim, { step, parts: [] })
    }
    const result = resultOf(1)
    const report = reportWith(...cards)
    await bench.ledger.complete(claim, kind === 'analyse' ? { ...result, report } : result, manifest)
  })
}

async function verdictChanges(workspace: string, id: string) {
  const events = await bench.experiments.events(workspace, id, 0, 1_000)
  return events.filter(({ type }) => type === 'verdict.changed').map(({ data }) => data)
}

const namesOf = async (workspace: string, id: string) =>
  (await bench.experiments.get(workspace, id))!.verdicts.map(({ name }) => name)

describe('verdicts', () => {
  it('are there as soon as the analysis has succeeded, in view and list, in the order of the report', async () => {
    const workspace = await bench.workspaces.ensure('verdicts')
    const id = await bench.submit({}, workspace)
    expect(await namesOf(workspace, id)).toEqual([])
    await analyse(card('b', 'fine'), card('a', 'poor', { goal: null, tone: 'bad' }))
    const view = (await bench.experiments.get(workspace, id))!
    const [first] = view.verdicts
    expect(first).toEqual({
      condition: 'b',
      title: 'b',
      name: 'fine',
      tone: 'good',
      sentence: 'b is fine',
      goal: 'end',
      provisional: false,
      agreeing: 2,
      total: 3,
      numbers: [{ key: 'speed', label: 'speed, on average', estimate: { value: 0.5, low: 0.25, high: 0.75 } }],
    })
    const [listed] = (await bench.experiments.list(workspace, { limit: 1 })).items
    expect(listed!.verdicts).toEqual(view.verdicts.map((verdict) => verdictSummary.strip().parse(verdict)))
    expect(view.verdicts.map(({ condition, goal }) => [condition, goal])).toEqual([
      ['b', 'end'],
      ['a', null],
    ])
  })

  it('order a list by the most serious, page by page; an experiment without any is last', async () => {
    const workspace = await bench.workspaces.ensure('serious')
    const tones = ['good', 'bad', 'warning', 'neutral', 'bad'] as const
    for (const [index, tone] of tones.entries()) {
      await bench.submit({ name: `${tone} ${index}`, options: { bias: 100 + index } }, workspace)
      await analyse(card('a', 'fine'), card('b', 'x', { tone }))
    }
    const none = await bench.submit({ name: 'none', options: { bias: 200 } }, workspace)
    const named = async (sort: 'verdict' | '-verdict') =>
      (await readAll((cursor) => bench.experiments.list(workspace, { limit: 2, sort, ...cursor }))).map(
        ({ name }) => name,
      )
    const serious = ['bad 4', 'bad 1', 'warning 2', 'neutral 3', 'good 0', 'none']
    expect(await named('verdict')).toEqual(serious)
    expect(await named('-verdict')).toEqual(serious.toReversed())
    await bench.experiments.cancel(workspace, none)
  })

  it('are announced before the state in which the experiment ends, with the new name and the old', async () => {
    const workspace = await bench.workspaces.ensure('announced')
    const id = await bench.submit({}, workspace)
    await analyse(card('a', 'fine'), card('b', 'fine'))
    const types = (await bench.experiments.events(workspace, id, 0, 1_000)).map(({ type }) => type)
    expect(types.slice(-4)).toEqual(['task.state', 'verdict.changed', 'verdict.changed', 'experiment.state'])
    expect(await verdictChanges(workspace, id)).toEqual([
      { condition: 'a', title: 'a', name: 'fine', previous: null },
      { condition: 'b', title: 'b', name: 'fine', previous: null },
    ])
  })

  it('of an extended experiment stay until it is analysed again, and are then replaced', async () => {
    const workspace = await bench.workspaces.ensure('extended')
    const id = await bench.submit({}, workspace)
    await analyse(card('a', 'fine'), card('b', 'fine'))
    expect(await bench.experiments.extend(workspace, id, plan({ seeds: 2 }))).toMatchObject({ ok: true })
    expect(await namesOf(workspace, id)).toEqual(['fine', 'fine'])
    await analyse(card('a', 'fine'), card('b', 'poor'), card('c', 'poor'))
    expect(await namesOf(workspace, id)).toEqual(['fine', 'poor', 'poor'])
    expect((await verdictChanges(workspace, id)).slice(2)).toEqual([
      { condition: 'b', title: 'b', name: 'poor', previous: 'fine' },
      { condition: 'c', title: 'c', name: 'poor', previous: null },
    ])
  })

  it('are there at once if the workspace has analysed an equal experiment before', async () => {
    const workspace = await bench.workspaces.ensure('equal')
    await bench.submit({}, workspace)
    await analyse(card('a', 'fine'))
    const id = await bench.submit({}, workspace)
    expect(await namesOf(workspace, id)).toEqual(['fine'])
    expect(await verdictChanges(workspace, id)).toHaveLength(1)
  })

  it('are not written if the analysis is refused: both are in one transaction', async () => {
    const workspace = await bench.workspaces.ensure('refused')
    const id = await bench.submit({}, workspace)
    await bench.work(async ({ claim, assignment: { kind } }) => {
      for (const step of kind === 'train' ? [2, 4] : []) await bench.ledger.recordCheckpoint(claim, { step, parts: [] })
      const stale = kind === 'analyse' ? { ...claim, epoch: claim.epoch + 1 } : claim
      await bench.ledger.complete(stale, { ...resultOf(1), report: reportWith(card('a', 'fine')) }, manifest)
    })
    expect(await namesOf(workspace, id)).toEqual([])
    expect(await verdictChanges(workspace, id)).toEqual([])
  })
})

describe('a list of experiments with a given verdict', () => {
  it('has only those, page by page, together with the other filters, and none of another workspace', async () => {
    const [workspace, other] = [
      await bench.workspaces.ensure('filter'),
      await bench.workspaces.ensure('filter elsewhere'),
    ]
    await bench.submit({ name: 'x' }, other)
    await analyse(card('a', 'rare'))
    const ids: string[] = []
    for (const [name, verdict] of [
      ['one', 'rare'],
      ['two', 'common'],
      ['three', 'rare'],
    ] as const) {
      ids.push(await bench.submit({ name }, workspace))
      await analyse(card('a', verdict), card('b', 'common'))
    }
    const found = async (query: object) =>
      (await bench.experiments.list(workspace, { limit: 9, ...query })).items.map(({ id }) => id)
    expect(await found({ verdict: 'rare' })).toEqual([ids[2], ids[0]])
    expect(await found({ verdict: 'common' })).toEqual([ids[2], ids[1], ids[0]])
    expect(await found({ verdict: 'rare', name: 'ONE' })).toEqual([ids[0]])
    expect(await found({ verdict: 'rar%' })).toEqual([])
    const first = await bench.experiments.list(workspace, { limit: 1, verdict: 'rare' })
    const next = await bench.experiments.list(workspace, { limit: 1, verdict: 'rare', cursor: first.nextCursor! })
    expect([first, next].map(({ items }) => items.map(({ id }) => id))).toEqual([[ids[2]], [ids[0]]])
    expect(next.nextCursor).toBeNull()
    expect(await bench.experiments.get(other, ids[0]!)).toBeNull()
  })
})
