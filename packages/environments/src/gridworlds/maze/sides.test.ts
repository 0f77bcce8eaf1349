import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { drawSide } from './sides.ts'

const stream = createStream(23)

test('sides are uniform on the odd numbers from minSize to size', () => {
  const counts = new Map<number, number>()
  for (let i = 0; i < 9_000; i++) {
    const side = drawSide({ size: 11, minSize: 7 }, stream.at(i))
    counts.set(side, (counts.get(side) ?? 0) + 1)
  }
  expect([...counts.keys()].toSorted((a, b) => a - b)).toEqual([7, 9, 11])
  for (const count of counts.values()) expect(Math.abs(count - 3_000)).toBeLessThan(4 * Math.sqrt(3_000))
})
