import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { drawRankedPool, withoutPause } from './testing/ranked-pool.ts'
import { tiltToBudget } from './tilted-policy.ts'

describe('tilted policy on two draws', () => {
  const pool = { reward: Float64Array.of(0, 1), utility: Float64Array.of(10, 20) }

  test('puts as much weight on the better one as the budget allows', async () => {
    const q = 0.9
    const budget = Math.log(2) + q * Math.log(q) + (1 - q) * Math.log(1 - q)
    const point = await tiltToBudget(pool, { budget }, withoutPause)
    expect(point.reward).toBeCloseTo(q, 8)
    expect(point.utility).toBeCloseTo(19, 7)
    expect(point.beta).toBeCloseTo(Math.log(q / (1 - q)), 7)
    expect(point.effectiveDraws).toBeCloseTo(1 / (q * q + (1 - q) * (1 - q)), 7)
  })

  test.each([0, -1, Math.log(2), 5, Number.NaN])('a budget of %d nats is refused', async (budget) => {
    await expect(tiltToBudget(pool, { budget }, withoutPause)).rejects.toThrow(RangeError)
  })
})

describe('normal utility and normal error, in closed form', () => {
  test.each([
    { budget: 0.01, utilityScale: 1, scale: 1 },
    { budget: 0.3, utilityScale: 1, scale: 2 },
    { budget: 1, utilityScale: 2, scale: 1 },
    { budget: 2, utilityScale: 1, scale: 1 },
  ])(
    '$budget nats, scales $utilityScale and $scale: E[R] = σ_R·√2k, E[U] = σ_U²/σ_R·√2k',
    async ({ budget, utilityScale, scale }) => {
      const pool = await drawRankedPool({ distribution: 'normal', scale }, { utilityScale })
      const point = await tiltToBudget(pool, { budget }, withoutPause)
      const deviation = Math.hypot(utilityScale, scale)
      const root = Math.sqrt(2 * budget)
      const tolerance = (5 * deviation) / Math.sqrt(point.effectiveDraws)
      expect(point.kl).toBeCloseTo(budget, 8)
      expect(Math.abs(point.beta - root / deviation)).toBeLessThan(tolerance / deviation ** 2)
      expect(Math.abs(point.reward - deviation * root)).toBeLessThan(tolerance)
      expect(Math.abs(point.utility - (utilityScale ** 2 / deviation) * root)).toBeLessThan(tolerance)
    },
  )
})

describe('heavy-tailed error', () => {
  test.each([0.01, 0.5, 3, 9])('the budget of %d nats is spent exactly, from any first guess', async (budget) => {
    const pool = await drawRankedPool({ distribution: 'pareto', index: 1.5, scale: 1 }, { draws: 2 ** 15 })
    const point = await tiltToBudget(pool, { budget }, withoutPause)
    expect(point.kl).toBeCloseTo(budget, 7)
    for (const start of [1e-9, 1e3]) {
      const again = await tiltToBudget(pool, { budget, start }, withoutPause)
      expect(Math.abs(again.reward / point.reward - 1)).toBeLessThan(1e-6)
    }
  })

  test('no other reweighting of equal divergence has a higher reward', async () => {
    const pool = await drawRankedPool({ distribution: 'student-t', dof: 2, scale: 1 }, { draws: 64 })
    const point = await tiltToBudget(pool, { budget: 0.8 }, withoutPause)
    const random = createStream(5).at(0)
    for (let trial = 0; trial < 2_000; trial++) {
      const raw = Array.from(pool.reward, (reward) =>
        Math.exp(point.beta * reward * (0.5 + random.uniform()) + 0.3 * random.normal()),
      )
      const sum = raw.reduce((total, weight) => total + weight, 0)
      const kl = raw.reduce((total, weight) => total + (weight / sum) * Math.log((64 * weight) / sum), 0)
      const reward = raw.reduce((total, weight, i) => total + (weight / sum) * pool.reward[i], 0)
      if (kl <= 0.8) expect(reward).toBeLessThanOrEqual(point.reward + 1e-9)
    }
  })
})
