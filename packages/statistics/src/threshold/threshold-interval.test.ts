import { describe, expect, test } from 'vitest'
import { blockConfidence, thresholdInterval, type DosePoint } from './threshold-interval.ts'

/** `seeds`: by seed, in order. */
const point = (x: number, seeds: readonly number[]): DosePoint => ({ x, seeds: new Map(seeds.entries()) })

/** Five seeds with this mean and deviation √.0025 = .05. */
const around = (x: number, mean: number) =>
  point(
    x,
    [-0.06, -0.03, 0, 0.03, 0.06].map((error) => mean + error),
  )

describe('the interval of a threshold', () => {
  test('ends at the closest points that lie clearly below and above the line', () => {
    const points = [around(0, 0.1), around(1, 0.3), around(2, 0.51), around(3, 0.7), around(4, 0.9)]
    const { low, high, crossing } = thresholdInterval(points, 0.5, 0.95)
    expect([low, high]).toEqual([1, 3])
    // Between (1, .3) and (2, .51).
    expect(crossing).toBeCloseTo(1 + 0.2 / 0.21, 12)
  })

  test('pools neighbours: two points that are undecided alone can be clear together', () => {
    // Each seed's two errors cancel: the means of both points are .55 for every seed.
    const [errors, opposite] = [
      [-0.2, -0.1, 0, 0.1, 0.2],
      [0.2, 0.1, 0, -0.1, -0.2],
    ].map((row) => row.map((error) => 0.55 + error))
    const first = point(1, errors!)
    const second = point(2, opposite!)
    expect(thresholdInterval([first], 0.5, 0.95).high).toBeNull()
    expect(thresholdInterval([second], 0.5, 0.95).high).toBeNull()
    // A mean over both is at most the curve's value at the second.
    expect(thresholdInterval([first, second], 0.5, 0.95).high).toBe(2)
    // And at least its value at the first.
    expect(thresholdInterval([first, second], 0.6, 0.95).low).toBe(1)
  })

  test('has no end where no point is clear', () => {
    expect(thresholdInterval([around(0, 0.1), around(1, 0.2)], 0.5, 0.95)).toEqual({
      low: 1,
      high: null,
      crossing: 'after',
    })
    expect(thresholdInterval([around(0, 0.9)], 0.5, 0.95)).toEqual({ low: null, high: 0, crossing: 'before' })
    expect(thresholdInterval([], 0.5, 0.95)).toEqual({ low: null, high: null, crossing: null })
  })

  test('uses, of a block, the seeds that were measured at all of its points, and needs two', () => {
    const all = point(0, [0.1, 0.11, 0.12])
    const one = { x: 1, seeds: new Map([[2, 0.1]]) }
    // The block of both points has one seed.
    expect(thresholdInterval([all, one], 0.5, 0.95).low).toBe(0)
    const two = {
      x: 1,
      seeds: new Map([
        [1, 0.1],
        [2, 0.12],
      ]),
    }
    expect(thresholdInterval([all, two], 0.5, 0.95).low).toBe(1)
  })

  test('is wider with more confidence', () => {
    const points = [around(0, 0.1), around(1, 0.44), around(2, 0.9)]
    expect(thresholdInterval(points, 0.5, 0.9).low).toBe(1)
    expect(thresholdInterval(points, 0.5, 0.9999).low).toBe(0)
  })

  test('asks for more confidence of each test the more tests are made, as documented', () => {
    expect(blockConfidence(3)).toBe(0.95)
    expect(blockConfidence(6)).toBe(0.95)
    // Errors of .05 · (6/12)^1.5 and .05 · (6/40)^1.5.
    expect(blockConfidence(12)).toBeCloseTo(1 - 0.0176777, 7)
    expect(blockConfidence(40)).toBeCloseTo(1 - 0.0029047, 7)
  })

  test('takes that confidence by default', () => {
    // Twelve equal points of three seeds: alone and together they are clear at 95 %, but not at 98.2 %.
    const points = Array.from({ length: 12 }, (_, x) => point(x, [0.421, 0.44, 0.459]))
    expect(thresholdInterval(points.slice(0, 6), 0.5).low).toBe(5)
    expect(thresholdInterval(points, 0.5, 0.9).low).toBe(11)
    expect(thresholdInterval(points, 0.5).low).toBeNull()
  })
})
