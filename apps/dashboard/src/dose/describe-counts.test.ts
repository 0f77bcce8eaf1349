import { expect, test } from 'vitest'
import { describeCounts } from './describe-counts.ts'

const point = (dose: number, count?: number) => ({
  dose,
  estimate: { value: 0.5, ...(count === undefined ? {} : { count }) },
})

test('a count that all points share is said once', () => {
  expect(describeCounts([point(0, 5), point(1, 5)])).toBe('n = 5 each')
})

test('counts that differ are said of each point, or as a range where there are many', () => {
  expect(describeCounts([point(0, 5), point(0.1, 4), point(1)])).toBe('n = 5 at 0, 4 at 0.1, unknown at 1')
  const versions = Array.from({ length: 40 }, (_, version) => point(version, 60 + version))
  expect(describeCounts(versions)).toBe('n = 60 to 99')
})

test('points without a value or a count say nothing', () => {
  expect(describeCounts([point(0)])).toBeNull()
  expect(describeCounts([{ dose: 0, estimate: { value: { missing: 'it failed' }, count: 2 } }])).toBeNull()
})
