import { describe, expect, test } from 'vitest'
import { estimateMean } from './estimate-mean.ts'

describe('estimateMean', () => {
  test('the interval is mean ± t · s/√n', () => {
    // s = 1, n = 3: 4.3027 / √3 = 2.4841
    const { value, low, high, count, level } = estimateMean([1, 2, 3])
    expect({ value, count, level }).toEqual({ value: 2, count: 3, level: 0.95 })
    expect(low).toBeCloseTo(2 - 2.4841, 3)
    expect(high).toBeCloseTo(2 + 2.4841, 3)
  })
  test('replicates in two groups get a caution, since the interval may not cover then', () => {
    const { caution } = estimateMean([0.1, 0.11, 0.12, 0.9, 0.91, 0.92])
    expect(caution).toBe('two groups of seeds (3 low, 3 high): the interval may not cover')
    expect(estimateMean([0.1, 0.3, 0.5, 0.7, 0.9]).caution).toBeUndefined()
  })
  test('one replicate gives a mean without an interval', () => {
    expect(estimateMean([0.25])).toEqual({ value: 0.25, count: 1 })
  })
  test('missing values are left out and never counted as zero', () => {
    expect(estimateMean([{ missing: 'no episode ended' }, 4, 4])).toMatchObject({ value: 4, low: 4, high: 4, count: 2 })
  })
  test('if every value is missing, the mean is missing for the same reason', () => {
    expect(estimateMean([{ missing: 'anchors too close' }, { missing: 'anchors too close' }])).toEqual({
      value: { missing: 'anchors too close' },
      count: 0,
    })
    expect(estimateMean([])).toEqual({ value: { missing: 'nothing has been measured yet' }, count: 0 })
  })
  test('a mean that is too large for a number is missing, not infinite', () => {
    expect(estimateMean([Number.MAX_VALUE, Number.MAX_VALUE]).value).toEqual({
      missing: 'the mean is too large for a number',
    })
  })
})
