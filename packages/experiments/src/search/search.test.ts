import { experimentSpec, type ExperimentSpecInput, type ResolvedSpec } from '@goalpost/contracts'
import { describe, expect, it } from 'vitest'
import { analysisEvidence } from '../expansion/analysis.ts'
import { expand } from '../expansion/expand.ts'
import { resolveSpec } from '../expansion/resolve.ts'
import type { Evidence, PlannedTask, Protocol } from '../ports/protocol.ts'
import { buildReport } from './build-report.ts'
import { emptyProtocol } from '../../test/empty-protocol.ts'
import { decideRound } from './decide-round.ts'
import { readSearch } from './read-search.ts'
import { toEstimate } from './search-parts.ts'
import type { SearchProgress } from './resolve-search.ts'

/** Its only task measures `train.rate`, and seeds differ a little. */
const protocol: Protocol = {
  ...emptyProtocol,
  name: 'ramp',
  resolve: (options) => {
    const issue = { pointer: '/train/speed', message: 'unknown field `speed`' }
    if (!Number.isInteger(options['size'] ?? 1))
      return { ok: false, issues: [{ pointer: '/size', message: 'not a whole number' }] }
    const isKnown = !JSON.stringify(options).includes('speed')
    return isKnown ? { ok: true, options, marks: [] } : { ok: false, issues: [issue] }
  },
  plan: (options, seed): PlannedTask[] => [
    {
      key: 'run',
      kind: 'run',
      inputs: options,
      versions: {},
      seed,
      needs: [],
      work: { unit: 'runs', amount: 1 },
      rank: 0,
    },
  ],
  report: ({ experiment }) => ({
    title: experiment,
    summary: '',
    parts: [{ type: 'text', title: 'own', paragraphs: [] }],
  }),
  search: {
    measures: [
      { name: 'height', title: 'height', line: 0.5 },
      { name: 'depth', title: 'depth', line: 2 },
    ],
    read: ({ runs }, measure) =>
      runs.flatMap(({ seed, tasks: [task] }) => {
        const value = task?.result?.measures.find(({ name }) => name === measure)?.value
        return value === undefined ? [] : [{ seed, value }]
      }),
  },
}
const protocols = new Map([[protocol.name, protocol]])
const engine = { name: 'none', build: '1', threads: 1 }

const search = { over: 'train.rate', between: [0.001, 1], width: 2 } as const

function specOf(change: Partial<ExperimentSpecInput> = {}) {
  const given = { apiVersion: 'goalpost/v1', protocol: 'ramp', name: 'x', seeds: 3, search, ...change } as const
  return experimentSpec.parse(given)
}

function resolve(change: Partial<ExperimentSpecInput> = {}, progress?: SearchProgress): ResolvedSpec {
  const resolution = resolveSpec(specOf(change), protocols, progress === undefined ? {} : { progress })
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  return resolution.resolved
}

function issuesOf(change: Partial<ExperimentSpecInput>) {
  const resolution = resolveSpec(specOf(change), protocols)
  return resolution.ok ? [] : resolution.issues
}

/** The results of all conditions: `height` is above the line from this rate on. */
function evidenceOf(resolved: ResolvedSpec, thresholdOf: (condition: string) => number): Evidence {
  const conditions = resolved.conditions.map(({ name, options, marks }) => {
    const { rate } = options['train'] as { rate: number }
    const mean = rate < thresholdOf(name) ? 0.1 : 0.9
    const runs = resolved.seeds.map((seed) => {
      const result = { measures: [{ name: 'height', labels: {}, value: mean + seed / 1000 }], artifacts: [] }
      return { seed, state: 'succeeded' as const, tasks: [{ key: 'run', kind: 'run', inputs: {}, result }] }
    })
    return { name, options, marks, runs }
  })
  return { experiment: 'x', conditions, artifacts: new Map(), search: resolved.search! }
}

