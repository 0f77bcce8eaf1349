import type { JsonObject } from '@goalpost/contracts'
import { describe, expect, it } from 'vitest'
import { entryOf, hill, protocol, vale } from '../../test/small-league.ts'
import { recommendFrom, tabulateLeague, type LeagueEntry } from './league-table.ts'

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

  it('needs more runs the more methods are compared, as the best of several is easily better by chance', () => {
    const best = (arms: string[], runs: number) => {
      const world = entryOf('hill', (method) => (method === 'fancy' ? 0.7 : 0.2), { arms, runs })
      const options = { world: 'hill', method: 'plain', rate: 0.1 }
      return recommendFrom([world], protocol, { condition: 'mine', options })
    }
    const many = ['plain', 'fancy', 'third', 'fourth', 'fifth']
    expect(best(['plain', 'fancy'], 5).method).toBe('fancy')
    expect(best(many, 6).method).toBeNull()
    const { method, reason, report } = best(many, 7)
    expect(method).toBe('fancy')
    expect(reason).toContain('(score interval; those of all 4 methods compared hold together with 95 % (Bonferroni))')
    const table = report.parts.find((part) => part.type === 'table')
    expect(table?.rows[0]?.cells[1]).toMatchObject({ estimate: { level: 1 - 0.05 / 4 } })
    expect(table?.notes.join(' ')).toContain('all 4 methods compared')
  })

  it('says how many runs are needed where no outcome could have shown anything', () => {
    const few = entryOf('hill', (method) => (method === 'fancy' ? 0.7 : 0.2), { runs: 4 })
    const options = { world: 'hill', method: 'plain', rate: 0.1 }
    const { method, reason } = recommendFrom([few], protocol, { condition: 'mine', options })
    expect(method).toBeNull()
    expect(reason).toContain(
      'With 4 runs of each method in one experiment it could not be: for one method compared, 5 are needed',
    )
    expect(next({ world: 'hill', method: 'plain', rate: 0.01 }).reason).not.toContain('are needed')
  })

  it('needs an interval: one run of each method shows nothing', () => {
    const single = entryOf('hill', (method) => (method === 'fancy' ? 0.7 : 0.2), { runs: 1 })
    const options = { world: 'hill', method: 'plain', rate: 0.1 }
    expect(recommendFrom([single], protocol, { condition: 'mine', options }).method).toBeNull()
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
