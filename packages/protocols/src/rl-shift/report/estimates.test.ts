import { expect, test } from 'vitest'
import { toEstimate } from './estimates.ts'

test('an estimate whose seeds fall into two groups carries that into the report, another one nothing', () => {
  const measured = { value: 0.4, low: -0.1, high: 0.9, level: 0.95, count: 5, method: 'student-t' } as const
  expect(toEstimate({ ...measured, groups: { lower: 3, upper: 2 } }).caution).toBe(
    'two groups of seeds (3 low, 2 high): the interval may not cover',
  )
  expect(toEstimate(measured)).toEqual({ value: 0.4, low: -0.1, high: 0.9, level: 0.95, count: 5 })
})
