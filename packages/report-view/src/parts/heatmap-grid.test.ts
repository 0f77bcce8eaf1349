import { expect, test } from 'vitest'
import { mergeCells, mostCells } from './heatmap-grid.ts'

test('a million cells become a readable number with the same mean', () => {
  const values = Array.from({ length: 960 }, (_, y) => Array.from({ length: 960 }, (_unused, x) => (x + y) % 2))
  const merged = mergeCells(values)
  expect([merged.length, merged[0]?.length]).toEqual([mostCells, mostCells])
  expect(new Set(merged.flat())).toEqual(new Set([0.5]))
})

test('a merged cell is the mean of its known values, and missing only if all are', () => {
  const missing = { missing: 'a wall' }
  const row = Array.from({ length: 2 * mostCells }, (_, x) => (x < 2 ? missing : x === 2 ? missing : 4))
  expect(mergeCells([row])[0]?.slice(0, 2)).toEqual([{ missing: 'no value' }, 4])
})

test('few cells stay as they are', () => {
  expect(mergeCells([[1, { missing: 'a wall' }]])).toEqual([[1, { missing: 'a wall' }]])
})
