import type { HeatmapPart } from '@goalpost/contracts'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { HeatmapFigure } from './heatmap-figure.ts'
import { mostCells } from './heatmap-grid.ts'
import { cellNames } from './heatmap-table.ts'

const heatmap = (given: Partial<HeatmapPart>): HeatmapPart => ({
  type: 'heatmap',
  title: 'Reached',
  values: [],
  ...given,
})

test('every cell is in the table, under the names of its row and column', () => {
  const part = heatmap({
    values: [[0.25, { missing: 'never drawn' }]],
    rows: { title: 'kind', labels: ['maze'] },
    columns: { title: 'step' },
  })
  const page = renderToStaticMarkup(createElement(HeatmapFigure, { part, anchor: 'a' }))
  const table = page.slice(page.indexOf('<table'), page.indexOf('</table>'))
  expect(table.replaceAll(/<[^>]+>/g, ' ').split(/\s{2,}/)).toEqual([
    '',
    'kind \\ step',
    '1',
    '2',
    'maze',
    '0.250',
    'never drawn',
    '',
  ])
})

test('cells that were merged are named by the first and the last, along each side', () => {
  const row = Array.from({ length: 2 * mostCells + 1 }, () => 0)
  const { rows, columns } = cellNames(heatmap({ values: [row, row], rows: { title: 'kind', labels: ['a', 'b'] } }))
  expect(rows).toEqual(['a', 'b'])
  expect(columns.slice(0, 2)).toEqual(['1–3', '4–6'])
  expect(columns.at(-1)).toBe('241')
})

test('a cell’s name when it is pointed at is that of its merged columns', () => {
  const values = [Array.from({ length: 2 * mostCells }, () => 1)]
  const part = heatmap({ values, rows: { title: 'kind', labels: ['a'] }, columns: { title: 'step' } })
  const page = renderToStaticMarkup(createElement(HeatmapFigure, { part, anchor: 'a' }))
  expect(page).toContain('<title>kind a, step 3–4: 1</title>')
})
