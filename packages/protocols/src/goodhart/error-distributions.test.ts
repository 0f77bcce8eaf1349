import { createStream } from '@goalpost/random'
import { studentQuantile } from '@goalpost/statistics'
import { describe, expect, test } from 'vitest'
import { drawError, errorDistribution, type ErrorDistribution } from './error-distributions.ts'
import { integrate, normalDensity, studentT3Density, studentT3Distribution } from './testing/quadrature.ts'

const count = 200_000

function drawMany(error: ErrorDistribution): number[] {
  const random = createStream(11).named('test').at(0)
  return Array.from({ length: count }, () => drawError(error, random))
}

/** The share below must lie within four standard errors of the probability. */
function expectShareBelow(values: readonly number[], threshold: number, probability: number): void {
  const share = values.filter((value) => value < threshold).length / values.length
  expect(Math.abs(share - probability)).toBeLessThan(4 * Math.sqrt((probability * (1 - probability)) / count))
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

describe('drawn errors follow their distribution', () => {
  test('Student-t with 3 degrees of freedom, against its distribution function in closed form', () => {
    const values = drawMany({ distribution: 'student-t', dof: 3, scale: 2 })
    for (const t of [-30, -3, -0.5, 0, 1, 5, 30]) expectShareBelow(values, 2 * t, studentT3Distribution(t))
  })

  test.each([1.05, 2, 4.5, 200])('Student-t with %d degrees of freedom, against its quantiles', (dof) => {
    const values = drawMany({ distribution: 'student-t', dof, scale: 1 })
    for (const p of [0.001, 0.05, 0.5, 0.9, 0.999]) expectShareBelow(values, studentQuantile(p, dof), p)
  })

  test('Student-t has the absolute mean that quadrature gives', () => {
    const reference = 2 * integrate((s) => s * s * studentT3Density(s * s) * 2 * s, 0, 100, 20_000)
    const values = drawMany({ distribution: 'student-t', dof: 3, scale: 1 })
    expect(mean(values.map(Math.abs))).toBeCloseTo(reference, 1.7)
  })

  test('lognormal, against the quantiles of its logarithm and its mean by quadrature', () => {
    const sigma = 0.8
    const values = drawMany({ distribution: 'lognormal', sigma, scale: 3 })
    for (const z of [-2, -1, 0, 0.5, 3])
      expectShareBelow(values, 3 * Math.exp(sigma * z), integrate(normalDensity, -10, z))
    const reference = 3 * integrate((z) => Math.exp(sigma * z) * normalDensity(z), -10, 14)
    expect(Math.abs(mean(values) / reference - 1)).toBeLessThan(0.01)
  })

  test('Pareto, against P(X > x) = (scale / x)^index, and never below its scale', () => {
    const values = drawMany({ distribution: 'pareto', index: 1.5, scale: 2 })
    expect(Math.min(...values.slice(0, 10_000))).toBeGreaterThanOrEqual(2)
    for (const x of [2.1, 4, 20, 200]) expectShareBelow(values, x, 1 - (2 / x) ** 1.5)
  })

  test('normal, with its scale', () => {
    const values = drawMany({ distribution: 'normal', scale: 0.5 })
    for (const z of [-2, 0, 1, 3]) expectShareBelow(values, 0.5 * z, integrate(normalDensity, -10, z))
  })
})

test('distributions without a mean are refused with the reason', () => {
  const refused = errorDistribution.safeParse({ distribution: 'pareto', index: 1 })
  expect(refused.error?.issues[0].message).toContain('no mean')
})
