import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { formatAge, formatBytes, formatCompact, formatDuration, formatInterval, formatNumber } from './numbers.ts'
import { prose } from './prose.ts'
import { renderTable } from './table.ts'
import { createTerminal } from './terminal.ts'
import { displayWidth, truncate, wrap } from './text.ts'

const terminal = createTerminal({ columns: 60, unicode: true, colour: false })

test.each([
  [0, '0'],
  [0.2114, '0.211'],
  [-0.35, '−0.350'],
  [12.345, '12.35'],
  [-123.45, '−123.5'],
  [1_234, '1,234'],
  [12_345.6, '12,346'],
  [1, '1'],
  [0.0004, '4.0e−4'],
  [3.2e9, '3.2e+9'],
  [-5e-7, '−5.0e−7'],
])('%d reads %s', (value, text) => {
  expect(formatNumber(terminal, value)).toBe(text)
})

test('an interval is shown only if both ends exist', () => {
  expect(formatInterval(terminal, { value: 0.2, low: 0.1, high: 0.3 })).toBe('[0.100, 0.300]')
  expect(formatInterval(terminal, { value: 0.2, low: 0.1 })).toBe('')
})

test.each([
  [950, '950'],
  [9_999, '9,999'],
  [48_200, '48.2k'],
  [512_000, '512k'],
  [1_500_000, '1.5M'],
  [2e9, '2G'],
  [3.25, '3.3'],
])('%d is %s for short', (value, text) => {
  expect(formatCompact(value)).toBe(text)
})

test.each([
  [0.4, '0 s'],
  [59.6, '1 min'],
  [200, '3 min 20 s'],
  [7_500, '2 h 5 min'],
  [273_600, '3 d 4 h'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text)
})

test('ages are shown in the largest unit that fits', () => {
  const now = Date.parse('2026-01-02T00:00:00Z')
  expect(formatAge('2026-01-01T23:59:57Z', now)).toBe('just now')
  expect(formatAge('2026-01-01T23:55:00Z', now)).toBe('5 min ago')
  expect(formatAge('2026-01-01T21:00:00Z', now)).toBe('3 h ago')
})

test('a table without headings begins with its first row', () => {
  const columns = [{ title: '' }, { title: '', align: 'right' as const }]
  const rows = [['solvable', 'yes'].map((text) => ({ text }))]
  expect(renderTable(terminal, { columns, rows })).toEqual(['solvable  yes'])
})

test('a table keeps numbers whole, breaks headings between words and texts where necessary', () => {
  const columns = [{ title: 'name' }, { title: 'a long heading', align: 'right' as const }, { title: 'remark' }]
  const rows = [
    [{ text: 'first' }, { text: '1,234.5' }, { text: 'this remark is much too long for the room that is left' }],
  ]
  expect(renderTable(terminal, { columns, rows })).toEqual([
    'name   a long heading  remark',
    '────────────────────────────────────────────────────────────',
    'first         1,234.5  this remark is much too long for the',
    '                       room that is left',
  ])
})

test('columns that do not fit continue below, under the first column again', () => {
  const columns = Array.from({ length: 9 }, (_, index) => ({ title: `column ${index}`, align: 'right' as const }))
  const rows = [columns.map((_, index) => ({ text: String(10 ** 9 + index) }))]
  const lines = renderTable(terminal, { columns, rows })
  expect(lines.filter((line) => line.startsWith('1000000000'))).toHaveLength(2)
  expect(lines.join(' ')).toContain('1000000008')
  expect(lines.filter((line) => displayWidth(line) > 60)).toEqual([])
})

test('widths count visible columns: no colours, no combining marks, wide characters twice', () => {
  expect(displayWidth('\u001b[31mred\u001b[39m')).toBe(3)
  expect(displayWidth('e\u0301')).toBe(1)
  expect(displayWidth('漢字')).toBe(4)
})

test('settings in one long word are broken after commas, not within a name or a number', () => {
  expect(wrap('of alpha=0.5,entropy=0.01,levels=100 here', 14)).toEqual([
    'of alpha=0.5,',
    'entropy=0.01,',
    'levels=100',
    'here',
  ])
  expect(wrap('a,b c', 14)).toEqual(['a,b c'])
})

test('sentences use the same minus sign as numbers', () => {
  expect(prose(terminal, `true return -0.238 [-0.294, -.184], two-goals, 3-4`)).toBe(
    'true return −0.238 [−0.294, −.184], two-goals, 3-4',
  )
  const ascii = createTerminal({ columns: 60, unicode: false, colour: false })
  expect(prose(ascii, 'position -0.238')).toBe('position -0.238')
})

test('characters counted without string-width are one column wide by it, too', () => {
  const boxes = Array.from({ length: 0x89 }, (_, index) => String.fromCodePoint(0x2500 + index))
  for (const character of [...boxes, '·', '×', '±', '…', '−', '✓', '✗'])
    expect([character, displayWidth(character)]).toEqual([character, stringWidth(character)])
})

test('text is cut and broken by width', () => {
  expect(truncate('abcdef', 4, '…')).toBe('abc…')
  expect(truncate('漢字漢字', 5, '…')).toBe('漢字…')
  expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh'])
  expect(wrap('', 5)).toEqual([''])
  expect(truncate('abcdefgh', 5, '…', 'middle')).toBe('ab…gh')
  expect(truncate('abcdefgh', 5, '...')).toBe('ab...')
  expect(truncate('abcdefgh', 2, '...')).toBe('..')
})

test('bytes have one decimal and a unit', () => {
  const sizes = [0, 999, 1_000, 48_213, 1_500_000, 2_000_000_000, 3.2e15]
  expect(sizes.map(formatBytes)).toEqual(['0 B', '999 B', '1 kB', '48.2 kB', '1.5 MB', '2 GB', '3200 TB'])
})
