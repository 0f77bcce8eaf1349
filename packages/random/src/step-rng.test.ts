import { expect, test } from 'vitest'
import { createStepRng } from './step-rng.ts'

test('words depend on role, seed and counter alone, not on earlier draws', () => {
  const [one, other] = [createStepRng('dice'), createStepRng('dice')]
  const draw = ({ start, word }: typeof one, seed: number, counter: number) => {
    start(seed, counter)
    return [word(), word(), word()]
  }
  for (let i = 0; i < 7; i++) one.word()
  expect(draw(one, 5, 9)).toEqual(draw(other, 5, 9))
  const others = [draw(one, 6, 9), draw(one, 5, 10), draw(createStepRng('cards'), 5, 9)]
  for (const words of others) expect(words).not.toEqual(draw(other, 5, 9))
})

test('the first three numbers below 6 of many steps are as evenly and independently spread as dice', () => {
  const generator = createStepRng('dice')
  const counts = new Float64Array(6 ** 3)
  const steps = 100_000
  for (let i = 0; i < steps; i++) {
    generator.start(i >> 8, i & 255)
    let outcome = 0
    for (let roll = 0; roll < 3; roll++) outcome = outcome * 6 + generator.below(6)
    counts[outcome]++
  }
  const expected = steps / counts.length
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  // 99.9 % quantile of chi-square with 215 degrees of freedom.
  expect(chiSquare).toBeLessThan(284.4)
})
