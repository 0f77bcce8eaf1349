import { expect, test } from 'vitest'
import { createStream } from '@goalpost/random'
import { ascendingOrder } from './ascending-order.ts'
import { withoutPause } from './testing/ranked-pool.ts'

test('orders numbers of every sign and size, equal ones by index', async () => {
  const values = Float64Array.of(
    3,
    -1e300,
    5e-324,
    0,
    3,
    -2,
    Number.POSITIVE_INFINITY,
    -5e-324,
    1e300,
    -2,
    Number.NEGATIVE_INFINITY,
  )
  expect([...(await ascendingOrder(values, withoutPause))]).toEqual([10, 1, 5, 9, 7, 3, 2, 0, 4, 8, 6])
})

test('distinguishes numbers that differ only in their last bit, on both sides of zero', async () => {
  const next = 1 + Number.EPSILON
  const values = Float64Array.of(-1, next, -next, 1)
  expect([...(await ascendingOrder(values, withoutPause))]).toEqual([2, 0, 3, 1])
})

test('agrees with a comparator sort on numbers that differ in all of their bits', async () => {
  const random = createStream(3).at(0)
  const values = Float64Array.from({ length: 20_000 }, () => random.normal() * 10 ** random.integer(12))
  const order = await ascendingOrder(values, withoutPause)
  expect(Float64Array.from(order, (index) => values[index])).toEqual(values.toSorted())
  expect(new Set(order).size).toBe(values.length)
})

test('does not change the values and yields between passes', async () => {
  const values = Float64Array.of(2, 1)
  let yields = 0
  await ascendingOrder(values, async () => void (yields += 1))
  expect([...values]).toEqual([2, 1])
  expect(yields).toBe(4)
})
