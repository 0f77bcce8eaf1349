import { expect, test } from 'vitest'
import { chaseTables } from './chase.ts'

test('tables are made once for a temperature, and not kept for however many are asked for', () => {
  const first = chaseTables(3)
  expect(chaseTables(3)).toBe(first)
  for (let other = 0; other < 8; other++) chaseTables(3.5 + other)
  expect(chaseTables(3)).not.toBe(first)
  expect(chaseTables(3)).toEqual(first)
})
