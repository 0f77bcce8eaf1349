import type { TablePart } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { tableText } from './table-text.ts'

const table: TablePart = {
  type: 'table',
  title: 'Returns',
  columns: [{ title: 'condition' }, { title: 'return', unit: 'points' }, { title: 'note' }],
  rows: [
    {
      emphasis: false,
      cells: [
        { text: 'alpha=0,levels=100' },
        { estimate: { value: 0.125, low: 0, high: 0.25, count: 5 } },
        { text: 'a "quote" | a pipe' },
      ],
    },
    {
      emphasis: false,
      cells: [{ text: '=SUM(A1)' }, { estimate: { value: { missing: 'no seed' } } }, { text: 'two\nlines' }],
    },
  ],
  notes: [],
}

test('CSV quotes what needs it, and has intervals and counts in columns of their own', () => {
  expect(tableText(table, 'csv')).toBe(
    `condition,return (points),return (points): low,return (points): high,return (points): count,note
"alpha=0,levels=100",0.125,0,0.25,5,"a ""quote"" | a pipe"
'=SUM(A1),,,,,"two
lines"
`,
  )
})

test('a row of TSV is one line', () => {
  expect(tableText(table, 'tsv').split('\n')[2]).toBe('=SUM(A1)\t\t\t\t\ttwo lines')
})

test('Markdown escapes pipes and aligns numbers to the right', () => {
  const [, rule, row] = tableText(table, 'markdown').split('\n')
  expect(rule).toBe('| --- | ---: | ---: | ---: | ---: | --- |')
  expect(row).toBe('| alpha=0,levels=100 | 0.125 | 0 | 0.25 | 5 | a "quote" \\| a pipe |')
})
