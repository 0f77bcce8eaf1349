import type { JsonObject, ResolvedSearch, VerdictView } from '@goalpost/contracts'
import { describe, expect, it } from 'vitest'
import type { Protocol } from '../ports/protocol.ts'
import { leagueFault, recommendFrom, tabulateLeague, type LeagueEntry } from './league-table.ts'

type Own = { readonly world: string; readonly method: string; readonly rate: number }

const protocol: Protocol = {
  name: 'ramp',
  version: '1',
  title: '',
  description: '',
  verdicts: [],
  optionsSchema: () => ({}),
  resolve: (options) => ({ ok: true, options, marks: [] }),
  plan: () => [],
  advise: () => [],
  report: () => ({ title: '', summary: '', parts: [] }),
  compare: () => ({ title: '', summary: '', parts: [] }),
  catalog: () => [],
  search: {
    measures: [{ name: 'height', title: 'height', line: 0.5 }],
    read: ({ runs }) => runs.map(({ seed, tasks: [task] }) => ({ seed, value: task!.result!.measures[0]!.value })),
  },
  league: {
    score: 'height',
    numbers: [{ key: 'height', title: 'height' }],
    costs: ({ options }) => [{ title: 'steps', value: options['method'] === 'fancy' ? 30_000 : 10_000 }],
    place: (options) => {
      const { world, method, rate } = options as Own
      return { task: world, method, over: 'rate', value: rate }
    },
  },
}

const values = [0.01, 0.1, 1]

/** Four seeds, a hundredth apart, above what `meanOf` says. */
function entryOf(world: string, meanOf: (method: string, value: number) => number): LeagueEntry {
  const probes = ['plain', 'fancy'].flatMap((arm) =>
    // A later round of one method has a value of its own.
    (arm === 'fancy' ? [...values, 0.03] : values).map((value) => ({
      arm,
      value,
      round: value === 0.03 ? 2 : 1,
      condition: `${arm},rate=${value}`,
    })),
  )
  const search: ResolvedSearch = {
    over: 'rate',
    for: 'threshold',
    between: [0.01, 1],
    scale: 'log',
    integer: false,
    measure: { name: 'height', title: 'height' },
    line: 0.5,
    direction: 'rising',
    width: 20,
    budget: 12,
    perRound: 1,
    arms: ['plain', 'fancy'],
    probes,
    ended: true,
  }
  const conditions = probes.map(({ condition: name, arm, value }) => ({
    name,
    options: { world, method: arm, rate: value } as JsonObject,
    marks: [],
    runs: [0, 1, 2, 3].map((seed) => {
      const measures = [{ name: 'height', labels: {}, value: meanOf(arm, value) + seed / 100 }]
      const tasks = [{ key: 'run', kind: 'run', inputs: {}, result: { measures, artifacts: [] } }]
      return { seed, state: 'succeeded' as const, tasks }
    }),
  }))
  const verdicts = conditions.map(({ name, options }): VerdictView => {
    const { method, rate } = options as Own
    const value = meanOf(method, rate)
    const isGood = value > 0.5
    return {
      condition: name,
      title: name,
      name: isGood ? 'high' : 'low',
      tone: isGood ? 'good' : 'bad',
      sentence: '',
      goal: null,
      provisional: true,
      agreeing: 4,
      total: 4,
      numbers: [{ key: 'height', label: 'height', estimate: { value } }],
    }
  })
  return { id: world, evidence: { experiment: world, conditions, artifacts: new Map(), search }, verdicts }
}

const hill = entryOf(
  'hill',
  (method, value) => (method === 'fancy' ? [0.1, 0.7, 0.9] : [0.1, 0.2, 0.8])[values.indexOf(value)] ?? 0.3,
)
const vale = entryOf(
  'vale',
  (method, value) => (method === 'fancy' ? [0.2, 0.6, 0.9] : [0.2, 0.3, 0.9])[values.indexOf(value)] ?? 0.3,
)
const { report, rows } = tabulateLeague([hill, vale], protocol)

function tableOf(title: string) {
  const part = report.parts.find((one) => one.title === title)
  if (part?.type !== 'table') throw new Error(`no table ${title}`)
  return part.rows.map(({ cells }) => cells.map((cell) => ('text' in cell ? cell.text : cell.estimate)))
}

