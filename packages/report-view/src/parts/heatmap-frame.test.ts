import { expect, test } from 'vitest'
import { heatmapFrame } from './heatmap-frame.ts'

const part = (columns: readonly string[], titles: { readonly rows: string; readonly columns: string }) => ({
  type: 'heatmap' as const,
  title: 'a map',
  values: [columns.map(() => 1)],
  rows: { title: titles.rows, labels: ['one'] },
  columns: { title: titles.columns, labels: [...columns] },
  unit: 'share',
})

test('titles that are longer than their axis are within the drawing', () => {
  const given = part(['a', 'b'], { rows: 'a long title of the rows', columns: 'a long title of the columns' })
  const { titles, size } = heatmapFrame(given, given.values)
  const half = { x: (6 * given.columns.title.length) / 2, y: (6 * given.rows.title.length) / 2 }
  expect(titles.x - half.x).toBeGreaterThanOrEqual(0)
  expect(titles.x + half.x).toBeLessThanOrEqual(size.width)
  expect(titles.y - half.y).toBeGreaterThanOrEqual(0)
  expect(titles.y + half.y).toBeLessThanOrEqual(size.height)
})

test('labels that are wider than their columns stand upright, with room below', () => {
  const short = part(['a', 'b'], { rows: 'r', columns: 'c' })
  const long = part(['deploying', 'reporting'], { rows: 'r', columns: 'c' })
  expect(heatmapFrame(short, short.values).isUpright).toBe(false)
  const { isUpright, size, bottom } = heatmapFrame(long, long.values)
  expect(isUpright).toBe(true)
  expect(size.height - bottom).toBeGreaterThan(6 * 'deploying'.length)
})
