import type { Estimate } from '@goalpost/contracts'
import { createElement as h } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { countRange, sharedCount } from './counts.ts'
import { SeriesFigure } from './series-figure.ts'
import { TableBlock } from './table-block.ts'

const known = (count?: number): Estimate => ({
  value: 0.5,
  low: 0.4,
  high: 0.6,
  ...(count === undefined ? {} : { count }),
})

test('what all intervals rest on is shared; numbers without an interval have no say', () => {
  expect(sharedCount([known(5), { value: 1, count: 3 }, known(5)])).toBe(5)
  expect(sharedCount([known(5), known(4)])).toBeNull()
  expect(sharedCount([known(5), known()])).toBeNull()
  expect(sharedCount([])).toBeNull()
  expect(countRange([known(5), known(3), { value: 1, count: 1 }])).toBe('n = 3 to 5')
  expect(countRange([{ value: 1, count: 1 }])).toBe('')
})

const tableOf = (...estimates: Estimate[]): string =>
  renderToStaticMarkup(
    h(TableBlock, {
      anchor: 'a',
      part: {
        type: 'table',
        title: 'Numbers',
        columns: [{ title: 'return' }],
        rows: estimates.map((estimate) => ({ cells: [{ estimate }], emphasis: false })),
        notes: [],
      },
    }),
  )

test('a table says its count once if all intervals share it, and else beside each', () => {
  expect(tableOf(known(5), known(5)).match(/n = \d/g)).toEqual(['n = 5'])
  expect(tableOf(known(5), known(4), { value: 1, count: 9 }).match(/n = \d/g)).toEqual(['n = 5', 'n = 4'])
  expect(tableOf({ value: 1, count: 9 })).not.toContain('n =')
})

const chartOf = (...counts: readonly number[][]): string =>
  renderToStaticMarkup(
    h(SeriesFigure, {
      anchor: 'a',
      part: {
        type: 'series',
        title: 'Return',
        x: { title: 'steps', scale: 'linear' },
        y: { title: 'return', scale: 'linear' },
        lines: counts.map((of, index) => ({
          name: `line ${index}`,
          style: 'solid' as const,
          points: of.map((count, x) => ({ x, y: known(count) })),
        })),
        references: [],
        caption: '',
      },
    }),
  )

test('the legend of a chart says on how many replicates its bands rest', () => {
  expect(chartOf([5, 5], [5, 5]).match(/n = [\d to]+/g)).toEqual(['n = 5'])
  expect(chartOf([5, 3], [5, 5]).match(/n = [\d to]+\b/g)).toEqual(['n = 3 to 5', 'n = 5'])
})