describe('a league table', () => {
  it('has the threshold of each method in each experiment', () => {
    const shown = tableOf('Threshold of rate').map(([experiment, method, threshold]) => [
      experiment,
      method,
      typeof threshold === 'object' ? [threshold.low, threshold.high] : threshold,
    ])
    expect(shown).toEqual([
      ['hill', 'plain', [0.1, 1]],
      ['hill', 'fancy', [0.03, 0.1]],
      ['vale', 'plain', [0.1, 1]],
      ['vale', 'fancy', [0.03, 0.1]],
    ])
  })

  it('says on which side of what was tried a threshold lies that no interval holds', () => {
    const flat = entryOf('flat', (method) => (method === 'fancy' ? 0.9 : 0.1))
    const { report: found } = tabulateLeague([flat], protocol)
    const [table] = found.parts
    if (table?.type !== 'table') throw new Error('no table')
    expect(table.rows.map(({ cells }) => cells[2])).toEqual([{ text: 'above 1' }, { text: 'below 0.01' }])
    expect(table.rows.map(({ cells }) => cells[5])).toEqual([
      { text: 'lies after the range' },
      { text: 'lies before the range' },
    ])
  })

  it('has a row for every threshold, also for one that lies outside the range', () => {
    const flat = entryOf('flat', (method) => (method === 'fancy' ? 0.9 : 0.1))
    const found = tabulateLeague([flat], protocol).rows.filter(({ measure }) => measure === 'threshold')
    expect(found.map(({ method, estimate }) => [method, estimate])).toEqual([
      ['plain', { value: { missing: 'lies after the range' }, low: 1 }],
      ['fancy', { value: { missing: 'lies before the range' }, high: 0.01 }],
    ])
    const falling = entryOf('falling', (_, value) => (value < 0.1 ? 0.9 : 0.1))
    const [row] = tabulateLeague([falling], protocol).rows
    expect(row!.estimate).toEqual({ value: { missing: 'not monotone: above the line, then below' } })
  })

  it('has verdicts, numbers and costs at each value that all methods share', () => {
    expect(tableOf('Methods at rate = 0.1')[1]).toEqual(['hill, fancy', 'high (4 of 4)', { value: 0.7 }, '30,000'])
  })

  it('has the interquartile mean over experiments and seeds, and how likely a run is better than the first method’s', () => {
    const [plain, fancy] = tableOf('All experiments at rate = 0.1')
    // Of .20 .21 .22 .23 .30 .31 .32 .33 the middle four.
    expect(plain![1]).toMatchObject({ value: (0.22 + 0.23 + 0.3 + 0.31) / 4, count: 8 })
    expect(plain![2]).toBe('–')
    expect(fancy![2]).toMatchObject({ value: 1, low: 1, high: 1 })
    // Where both measure the same, in neither experiment one is better.
    expect(tableOf('All experiments at rate = 0.01')[1]![2]).toMatchObject({ value: 0.5 })
  })

  it('has the share of runs above each score, averaged over experiments', () => {
    const profile = report.parts.find(({ title }) => title === 'Performance profile at rate = 0.1')
    if (profile?.type !== 'series') throw new Error('no profile')
    const plain = profile.lines[0]!.points
    const at = (x: number) => plain.find((point) => Math.abs(point.x - x) < 1e-9)?.y.value
    // .20, .21, .22, .23 of hill; .30, .31, .32, .33 of vale.
    expect([at(0.15), at(0.25), at(0.35)]).toEqual([1, 0.5, 0])
    expect(at(0.2)).toBeCloseTo((3 / 4 + 1) / 2, 10)
  })

  it('compares at values that every method was tried at in every experiment', () => {
    const titles = report.parts.map(({ title }) => title)
    expect(titles.filter((title) => title.startsWith('Methods at'))).toEqual([
      'Methods at rate = 0.01',
      'Methods at rate = 0.1',
      'Methods at rate = 1',
    ])
  })

  it('has everything as rows', () => {
    const of = (measure: string) => rows.filter((row) => row.measure === measure)
    expect(of('threshold')).toHaveLength(4)
    // 2 experiments, 3 + 4 values, 4 seeds, and the verdicts' numbers.
    expect(of('height')).toHaveLength(2 * (3 + 4) * (4 + 1))
    expect(of('steps')).toHaveLength(2 * (3 + 4))
    expect(rows).toContainEqual({
      experiment: 'vale',
      method: 'fancy',
      over: 'rate',
      value: 0.1,
      verdict: 'high',
      measure: 'height',
      seed: 2,
      estimate: { value: 0.6 + 2 / 100 },
    })
  })

  it('is made of searches over one option with shared methods, of different names', () => {
    const { search, ...without } = hill.evidence
    const renamed = { ...vale.evidence, search: { ...search!, over: 'size' } }
    const others = { ...vale.evidence, search: { ...search!, arms: ['other'] } }
    expect(leagueFault([hill.evidence, vale.evidence], protocol)).toBeNull()
    expect(leagueFault([hill.evidence, without], protocol)).toMatch('not a search')
    const open = { ...vale.evidence, search: { ...search!, ended: false } }
    expect(leagueFault([hill.evidence, open], protocol)).toMatch('`vale` has not ended')
    expect(leagueFault([hill.evidence, renamed], protocol)).toMatch('different options')
    expect(leagueFault([hill.evidence, others], protocol)).toMatch('no condition in common')
    expect(leagueFault([hill.evidence, hill.evidence], protocol)).toMatch('the same name')
    expect(leagueFault([hill.evidence], { name: 'ramp' })).toMatch('no league tables')
  })
})

