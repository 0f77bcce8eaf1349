import { expect, test } from 'vitest'
import { drawPool } from './draw-pool.ts'
import type { ErrorDistribution } from './error-distributions.ts'
import { withoutPause } from './testing/ranked-pool.ts'

const normal: ErrorDistribution = { distribution: 'normal', scale: 1 }
const pareto: ErrorDistribution = { distribution: 'pareto', index: 2, scale: 1 }

function draw(draws: number, { seed = 4, error = normal } = {}) {
  return drawPool({ seed, draws, utilityScale: 1, error }, withoutPause)
}

test('a draw does not depend on the number of draws', async () => {
  const few = await draw(10_000, { error: pareto })
  const many = await draw(30_000, { error: pareto })
  expect(many.reward.subarray(0, 10_000)).toEqual(few.reward)
})

test('conditions of equal seed share their utilities, for any error', async () => {
  const [light, heavy, other] = [
    await draw(20_000),
    await draw(20_000, { error: pareto }),
    await draw(20_000, { seed: 5 }),
  ]
  expect(heavy.utility).toEqual(light.utility)
  expect(heavy.error).not.toEqual(light.error)
  expect(other.utility).not.toEqual(light.utility)
})

test('reward is utility plus an independent error', async () => {
  const { reward, utility, error } = await draw(20_000)
  expect(reward).toEqual(utility.map((value, i) => value + error[i]))
  const correlation = utility.reduce((sum, value, i) => sum + value * error[i], 0) / 20_000
  expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(20_000))
})

test('yields after every block', async () => {
  const reached: number[] = []
  await drawPool({ seed: 1, draws: 20_000, utilityScale: 1, error: normal }, async (drawn) => void reached.push(drawn))
  expect(reached).toEqual([8_192, 16_384, 20_000])
})
