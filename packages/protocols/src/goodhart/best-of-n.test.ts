import { describe, expect, test } from 'vitest'
import { bestOfNDivergence, evaluateBestOfN } from './best-of-n.ts'
import { drawRankedPool } from './testing/ranked-pool.ts'
import { integrate, normalDensity, studentT3Density, tabulateReward } from './testing/quadrature.ts'

const pool = { reward: Float64Array.of(-2, 0, 1, 4, 9), utility: Float64Array.of(5, 1, -3, 2, -1) }

/** All subsets of n of the pool's indices. */
function subsets(n: number, from = 0): number[][] {
  if (n === 0) return [[]]
  return Array.from({ length: Math.max(pool.reward.length - from, 0) }, (_, i) => from + i).flatMap((first) =>
    subsets(n - 1, first + 1).map((rest) => [first, ...rest]),
  )
}

describe('best-of-N on a pool is the mean over all of its subsets of N', () => {
  test.each([1, 2, 3, 5])('N = %d, by enumeration', (n) => {
    const winners = subsets(n).map((subset) => Math.max(...subset))
    const mean = (values: Float64Array) => winners.reduce((sum, winner) => sum + values[winner], 0) / winners.length
    const point = evaluateBestOfN(pool, n)
    expect(point.reward).toBeCloseTo(mean(pool.reward), 12)
    expect(point.utility).toBeCloseTo(mean(pool.utility), 12)
  })

  test('N cannot exceed the pool’s draws', () => {
    expect(() => evaluateBestOfN(pool, 6)).toThrow(RangeError)
    expect(() => evaluateBestOfN(pool, 0)).toThrow(RangeError)
  })

  test('all draws count equally for N = 1', () => {
    expect(evaluateBestOfN(pool, 1).effectiveDraws).toBeCloseTo(5, 12)
  })
})

describe('divergence of best-of-N', () => {
  test.each([2, 7, 100])('N = %d: equals the integral of its density ratio, N·F^(N−1)', (n) => {
    const reference = integrate(
      (F) => (F === 0 ? 0 : n * F ** (n - 1) * (Math.log(n) + (n - 1) * Math.log(F))),
      0,
      1,
      20_000,
    )
    expect(bestOfNDivergence(n)).toBeCloseTo(reference, 5)
  })
})

describe('references by quadrature', () => {
  const normal = tabulateReward(normalDensity)
  const studentT = tabulateReward(studentT3Density)
  const normalPool = drawRankedPool({ distribution: 'normal', scale: 1 })
  const studentTPool = drawRankedPool({ distribution: 'student-t', dof: 3, scale: 1 })

  test('give the known mean of the larger of two, and of three, normal numbers', () => {
    expect(normal.bestOf(2).reward).toBeCloseTo(Math.SQRT2 / Math.sqrt(Math.PI), 4)
    expect(normal.bestOf(3).reward).toBeCloseTo((Math.SQRT2 * 3) / (2 * Math.sqrt(Math.PI)), 4)
  })

  test.each([2, 16, 256, 1024])(
    'normal error, best of %d: reward, and utility = its share of the variance',
    async (n) => {
      const { reward } = normal.bestOf(n)
      const point = evaluateBestOfN(await normalPool, n)
      const tolerance = 5 / Math.sqrt(point.effectiveDraws)
      expect(Math.abs(point.reward - reward)).toBeLessThan(tolerance)
      expect(Math.abs(point.utility - reward / 2)).toBeLessThan(tolerance)
    },
  )

  test.each([2, 16, 256, 1024])('Student-t error, best of %d: reward and utility', async (n) => {
    const reference = studentT.bestOf(n)
    const point = evaluateBestOfN(await studentTPool, n)
    expect(Math.abs(point.utility - reference.utility)).toBeLessThan(5 / Math.sqrt(point.effectiveDraws))
    expect(Math.abs(point.reward / reference.reward - 1)).toBeLessThan(0.05)
  })

  test('utility under Student-t error rises, peaks, and falls towards the base policy’s', () => {
    const [few, some, many, most] = [2, 16, 1024, 2 ** 20].map((n) => studentT.bestOf(n).utility)
    expect(some).toBeGreaterThan(2 * few)
    expect(many).toBeLessThan(some / 2)
    expect(most).toBeLessThan(0.05)
  })
})
