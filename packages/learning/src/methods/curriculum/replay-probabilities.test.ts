import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { drawDistinct } from './draw-distinct.ts'
import { replayProbabilities } from './replay-probabilities.ts'

const levels = [
  { score: 0.2, lastVisit: 3 },
  { score: 0.9, lastVisit: 1 },
  { score: 0.2, lastVisit: 0 },
  { score: 0.5, lastVisit: 3 },
]

test('weights are rank^(−1/T) by score, ties by index, and age counts from the next replay', () => {
  // By hand, T = 1/2, s = .1, now 3: ranks 3, 1, 4, 2 give 1/9, 1, 1/16, 1/4 with sum 205/144; ages 1, 3, 4, 1.
  const byRank = [16 / 205, 144 / 205, 9 / 205, 36 / 205]
  const byAge = [1 / 9, 3 / 9, 4 / 9, 1 / 9]
  const probabilities = replayProbabilities(levels, 3, { temperature: 0.5, staleness: 0.1 })
  for (const [i, p] of probabilities.entries()) expect(p).toBeCloseTo(0.9 * byRank[i]! + 0.1 * byAge[i]!, 12)
})

test('without staleness and with a small temperature, levels are drawn in the order of their scores', () => {
  const many = Array.from({ length: 300 }, (_, i) => ({ score: (i * 7) % 300, lastVisit: 0 }))
  const probabilities = replayProbabilities(many, 0, { temperature: 0.01, staleness: 0 })
  const drawn = drawDistinct(probabilities, 300, createStream(1).at(0).uniform)
  expect(new Set(drawn).size).toBe(300)
  // The weights of most are 0 in floating point.
  expect(drawn.slice(0, 3).map((index) => many[index]!.score)).toEqual([299, 298, 297])
})

test('draws without replacement follow the weights of those left', () => {
  const weights = Float64Array.of(0.5, 0.3, 0.2)
  const random = createStream(2).at(0)
  const count = 20_000
  const pairs = new Map<string, number>()
  for (let i = 0; i < count; i++) {
    const key = drawDistinct(weights, 2, random.uniform).join()
    pairs.set(key, (pairs.get(key) ?? 0) + 1)
  }
  const expected = { '0,1': 0.3, '0,2': 0.2, '1,0': 0.15 / 0.7, '1,2': 0.06 / 0.7, '2,0': 0.1 / 0.8, '2,1': 0.06 / 0.8 }
  for (const [key, p] of Object.entries(expected))
    // Four standard deviations.
    expect(Math.abs((pairs.get(key) ?? 0) / count - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / count))
})
