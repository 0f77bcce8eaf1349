import { describe, expect, test } from 'vitest'
import { estimateMean } from './estimate-mean.ts'
import { studentTCdf, studentTQuantile } from './student-t.ts'

describe('Student t', () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2 (upper critical values).
  test.each([
    [0.975, 1, 12.706],
    [0.975, 2, 4.303],
    [0.975, 4, 2.776],
    [0.975, 9, 2.262],
    [0.975, 30, 2.042],
    [0.975, 100, 1.984],
    [0.95, 4, 2.132],
    [0.99, 5, 3.365],
    [0.999, 3, 10.215],
  ])('the %f quantile at %i degrees of freedom is that of the NIST table', (probability, freedom, expected) => {
    expect(studentTQuantile(probability, freedom)).toBeCloseTo(expected, 2)
  })
  test('with one degree of freedom it is the Cauchy distribution', () => {
    for (const t of [0.1, 1, 7]) expect(studentTCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 14)
  })
  test('with two degrees of freedom it has the closed form 1/2 + t / (2 √(2 + t²))', () => {
    for (const t of [0.1, 1, 7]) expect(studentTCdf(t, 2)).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), 14)
  })
  test('what is no probability and no degree of freedom is refused', () => {
    expect(() => studentTQuantile(0.5, 3)).toThrow(RangeError)
    expect(() => studentTQuantile(0.9, 0)).toThrow(RangeError)
    expect(() => studentTQuantile(0.9, 1.5)).toThrow(RangeError)
  })
})

describe('estimateMean', () => {
  test('the interval is mean ± t · s/√n', () => {
    // s = 1, n = 3: 4.3027 / √3 = 2.4841
    const { value, low, high, count, level } = estimateMean([1, 2, 3])
    expect({ value, count, level }).toEqual({ value: 2, count: 3, level: 0.95 })
    expect(low).toBeCloseTo(2 - 2.4841, 3)
    expect(high).toBeCloseTo(2 + 2.4841, 3)
  })
  test('one replicate gives a mean without an interval', () => {
    expect(estimateMean([0.25])).toEqual({ value: 0.25, count: 1 })
  })
  test('missing values are left out and never counted as zero', () => {
    expect(estimateMean([{ missing: 'no episode ended' }, 4, 4])).toMatchObject({ value: 4, low: 4, high: 4, count: 2 })
  })
  test('where every value is missing, the mean is missing for their reason', () => {
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