/** Plays all rounds; the resolved spec after each. */
function play(change: Partial<ExperimentSpecInput>, thresholdOf: (condition: string) => number): ResolvedSpec[] {
  const rounds = [resolve(change)]
  for (;;) {
    const last = rounds.at(-1)!
    if (last.search!.ended) return rounds
    rounds.push(resolve(change, decideRound(last.search!, evidenceOf(last, thresholdOf), protocol)))
  }
}

const namesOf = ({ conditions }: ResolvedSpec) => conditions.map(({ name }) => name)

describe('a spec with a search', () => {
  it('resolves to its first round, with the measure that is the protocol’s default', () => {
    const resolved = resolve({ options: { size: 5 } })
    expect(resolved.conditions.map(({ name, options }) => [name, options])).toEqual([
      ['rate=0.001', { size: 5, train: { rate: 0.001 } }],
      ['rate=0.0316', { size: 5, train: { rate: 0.0316 } }],
      ['rate=1', { size: 5, train: { rate: 1 } }],
    ])
    expect(resolved.search).toMatchObject({
      measure: { name: 'height', title: 'height' },
      line: 0.5,
      budget: 12,
      arms: ['default'],
      ended: false,
    })
  })

  it('searches the threshold of each of its conditions', () => {
    const conditions = [{ name: 'plain' }, { name: 'fancy', options: { train: { method: 'fancy' } } }]
    const resolved = resolve({ conditions })
    expect(namesOf(resolved)).toEqual([
      'plain,rate=0.001',
      'plain,rate=0.0316',
      'plain,rate=1',
      'fancy,rate=0.001',
      'fancy,rate=0.0316',
      'fancy,rate=1',
    ])
    expect(resolved.conditions[4]!.options).toEqual({ train: { method: 'fancy', rate: 0.0316 } })
  })

  it.each([
    [
      'a measure that the protocol does not have',
      { search: { ...search, measure: 'heigth' } },
      '/search/measure',
      /height/,
    ],
    ['one seed', { seeds: 1 }, '/seeds', /at least 2 seeds/],
    ['a budget that does not fit', { seeds: 900 }, '/search/budget', /12 values × 900 seeds/],
    ['conditions that set the option', { grid: { 'train.rate': [1] } }, '/search/over', /`train.rate` is searched/],
    ['an option that does not exist', { search: { ...search, over: 'train.speed' } }, '/search/over', /unknown field/],
    ['names without room', { conditions: [{ name: 'n'.repeat(75) }] }, '/conditions/0', /too long/],
  ] as const)('is refused with %s', (_, change, pointer, message) => {
    const issues = issuesOf(change as unknown as Partial<ExperimentSpecInput>)
    expect(issues.map((issue) => issue.pointer)).toContain(pointer)
    const found = issues.find((issue) => issue.pointer === pointer)
    expect(`${found?.message} ${found?.remedy}`).toMatch(message)
  })

  it.each([
    [{ between: [1, 0.1] }, /less than/],
    [{ between: [0, 1] }, /log scale/],
    [{ between: [0.5, 4], integer: true }, /whole numbers/],
    [{ width: 1 }, /at least 1.05/],
  ])('is refused with %j', (change, message) => {
    const { error } = experimentSpec.safeParse({ ...specOf(), search: { ...search, ...change } })
    expect(error?.issues.map((issue) => issue.message).join()).toMatch(message)
  })

  it('is refused where a later round would try a fraction that the option does not allow', () => {
    // The first values are 2, 20 and 200.
    const sizes = { over: 'size', between: [2, 200] as [number, number], width: 1.5 }
    const conditions = [{ name: 'plain' }, { name: 'fancy', options: { train: { method: 'fancy' } } }]
    const issues = issuesOf({ search: sizes, conditions })
    expect(issues).toMatchObject([
      { pointer: '/search/over', remedy: expect.stringContaining('integer: true') as string },
      { pointer: '/search/over', message: expect.stringContaining('fancy,size=') as string },
    ])
    expect(issuesOf({ search: { ...sizes, integer: true }, conditions })).toEqual([])
    // Values have three digits, so all of these are whole.
    expect(issuesOf({ search: { ...sizes, between: [1000, 64_000] } })).toEqual([])
  })

  it('is refused by a protocol without measures to search', () => {
    const { search: _, ...without } = protocol
    const resolution = resolveSpec(specOf(), new Map([['ramp', without]]))
    expect(resolution).toMatchObject({ ok: false, issues: [{ pointer: '/search' }] })
  })
})