describe('a recommendation', () => {
  const next = (options: JsonObject) => recommendFrom([hill, vale], protocol, { condition: 'mine', options })

  it('is the method that is shown to be better near the condition’s value, in its own world', () => {
    const found = next({ world: 'hill', method: 'plain', rate: 0.15 })
    expect(found).toMatchObject({ condition: 'mine', method: 'fancy' })
    expect(found.reason).toMatch(
      /^Try fancy: at rate = 0.1 a run has a larger height than one of plain with probability 1 /,
    )
    expect(found.reason).toContain('Its threshold of rate: ')
    expect(found.report.parts[0]).toMatchObject({ title: 'Experiments that count', paragraphs: ['hill'] })
  })

  it('does not rest on other worlds where the table has the condition’s own', () => {
    const pit = entryOf('pit', (method, value) => (method === 'fancy' ? 0.1 : 0.2) + value / 10)
    const worse = { condition: 'mine', options: { world: 'pit', method: 'plain', rate: 0.1 } }
    expect(recommendFrom([hill, vale, pit], protocol, worse).method).toBeNull()
    expect(next({ world: 'hill', method: 'plain', rate: 0.1 }).method).toBe('fancy')
  })

  it('rests on all worlds where the table does not have the condition’s own', () => {
    const found = next({ world: 'island', method: 'plain', rate: 0.1 })
    expect(found.method).toBe('fancy')
    expect(JSON.stringify(found.report)).toContain('hill, vale: none is in island')
  })

  it('names nothing where nothing is shown to be better, but what else would help', () => {
    const found = next({ world: 'hill', method: 'plain', rate: 0.01 })
    expect(found.method).toBeNull()
    expect(found.reason).toMatch(
      /No method .* better than plain at rate = 0.01. With plain itself, rate must be larger/,
    )
    expect(next({ world: 'hill', method: 'fancy', rate: 0.1 }).method).toBeNull()
  })

  it('does not say that a condition has to change which lies beyond the threshold already', () => {
    const found = next({ world: 'hill', method: 'fancy', rate: 0.9 })
    expect(found.reason).toMatch(/ The threshold of rate with fancy itself is /)
    expect(found.reason).not.toContain('must be')
  })

  it('says in which direction a condition has to change where the measure falls', () => {
    const falling = (entry: LeagueEntry): LeagueEntry => ({
      ...entry,
      evidence: { ...entry.evidence, search: { ...entry.evidence.search!, direction: 'falling' } },
    })
    const slope = falling(entryOf('slope', (_, value) => (value < 0.1 ? 0.9 : 0.1)))
    const options = { world: 'slope', method: 'plain', rate: 1 }
    const { reason } = recommendFrom([slope], protocol, { condition: 'mine', options })
    expect(reason).toContain('rate must be smaller: its threshold is ')
  })

  it('names nothing for a condition that is placed by another option than the league', () => {
    const place = (options: JsonObject) => ({ ...protocol.league!.place(options), over: 'size' })
    const other = { ...protocol, league: { ...protocol.league!, place } }
    const options = { world: 'hill', method: 'plain', rate: 0.1 }
    expect(recommendFrom([hill, vale], other, { condition: 'mine', options })).toMatchObject({
      method: null,
      reason: 'The league is over rate, but the condition is placed by its size.',
    })
  })

  it('tells methods of one kind apart by their options, and says if it cannot', () => {
    const place = (options: JsonObject) => ({ ...protocol.league!.place(options), method: 'one kind' })
    const alike = { ...protocol, league: { ...protocol.league!, place } }
    const of = (method: string) =>
      recommendFrom([hill, vale], alike, { condition: 'mine', options: { world: 'hill', method, rate: 0.15 } })
    expect(of('plain').method).toBe('fancy')
    expect(of('fancy')).toMatchObject({ method: null, reason: expect.stringContaining('better than fancy') as string })
    expect(of('plainer')).toMatchObject({ method: null, reason: expect.stringContaining('ambiguous') as string })
  })

  it('leaves out, and names nothing for, a method that the protocol does not compare', () => {
    const place = (options: JsonObject) => {
      const own = protocol.league!.place(options)
      return own.method === 'fancy' ? { ...own, incomparable: 'rate has no effect' } : own
    }
    const fair = { ...protocol, league: { ...protocol.league!, place } }
    const { report, rows } = tabulateLeague([hill, vale], fair)
    const text = JSON.stringify(report.parts)
    expect(text).toContain('Left out: fancy: rate has no effect.')
    expect(text.replaceAll('Left out: fancy', '')).not.toContain('fancy')
    expect(new Set(rows.map(({ method }) => method))).toEqual(new Set(['plain']))
    const options = { world: 'hill', method: 'plain', rate: 0.15 }
    expect(recommendFrom([hill, vale], fair, { condition: 'mine', options }).method).toBeNull()
  })

  it('names nothing for a method that the table does not have', () => {
    expect(next({ world: 'hill', method: 'odd', rate: 0.1 })).toMatchObject({
      method: null,
      reason: 'The league has no odd, the method of the condition; it has plain, fancy.',
    })
  })
})
