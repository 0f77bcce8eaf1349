import { expect, test } from 'vitest'
import { toEstimate } from './estimates.ts'

test('an estimate has its groups in the report only if its seeds fall into two', () => {
  const measured = { value: 0.4, low: -0.1, high: 0.9, level: 0.95, count: 5, method: 'student-t' } as const
  expect(toEstimate({ ...measured, groups: { lower: 3, upper: 2 } }).caution).toBe(
    'two groups of seeds (3 low, 2 high): the interval may not cover',
  )
  expect(toEstimate(measured)).toEqual({ value: 0.4, low: -0.1, high: 0.9, level: 0.95, count: 5 })
})