describe('the rounds of a search', () => {
  const rounds = play({}, () => 0.02)

  it('only add conditions, the same for equal results', () => {
    expect(rounds.map(namesOf)).toEqual([
      ['rate=0.001', 'rate=0.0316', 'rate=1'],
      ['rate=0.001', 'rate=0.00562', 'rate=0.0316', 'rate=1'],
      ['rate=0.001', 'rate=0.00562', 'rate=0.0133', 'rate=0.0316', 'rate=1'],
      ['rate=0.001', 'rate=0.00562', 'rate=0.0133', 'rate=0.0205', 'rate=0.0316', 'rate=1'],
      ['rate=0.001', 'rate=0.00562', 'rate=0.0133', 'rate=0.0205', 'rate=0.0316', 'rate=1'],
    ])
    expect(rounds.map(({ search: found }) => found!.ended)).toEqual([false, false, false, false, true])
    expect(play({}, () => 0.02)).toEqual(rounds)
  })

  it('have no analysis before the last', () => {
    const expansions = rounds.map((resolved) => expand(resolved, protocols, engine))
    expect(expansions.map(({ analysis }) => analysis !== null)).toEqual([false, false, false, false, true])
    const identities = expansions.map(({ tasks }) => new Set(tasks.map(({ identity }) => identity)))
    for (const [index, later] of identities.slice(1).entries())
      expect([...identities[index]!].every((identity) => later.has(identity))).toBe(true)
  })

  it('differ between conditions, each with its own end', () => {
    const conditions = [{ name: 'early' }, { name: 'late', options: { size: 2 } }]
    const last = play({ conditions }, (name) => (name.startsWith('early') ? 5 : 0.02)).at(-1)!
    const { probes } = last.search!
    const valuesOf = (arm: string) => probes.filter((probe) => probe.arm === arm).length
    // The first lies beyond the range, which the first round shows.
    expect([valuesOf('early'), valuesOf('late')]).toEqual([3, 6])
  })

  it('end without another if a run has failed, or files are lost', () => {
    const [first] = rounds
    const evidence = evidenceOf(first!, () => 0.02)
    const [condition, ...others] = evidence.conditions
    const runs = condition!.runs.map((run, index) => (index === 0 ? { ...run, state: 'failed' as const } : run))
    const broken = { ...evidence, conditions: [{ ...condition!, runs }, ...others] }
    expect(decideRound(first!.search!, broken, protocol)).toEqual({
      probes: first!.search!.probes,
      ended: true,
      stopped: 'runs are missing',
    })
    expect(decideRound(first!.search!, null, protocol)).toMatchObject({
      ended: true,
      stopped: 'files of its results are lost',
    })
  })
})

