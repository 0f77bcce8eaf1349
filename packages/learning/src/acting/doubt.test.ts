import { expect, test } from 'vitest'
import { createDoubt } from './doubt.ts'

const doubtOf = (...distributions: number[][]) =>
  createDoubt(
    distributions.map((given) => ({ distribution: (_: number, into: Float64Array) => into.set(given) })),
    distributions[0]!.length,
  )(0)

test('members that are sure of different actions disagree by the logarithm of their number', () => {
  expect(doubtOf([1, 0], [0, 1]).disagreement).toBeCloseTo(Math.log(2), 12)
  expect(doubtOf([1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]).disagreement).toBeCloseTo(Math.log(3), 12)
})

test('members that are equally unsure do not disagree', () => {
  expect(doubtOf([0.1, 0.2, 0.7], [0.1, 0.2, 0.7], [0.1, 0.2, 0.7]).disagreement).toBe(0)
  expect(doubtOf([0.5, 0.5], [0.5, 0.5])).toEqual({ disagreement: 0, entropy: Math.log(2) })
})

test('is the mean divergence of the members from their mean', () => {
  const [p, q] = [
    [0.9, 0.1],
    [0.3, 0.7],
  ]
  const mean = [0.6, 0.4]
  const divergence = (from: number[]) => from.reduce((sum, value, a) => sum + value * Math.log(value / mean[a]!), 0)
  expect(doubtOf(p!, q!).disagreement).toBeCloseTo((divergence(p!) + divergence(q!)) / 2, 12)
})
