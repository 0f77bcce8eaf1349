import { expect, test } from 'vitest'
import { chaseTables } from './chase.ts'

test('tables are made once per temperature, and only a few are kept', () => {
  const first = chaseTables(3)
  expect(chaseTables(3)).toBe(first)
  for (let other = 0; other < 8; other++) chaseTables(3.5 + other)
  expect(chaseTables(3)).not.toBe(first)
  expect(chaseTables(3)).toEqual(first)
})