describe('the report of a search', () => {
  const last = play({}, () => 0.02).at(-1)!
  const report = buildReport(
    protocol,
    evidenceOf(last, () => 0.02),
  )

  it('begins with the threshold and its curve, before the protocol’s own parts', () => {
    expect(report.parts.map(({ type, title }) => [type, title])).toEqual([
      ['table', 'Threshold of train.rate: where height is 0.5'],
      ['series', 'height over train.rate'],
      ['text', 'own'],
    ])
    const [table, series] = report.parts
    if (table?.type !== 'table' || series?.type !== 'series') throw new Error('no table')
    expect(table.fitted).toMatchObject([
      { option: 'train.rate', name: 'default', estimate: { low: 0.0133, high: 0.0205, count: 3 } },
    ])
    expect(table.rows[0]!.cells.slice(2).map((cell) => 'text' in cell && cell.text)).toEqual([
      '0.0133',
      '0.0205',
      '6',
      '18',
      '4',
      'narrow enough',
    ])
    expect(series.x.scale).toBe('log')
    expect(series.lines[0]!.points.map(({ x }) => x)).toEqual([0.001, 0.00562, 0.0133, 0.0205, 0.0316, 1])
    expect(series.references).toEqual([{ name: 'line', y: 0.5 }])
  })

  /** What the first table says besides, if some runs measure something else or nothing. */
  function readTable(change: (seed: number, value: number) => number | null, resolved = last) {
    const evidence = evidenceOf(resolved, () => 0.02)
    const conditions = evidence.conditions.map((condition) => ({
      ...condition,
      runs: condition.runs.map((run) => {
        const [task] = run.tasks
        const [measure] = task!.result!.measures
        const value = change(run.seed, Number(measure!.value))
        const result = value === null ? null : { measures: [{ ...measure!, value }], artifacts: [] }
        return { ...run, tasks: [{ ...task!, result }] }
      }),
    }))
    const [table] = buildReport(protocol, { ...evidence, conditions }).parts
    if (table?.type !== 'table') throw new Error('no table')
    return { notes: table.notes.slice(1), cells: table.rows[0]!.cells }
  }

  it('says where seeds have no measurement, and how many', () => {
    const { notes, cells } = readTable((seed, value) => (seed === 1 && value > 0.5 ? null : value))
    expect(cells[5]).toEqual({ text: '15 of 18' })
    expect(notes).toMatchObject([expect.stringContaining('(2 of 3 at 0.0205, 2 of 3 at 0.0316, 2 of 3 at 1)')])
    expect(readTable((_, value) => value).notes).toEqual([])
  })

  it('says where few seeds are the same, which shows less than it seems to', () => {
    const { notes } = readTable((_, value) => Math.round(value))
    expect(notes).toMatchObject([expect.stringContaining('all seeds measured the same at 0.001, 0.00562')])
    const many = play({ seeds: 6 }, () => 0.02).at(-1)!
    expect(readTable((_, value) => Math.round(value), many).notes).toEqual([])
  })

  it('says why it stopped early', () => {
    const stopped = { ...last, search: { ...last.search!, stopped: 'files of its results are lost' } }
    expect(readTable((_, value) => value, stopped).notes).toEqual([
      'The search stopped early: files of its results are lost.',
    ])
  })

  it('has no estimate for a threshold outside the range, or at a value on both sides of the line', () => {
    const outside = play({}, () => 5).at(-1)!
    const evidence = evidenceOf(outside, () => 5)
    const [finding] = readSearch(outside.search!, evidence, protocol)
    expect([finding!.step, toEstimate(finding!)]).toMatchObject([{ reason: 'above' }, null])
    const threshold = { low: 0.1, high: 0.1, value: 0.1 }
    const step = { type: 'end', reason: 'not-monotone' } as const
    expect(toEstimate({ ...finding!, threshold, step })).toBeNull()
    const above = { type: 'end', reason: 'above' } as const
    expect(toEstimate({ ...finding!, threshold: { low: 1, high: null, value: 1 }, step: above })).toBeNull()
  })

  it('is the protocol’s alone without a search', () => {
    const { search: _, ...evidence } = evidenceOf(last, () => 0.02)
    expect(buildReport(protocol, evidence).parts).toHaveLength(1)
  })

  it('is made from the inputs of the analysis as from the evidence', () => {
    const task = expand(last, protocols, engine).tasks.at(-1)!
    expect(analysisEvidence({ ...task, dependencies: [] }).search).toEqual(last.search)
  })
})
