import { expect, test } from 'vitest'
import { estimateAdvantages, explainedVariance, type AdvantageInput } from './advantage.ts'

/** One environment, three steps, γ = .5, λ = .5: all exact in binary. */
const rollout: AdvantageInput = {
  environments: 1,
  rewards: Float32Array.of(1, 0, 2),
  values: Float32Array.of(1, 2, 4),
  terminated: Uint8Array.of(0, 0, 0),
  truncated: Uint8Array.of(0, 0, 0),
  cutValues: Float32Array.of(0, 8, 0),
  lastValues: Float32Array.of(8),
  discount: 0.5,
  lambda: 0.5,
}

test('advantages are discounted sums of temporal differences', () => {
  // δ = 1 + 1 − 1, 0 + 2 − 2, 2 + 4 − 4 = 1, 0, 2; A_2 = 2, A_1 = 0 + 2/4, A_0 = 1 + .5/4
  const { advantages, returns } = estimateAdvantages(rollout)
  expect(Array.from(advantages)).toEqual([1.125, 0.5, 2])
  expect(Array.from(returns)).toEqual([2.125, 2.5, 6])
})

test('nothing follows an episode that ended by its rules', () => {
  // δ_1 = 0 + 0 − 2, A_1 = −2, A_0 = 1 − 2/4
  const { advantages } = estimateAdvantages({ ...rollout, terminated: Uint8Array.of(0, 1, 0) })
  expect(Array.from(advantages)).toEqual([0.5, -2, 2])
})

test('an episode that was cut off is worth the value of its last observation, and no later reward', () => {
  // δ_1 = 0 + 8/2 − 2 = 2, A_1 = 2, A_0 = 1 + 2/4
  const { advantages } = estimateAdvantages({ ...rollout, truncated: Uint8Array.of(0, 1, 0) })
  expect(Array.from(advantages)).toEqual([1.5, 2, 2])
})

test('without bootstrapping, a cut-off is like an end', () => {
  const cut = { truncated: Uint8Array.of(0, 1, 0), cutValues: new Float32Array(3) }
  expect(Array.from(estimateAdvantages({ ...rollout, ...cut }).advantages)).toEqual([0.5, -2, 2])
})

test('an end by the rules takes precedence over a cut-off in the same step', () => {
  const both = { terminated: Uint8Array.of(0, 1, 0), truncated: Uint8Array.of(0, 1, 0) }
  expect(Array.from(estimateAdvantages({ ...rollout, ...both }).advantages)).toEqual([0.5, -2, 2])
})

test('environments do not mix', () => {
  const interleave = (first: ArrayLike<number>, second: ArrayLike<number>) =>
    Array.from({ length: 2 * first.length }, (_, i) => (i % 2 === 0 ? first : second)[i >> 1])
  const { advantages } = estimateAdvantages({
    ...rollout,
    environments: 2,
    rewards: Float32Array.from(interleave(rollout.rewards, [9, 9, 9])),
    values: Float32Array.from(interleave(rollout.values, [5, 6, 7])),
    terminated: Uint8Array.from(interleave([0, 0, 0], [1, 1, 1])),
    truncated: new Uint8Array(6),
    cutValues: new Float32Array(6),
    lastValues: Float32Array.of(8, 3),
  })
  expect(Array.from(advantages)).toEqual(interleave([1.125, 0.5, 2], [4, 3, 2]))
})

test('explained variance is 1 for perfect values, 0 for constant ones, and 0 if there is nothing to explain', () => {
  const returns = Float32Array.of(1, 2, 3)
  expect(explainedVariance(returns, returns)).toBe(1)
  expect(explainedVariance(Float32Array.of(5, 5, 5), returns)).toBe(0)
  expect(explainedVariance(returns, Float32Array.of(4, 4, 4))).toBe(0)
})
