import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { auroc } from './auroc.ts'

const of = (scores: number[], positive: number[]) => auroc(Float64Array.from(scores), Uint8Array.from(positive))

test('is the share of pairs that are in order, ties counting half', () => {
  expect(of([1, 2, 3, 4], [0, 0, 1, 1])).toBe(1)
  expect(of([1, 2, 3, 4], [1, 1, 0, 0])).toBe(0)
  expect(of([1, 2, 3, 4], [0, 1, 0, 1])).toBe(0.75)
  expect(of([5, 5, 5], [1, 0, 0])).toBe(0.5)
})

test('agrees with counting every pair', () => {
  const random = createStream(3).at(0)
  const scores = Array.from({ length: 200 }, () => random.integer(20))
  const positive = scores.map((score) => (random.uniform() < score / 30 ? 1 : 0))
  let [wins, pairs] = [0, 0]
  scores.forEach((a, i) =>
    scores.forEach((b, j) => {
      if (positive[i] === 0 || positive[j] === 1) return
      pairs += 1
      wins += a > b ? 1 : a === b ? 0.5 : 0
    }),
  )
  expect(of(scores, positive)).toBeCloseTo(wins / pairs, 12)
})

test('is unknown without positives or without negatives', () => {
  expect([of([1, 2], [1, 1]), of([1, 2], [0, 0]), of([], [])]).toEqual([null, null, null])
})
