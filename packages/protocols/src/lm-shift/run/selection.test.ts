import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { bestOf, encodeSelection, parseSelection } from './selection.ts'

const probabilities = [0.5, 0.3, 0.15, 0.05]
const rewards = [0.2, -1, 3, 1]

test('best of one is the policy, best of very many the highest reward', () => {
  bestOf(probabilities, rewards, { samples: 1 }).forEach((value, i) => expect(value).toBeCloseTo(probabilities[i], 9))
  expect(bestOf(probabilities, rewards, { samples: 1000 })[2]).toBeCloseTo(1, 9)
})

test('probabilities that do not add up to 1 are scaled', () => {
  const half = probabilities.map((value) => value / 2)
  const whole = bestOf(probabilities, rewards, { samples: 3 })
  bestOf(half, rewards, { samples: 3 }).forEach((value, i) => expect(value).toBeCloseTo(whole[i], 9))
})

test('best of four is what sampling four and taking the best gives', () => {
  const random = createStream(9).at(0)
  const sample = () => {
    let rest = random.uniform()
    return probabilities.findIndex((value) => (rest -= value) < 0)
  }
  const trials = 20_000
  const counts = [0, 0, 0, 0]
  for (let i = 0; i < trials; i++) {
    const sampled = [sample(), sample(), sample(), sample()]
    counts[sampled.reduce((best, each) => (rewards[each] > rewards[best] ? each : best))] += 1
  }
  const exact = bestOf(probabilities, rewards, { samples: 4 })
  const statistic = counts.reduce((sum, count, k) => sum + (count - trials * exact[k]) ** 2 / (trials * exact[k]), 0)
  // The 99.9 % quantile with three degrees of freedom.
  expect(statistic).toBeLessThan(16.27)
})

test('a selection is stored and read', () => {
  expect(parseSelection(encodeSelection({ samples: 16 }))).toEqual({ samples: 16 })
  expect(() => parseSelection(new TextEncoder().encode('{"samples":0}'))).toThrow(/samples/)
})
