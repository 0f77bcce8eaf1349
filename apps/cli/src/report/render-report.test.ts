import { expect, test } from 'vitest'
import { report } from '@goalpost/contracts'
import { createTerminal } from '../terminal/terminal.ts'
import { displayWidth } from '../terminal/text.ts'
import { renderReport } from './render-report.ts'
import { sampleReport } from './sample-report.ts'

const text = (lines: readonly string[]) => `${lines.join('\n')}\n`

test('the sample is a valid report', () => {
  expect(report.parse(sampleReport)).toEqual(sampleReport)
})

test('every kind of part is shown, in unicode at 100 columns', async () => {
  const terminal = createTerminal({ columns: 100, unicode: true, colour: false })
  await expect(text(renderReport(terminal, sampleReport))).toMatchFileSnapshot('golden/unicode-100.txt')
})

test('every kind of part is shown, in plain ASCII at 80 columns', async () => {
  const terminal = createTerminal({ columns: 80, unicode: false, colour: false })
  const rendered = text(renderReport(terminal, sampleReport))
  expect(rendered).toMatch(/^[\x20-\x7e\n]*$/)
  await expect(rendered).toMatchFileSnapshot('golden/ascii-80.txt')
})

test('colours follow the tone of a verdict', async () => {
  const terminal = createTerminal({ columns: 100, unicode: true, colour: true })
  await expect(text(renderReport(terminal, sampleReport))).toMatchFileSnapshot('golden/colour-100.txt')
})

test.each([60, 80, 93, 100, 120])('no line is wider than a terminal of %i columns', (columns) => {
  for (const unicode of [true, false]) {
    const lines = renderReport(createTerminal({ columns, unicode, colour: true }), sampleReport)
    expect(lines.filter((line) => displayWidth(line) > columns)).toEqual([])
  }
})

test('a caution about an interval is below its number in a card, and below the table that marks it', () => {
  const torn = (caution: string) => ({ value: 0.4, low: -0.2, high: 1, caution })
  const [first, second] = ['two groups of seeds (3 low, 2 high)', 'two groups of seeds (4 low, 1 high)']
  const [card, table] = sampleReport.parts.filter(({ type }) => type === 'verdict' || type === 'table').slice(1)
  const numbers = [{ name: 'capability', estimate: torn(first) }]
  const rows = [first, second, first].map((caution) => ({ cells: [{ estimate: torn(caution) }] }))
  const columns = [{ title: 'return' }]
  const shown = (parts: unknown[]) => {
    const parsed = report.parse({ ...sampleReport, parts })
    return text(renderReport(createTerminal({ columns: 100, unicode: true, colour: false }), parsed))
  }
  expect(shown([{ ...card, numbers }])).toMatch(/0\.400 {2}\[−0\.200, 1\].*\n.*† two groups of seeds \(3 low, 2 high\)/)
  const marked = shown([{ ...table, columns, rows }])
  expect(marked.match(/\[−0\.200, 1\]†[12]/g)).toEqual(['[−0.200, 1]†1', '[−0.200, 1]†2', '[−0.200, 1]†1'])
  expect(marked).toContain(`†1 ${first}\n†2 ${second}\n`)
  const single = shown([{ ...table, columns, rows: rows.slice(0, 1) }])
  expect(single).toContain('[−0.200, 1]†\n')
  expect(single).toContain(`† ${first}\n`)
})

test('a curve is labelled with its whole interval or with none', () => {
  const plotOf = (name: string) => {
    const points = [0, 1].map((x) => ({ x, y: { value: 0.525, low: 0.459, high: 0.59 } }))
    const axes = { x: { title: 'steps', scale: 'linear' }, y: { title: 'J', scale: 'linear' } } as const
    const series = {
      type: 'series',
      title: 'Returns',
      ...axes,
      lines: [{ name, style: 'solid', points }],
      references: [],
    }
    const shown = report.parse({ ...sampleReport, parts: [series] })
    return text(renderReport(createTerminal({ columns: 100, unicode: true, colour: false }), shown))
  }
  expect(plotOf('return')).toContain('return 0.525 [0.459, 0.590]')
  expect(plotOf('return of the proxy')).toMatch(/return of the proxy 0\.525\n/)
})

test('text from a report cannot move the cursor, colour or ring', () => {
  const hostile = '\u001b[2J\u0007evil\r'
  const lines = renderReport(createTerminal({ columns: 80, unicode: true, colour: false }), {
    title: hostile,
    summary: hostile,
    parts: [
      { type: 'picture', title: hostile, lines: [hostile], caption: hostile },
      {
        type: 'table',
        title: hostile,
        columns: [{ title: hostile }],
        rows: [{ cells: [{ text: hostile }], emphasis: false }],
        notes: [],
      },
    ],
  })
  expect(lines.join('\n')).not.toMatch(/(?!\n)\p{Cc}/u)
  expect(lines.join('\n')).toContain('evil')
})

test('a curve without a single value is reported as empty instead of drawn as an empty frame', () => {
  const empty = {
    type: 'series' as const,
    title: 'Return',
    x: { title: 'steps', scale: 'linear' as const },
    y: { title: 'return', scale: 'linear' as const },
    references: [],
  }
  const lines = renderReport(createTerminal({ columns: 80, unicode: true, colour: false }), {
    title: 'Early',
    summary: 'Nothing yet.',
    parts: [
      {
        ...empty,
        lines: [{ name: 'one', style: 'solid', points: [{ x: 1, y: { value: { missing: 'not there yet' } } }] }],
      },
    ],
  })
  expect(lines.at(-1)).toBe('no values yet')
})

test('a logarithmic axis omits values that it cannot show', () => {
  const lines = renderReport(createTerminal({ columns: 80, unicode: false, colour: false }), {
    title: 'Log',
    summary: '',
    parts: [
      {
        type: 'series',
        title: 'Loss',
        x: { title: 'samples', scale: 'log' },
        y: { title: 'loss', scale: 'linear' },
        lines: [
          {
            name: 'one',
            style: 'solid',
            points: [
              { x: 0, y: { value: 5 } },
              { x: 1, y: { value: 4 } },
              { x: 1000, y: { value: 1 } },
            ],
          },
        ],
        references: [],
      },
    ],
  })
  expect(lines.join('\n')).not.toMatch(/NaN|Infinity/)
  expect(lines.at(-1)).toMatch(/^ +1 +samples +1,000$/)
})
