import { normalQuantile } from '@goalpost/statistics'
import { describe, expect, test } from 'vitest'
import { evaluateTailPolicy, raiseProbability } from './tail-policy.ts'
import { normalDensity } from './testing/quadrature.ts'
import { drawRankedPool } from './testing/ranked-pool.ts'

const normalPool = drawRankedPool({ distribution: 'normal', scale: 1 })

test('probability is raised until the budget is spent, and never beyond 1', () => {
  const q = raiseProbability(0.01, 0.5)
  expect(q * Math.log(q / 0.01) + (1 - q) * Math.log((1 - q) / 0.99)).toBeCloseTo(0.5, 12)
  expect(q).toBeGreaterThan(0.01)
  expect(raiseProbability(0.5, Math.log(2))).toBe(1)
  expect(raiseProbability(0.5, 9)).toBe(1)
})

test('a hand-computed pool of four: the top half with certainty', () => {
  const pool = { reward: Float64Array.of(0, 1, 2, 6), utility: Float64Array.of(9, 9, 1, 3) }
  const point = evaluateTailPolicy(pool, { depth: 2, budget: 1 })
  expect(point).toEqual({ reward: 4, utility: 2, kl: Math.log(2), effectiveDraws: 2 })
})

test.each([4, 32, 256])('normal error, top 1/%d: mean of the tail by Mills’ ratio', async (depth) => {
  const budget = 0.7
  const point = evaluateTailPolicy(await normalPool, { depth, budget })
  const p = 1 / depth
  const q = raiseProbability(p, budget)
  const above = normalDensity(normalQuantile(1 - p)) / p
  const reference = Math.SQRT2 * (q * above - ((1 - q) * p * above) / (1 - p))
  const tolerance = 5 / Math.sqrt(point.effectiveDraws)
  expect(point.kl).toBeCloseTo(budget, 10)
  expect(Math.abs(point.reward - reference)).toBeLessThan(tolerance)
  expect(Math.abs(point.utility - reference / 2)).toBeLessThan(tolerance)
})

describe('at equal divergence, ever deeper tails', () => {
  const depths = [8, 64, 512, 4096]

  test('bring a heavy-tailed error more and more reward, and utility back to the base policy’s', async () => {
    const pool = await drawRankedPool({ distribution: 'pareto', index: 1.5, scale: 1 })
    const points = depths.map((depth) => evaluateTailPolicy(pool, { depth, budget: 0.5 }))
    for (let i = 1; i < points.length; i++) expect(points[i].reward).toBeGreaterThan(1.5 * points[i - 1].reward)
    expect(points[0].utility).toBeGreaterThan(0.1)
    expect(Math.abs(points[3].utility)).toBeLessThan(0.04)
    for (const { kl } of points) expect(kl).toBeCloseTo(0.5, 10)
  })

  test('cost a light-tailed error its reward as well', async () => {
    const pool = await normalPool
    const rewards = depths.map((depth) => evaluateTailPolicy(pool, { depth, budget: 0.5 }).reward)
    expect(rewards).toEqual(rewards.toSorted((left, right) => right - left))
  })
})

test('a tail without draws is refused', () => {
  const pool = { reward: Float64Array.of(0, 1), utility: Float64Array.of(0, 1) }
  expect(() => evaluateTailPolicy(pool, { depth: 10, budget: 1 })).toThrow(RangeError)
})
