import { describe, expect, test } from 'vitest'
import { normalQuantile } from './normal.ts'
import { incompleteBeta, logGamma } from './special-functions.ts'
import { studentCdf, studentInterval, studentQuantile } from './student.ts'

// All expected values: scipy 1.17.1.
describe('special functions agree with scipy', () => {
  // scipy.special.gammaln(x)
  test.each([
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247],
    [4.2, 2.04855563696059],
    [150.5, 602.5139548705853],
  ])('ln Γ(%f)', (x, expected) => expect(logGamma(x)).toBeCloseTo(expected, 11))

  // scipy.special.betainc(a, b, x)
  test.each([
    [0.3, 2, 5, 0.5798250000000003],
    [0.9, 0.5, 0.5, 0.7951672353008665],
    [0.01, 10, 0.5, 1.770034965528571e-21],
    [0.5, 40, 60, 0.9780623532064924],
  ])('I_%f(%f, %f)', (x, a, b, expected) => expect(incompleteBeta(x, a, b) / expected).toBeCloseTo(1, 10))
})

describe('quantiles agree with scipy', () => {
  // scipy.stats.t.ppf(p, df)
  test.each([
    [0.975, 2, 4.302652729749462],
    [0.975, 4, 2.7764451051977934],
    [0.95, 1, 6.313751514675037],
    [0.9, 7.5, 1.4052118464159533],
    [0.995, 30, 2.7499956535672254],
    [0.975, 1000, 1.9623390808264083],
  ])('t(%f) with %f degrees of freedom', (p, degrees, expected) => {
    expect(studentQuantile(p, degrees)).toBeCloseTo(expected, 9)
    expect(studentQuantile(1 - p, degrees)).toBeCloseTo(-expected, 9)
  })

  // scipy.stats.t.cdf(t, df)
  test.each([
    [1.5, 3, 0.8847080673775886],
    [-2.1, 12.7, 0.028151495471490286],
    [0.2, 1, 0.562832958189001],
  ])('P(T ≤ %f) with %f degrees of freedom', (t, degrees, expected) =>
    expect(studentCdf(t, degrees)).toBeCloseTo(expected, 12),
  )

  // scipy.stats.norm.ppf(p)
  test.each([
    [0.975, 1.959963984540054],
    [0.9, 1.2815515655446004],
    [0.6, 0.2533471031357997],
    [0.001, -3.090232306167813],
    [1e-9, -5.9978070150076865],
  ])('z(%f)', (p, expected) => expect(normalQuantile(p)).toBeCloseTo(expected, 12))

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
    expect(studentQuantile(probability, freedom)).toBeCloseTo(expected, 2)
  })

  test('with one degree of freedom it is the Cauchy distribution', () => {
    for (const t of [0.1, 1, 7]) expect(studentCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 13)
  })

  test('with two degrees of freedom it has the closed form 1/2 + t / (2 √(2 + t²))', () => {
    for (const t of [0.1, 1, 7]) expect(studentCdf(t, 2)).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), 13)
  })

  test('without degrees of freedom there is no quantile', () => {
    expect(() => studentQuantile(0.9, 0)).toThrow(RangeError)
  })

  test('there is no quantile outside (0, 1)', () => {
    expect(() => studentQuantile(1, 3)).toThrow(RangeError)
    expect(() => normalQuantile(0)).toThrow(RangeError)
  })
})

test('the t interval of three seed means agrees with scipy', () => {
  // scipy.stats.t.interval(.95, 2, numpy.mean(z), scipy.stats.sem(z)) with z = [.71, .82, .66]
  const interval = studentInterval([0.71, 0.82, 0.66], 0.95)
  expect(interval?.low).toBeCloseTo(0.5266645649541155, 10)
  expect(interval?.high).toBeCloseTo(0.9333354350458845, 10)
  expect(studentInterval([0.7], 0.95)).toBeNull()
})
