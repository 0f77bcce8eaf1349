import { averageImprovementInterval } from '@goalpost/statistics'
import { describe, expect, it } from 'vitest'
import { entryOf, hill, protocol, vale } from '../../test/small-league.ts'
import { leagueFault, tabulateLeague } from './league-table.ts'

const { report, rows } = tabulateLeague([hill, vale], protocol)

const fives = (experiments: number) => Array.from({ length: experiments }, () => ({ left: 5, right: 5 }))

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
    expect(tableOf('Methods at rate = 0.1')[1]).toEqual(['hill, fancy', 'high (5 of 5)', { value: 0.7 }, '30,000'])
  })

  it('has the interquartile mean over experiments and seeds, and how likely a run is better than the first method’s', () => {
    const [plain, fancy] = tableOf('All experiments at rate = 0.1')
    // Of .20 .21 .22 .23 .24 .30 .31 .32 .33 .34 without two at each end.
    const middle = { value: expect.closeTo((0.22 + 0.23 + 0.24 + 0.3 + 0.31 + 0.32) / 6, 10) as number, count: 10 }
    expect(plain![1]).toMatchObject(middle)
    expect(plain![2]).toBe('–')
    // Every run is better: that would be [1, 1] by the bootstrap.
    const { low, high } = averageImprovementInterval(1, fives(2), 0.95)!
    expect(fancy![2]).toMatchObject({ value: 1, low, high, level: 0.95, count: 20 })
    expect(low).toBeLessThan(0.8)
    // Where both measure the same, in neither experiment one is better.
    expect(tableOf('All experiments at rate = 0.01')[1]![2]).toMatchObject({ value: 0.5 })
  })

  it('has the share of runs above each score, averaged over experiments', () => {
    const profile = report.parts.find(({ title }) => title === 'Performance profile at rate = 0.1')
    if (profile?.type !== 'series') throw new Error('no profile')
    const plain = profile.lines[0]!.points
    const at = (x: number) => plain.find((point) => Math.abs(point.x - x) < 1e-9)?.y.value
    // .20 to .24 of hill; .30 to .34 of vale.
    expect([at(0.15), at(0.25), at(0.35)]).toEqual([1, 0.5, 0])
    expect(at(0.2)).toBeCloseTo((4 / 5 + 1) / 2, 10)
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
    // 2 experiments, 3 + 4 values, 5 seeds, and the verdicts' numbers.
    expect(of('height')).toHaveLength(2 * (3 + 4) * (5 + 1))
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
