import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { corner } from './gridworlds/corner/corner.ts'
import { cellAt } from './gridworlds/grid/grid.ts'
import { sampleMixture } from './mixture.ts'

const parameters = corner.parameters.parse({})
const stream = createStream(37).named('levels')
const sample = (alpha: number, index: number) =>
  sampleMixture({ environment: corner, parameters, alpha }, stream, index)
const outside = (alpha: number, count: number) =>
  Array.from({ length: count }, (_, i) => i).filter((i) => sample(alpha, i).cheese !== cellAt(13, 1, 1))

test('α is the share of distinguishing levels', () => {
  expect(outside(0, 1_000)).toEqual([])
  const share = outside(0.1, 10_000).length / 10_000
  // One free cell in about 127 is the corner itself.
  expect(Math.abs(share - 0.1 * (1 - 1 / 127))).toBeLessThan(4 * Math.sqrt((0.1 * 0.9) / 10_000))
})

test('raising α turns levels into distinguishing ones and does not change the others', () => {
  const few = outside(0.1, 2_000)
  const many = new Set(outside(0.3, 2_000))
  expect(few.every((i) => many.has(i))).toBe(true)
  for (let i = 0; i < 200; i++) if (!many.has(i)) expect(sample(0.1, i).walls).toEqual(sample(0.3, i).walls)
})
