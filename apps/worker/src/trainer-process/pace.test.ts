import { expect, test } from 'vitest'
import { createPace } from './pace.ts'

test('the pace is that of the last half minute, not of the whole attempt', () => {
  let now = 0
  const pace = createPace(() => now)
  const at = (second: number, done: number) => {
    now = second * 1000
    return pace.measure(done)
  }
  expect(at(0, 0)).toBeUndefined()
  expect(at(1, 100)).toBe(100)
  expect(at(2, 200)).toBe(100)
  for (let second = 3; second <= 33; second++) at(second, 200 + (second - 2) * 10)
  expect(at(34, 520)).toBe(10)
})

test('a decreased work count does not give a negative pace', () => {
  let now = 0
  const pace = createPace(() => (now += 1000))
  pace.measure(50)
  expect(pace.measure(10)).toBe(0)
})
