import { studentInterval } from '@goalpost/evaluation'
import { expect, test } from 'vitest'
import { estimateMean, intervalOfMean, intervalOfRatio } from './intervals.ts'

test('no seed has no mean, one seed has no interval', () => {
  expect(estimateMean([], 0.95)).toEqual({ value: { missing: 'no run has finished' }, count: 0 })
  expect(estimateMean([3], 0.95)).toEqual({ value: 3, count: 1 })
  expect(intervalOfMean([3], 0.95)).toEqual({ low: 3, high: 3 })
})

test('a mean of three, against the t table (2 degrees of freedom, 95 %: 4.303)', () => {
  const { value, low, high } = estimateMean([1, 2, 3], 0.95)
  expect(value).toBe(2)
  expect(low).toBeCloseTo(2 - 4.30265 / Math.sqrt(3), 4)
  expect(high).toBeCloseTo(2 + 4.30265 / Math.sqrt(3), 4)
})

test('at both ends of a ratio’s interval the contrast’s own t interval touches zero', () => {
  const numerators = [0.2, 0.31, 0.12, 0.28, 0.22]
  const denominators = [1.1, 1.4, 0.9, 1.2, 1.3]
  const interval = intervalOfRatio(numerators, denominators, 0.9)!
  const contrastAt = (f: number) =>
    studentInterval(
      numerators.map((value, i) => value - f * denominators[i]),
      0.9,
    )!
  expect(contrastAt(interval.low).low).toBeCloseTo(0, 10)
  expect(contrastAt(interval.high).high).toBeCloseTo(0, 10)
})

test('a constant denominator only rescales the interval of the mean', () => {
  const { low, high } = studentInterval([1, 2, 4], 0.95)!
  const ratio = intervalOfRatio([1, 2, 4], [2, 2, 2], 0.95)!
  expect(ratio.low).toBeCloseTo(low / 2, 12)
  expect(ratio.high).toBeCloseTo(high / 2, 12)
})

test('a denominator that may be zero, or is below, has no ratio', () => {
  expect(intervalOfRatio([1, 2, 3], [-1, 0, 2], 0.95)).toBeNull()
  expect(intervalOfRatio([1, 2, 3], [-3, -3.1, -3.2], 0.95)).toBeNull()
  expect(intervalOfRatio([1], [0], 0.95)).toBeNull()
  expect(intervalOfRatio([1], [4], 0.95)).toEqual({ low: 0.25, high: 0.25 })
})
