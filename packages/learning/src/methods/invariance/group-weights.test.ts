import { describe, expect, test } from 'vitest'
import { createGroupWeights } from './group-weights.ts'

const weightsAfter = (penalty: 'v-rex' | 'group-dro', strength: number, ...iterations: (number | null)[][]) => {
  const weights = createGroupWeights({ penalty, groups: iterations[0]!.length, strength })
  for (const returns of iterations) weights.update(returns)
  return weights.current().map((weight) => Number(weight.toFixed(6)))
}

describe('v-rex', () => {
  test('weighs by the distance from the mean return, as the derivative of mean − strength · variance', () => {
    // Mean .6, so 1 − 2·2·(.2) and 1 + 2·2·(.2).
    expect(weightsAfter('v-rex', 2, [0.8, 0.4])).toEqual([0.2, 1.8])
    const objective = (returns: number[]) => {
      const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length
      const variance = returns.reduce((sum, value) => sum + (value - mean) ** 2, 0) / returns.length
      return mean - 0.7 * variance
    }
    const returns = [0.9, 0.5, 0.4]
    const numeric = returns.map((_, g) => {
      const moved = (by: number) => objective(returns.map((value, i) => (i === g ? value + by : value)))
      return ((moved(1e-5) - moved(-1e-5)) / 2e-5) * returns.length
    })
    weightsAfter('v-rex', 0.7, returns).forEach((weight, g) => expect(weight).toBeCloseTo(numeric[g]!, 5))
  })

  test('never unlearns a group, and keeps a mean of 1', () => {
    expect(weightsAfter('v-rex', 100, [1, 0])).toEqual([0, 2])
  })

  test('forgets earlier iterations', () => {
    expect(weightsAfter('v-rex', 1, [1, 0], [0.5, 0.5])).toEqual([1, 1])
  })
})

describe('group-dro', () => {
  test('moves weight to the weaker group, step by step', () => {
    const once = Math.exp(0.5)
    expect(weightsAfter('group-dro', 0.5, [1, 0])[1]! / weightsAfter('group-dro', 0.5, [1, 0])[0]!).toBeCloseTo(once, 4)
    const twice = weightsAfter('group-dro', 0.5, [1, 0], [1, 0])
    expect(twice[1]! / twice[0]!).toBeCloseTo(once ** 2, 4)
    expect(twice[0]! + twice[1]!).toBeCloseTo(2, 5)
  })
})

test('group-dro stays finite at any strength, and lets a group come back', () => {
  const [strong, weak] = weightsAfter('group-dro', 1000, [0.9, 0.8])
  expect([strong! < 0.01, weak! > 1.99]).toEqual([true, true])
  const [first, second] = weightsAfter('group-dro', 1000, [900, -901], [-5, 900])
  expect(first! + second!).toBeCloseTo(2, 5)
  expect(first!).toBeGreaterThan(second!)
})

test('an iteration without a return in every group changes nothing', () => {
  expect(weightsAfter('group-dro', 1, [1, null])).toEqual([1, 1])
  expect(weightsAfter('v-rex', 1, [1, 0], [null, 0.3])).toEqual([0, 2])
})
