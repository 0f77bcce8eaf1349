import { expect, test } from 'vitest'
import { levelOutcomes } from './level-outcomes.ts'
import { scoreLevel } from './regret.ts'

test('outcomes are of finished episodes, discounted from their first step, by slot', () => {
  // Two slots, step-major. Slot 0: an episode with a reward at its second step, another with one at its first, and an
  // unfinished one. Slot 1: nothing ends.
  const played = {
    rewards: Float32Array.of(0, 0, 1, 0, 1, 0, 1, 0),
    values: Float32Array.of(0.5, 1, 0.25, 1, 0.25, 1, 0, 1),
    advantages: Float32Array.of(0.5, -1, -0.25, -1, 0.25, -1, 0, 2),
    terminated: Uint8Array.of(0, 0, 1, 0, 0, 0, 0, 0),
    truncated: Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0),
  }
  const [first, second] = levelOutcomes(played, 2, 0.5)
  expect(first).toEqual({
    episodes: 2,
    meanReturn: 0.75,
    bestReturn: 1,
    meanValue: 0.25,
    positiveValueLoss: 0.1875,
  })
  expect(second).toEqual({ episodes: 0, meanReturn: 0, bestReturn: 0, meanValue: 1, positiveValueLoss: 0.5 })
})

const outcome = { episodes: 2, meanReturn: 0.25, bestReturn: 0.5, meanValue: 0.125, positiveValueLoss: 0.1875 }

test.each([
  ['max-latest', 0.5],
  ['oracle-latest', 0.65],
  ['max-mc', 0.625],
  ['positive-value-loss', 0.1875],
  ['minimal-return', -0.25],
] as const)('%s is %d for best .75, mean .25, value .125 and optimum .9', (name, score) => {
  expect(scoreLevel(name, outcome, 0.75, () => 0.9)).toBeCloseTo(score, 12)
  expect(scoreLevel(name, { ...outcome, episodes: 0 }, 0.75, () => 0.9)).toBe(0)
})

test('a level without a solution has no oracle regret, and one never solved no max-latest regret', () => {
  const never = { ...outcome, meanReturn: 0, bestReturn: 0 }
  expect(scoreLevel('oracle-latest', never, 0, () => 0)).toBe(0)
  expect(scoreLevel('max-latest', never, 0, () => 0.9)).toBe(0)
  expect(() => scoreLevel('oracle-latest', never, 0, () => null)).toThrow('oracle-latest needs a solver')
})
