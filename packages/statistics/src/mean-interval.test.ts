import { describe, expect, test } from 'vitest'
import { averageImprovementInterval, improvementInterval } from './improvement-interval.ts'
import { jointConfidence } from './joint-confidence.ts'
import { meanInterval } from './mean-interval.ts'
import { estimateDifference } from './over-seeds-difference.ts'

const reach = ({ low, high }: { low: number; high: number }, center: number) => ({
  below: center - low,
  above: high - center,
})

test('without skewness it is the t interval', () => {
  // scipy.stats.t.interval(.95, 2, 2, 1 / numpy.sqrt(3))
  const { low, high } = meanInterval([1, 2, 3], 0.95)!
  expect(low).toBeCloseTo(2 - 2.4841377118, 9)
  expect(high).toBeCloseTo(2 + 2.4841377118, 9)
})

test('with skewness it is wider towards the longer tail, and equal to t on the other side', () => {
  // x = numpy.array([1, 1.2, 0.9, 1.1, 3]); scipy 1.17: t.ppf(.975, 4) * sem(x) = 1.0916762;
  // + (2 * norm.ppf(.975)**2 + 1) / 6 * 2 * skew(x, bias=False) / sqrt(5) * sem(x) = 2.1839490
  const { below, above } = reach(meanInterval([1, 1.2, 0.9, 1.1, 3], 0.95)!, 1.44)
  expect(below).toBeCloseTo(1.0916762, 6)
  expect(above).toBeCloseTo(2.183949, 6)
  const mirrored = reach(meanInterval([-1, -1.2, -0.9, -1.1, -3], 0.95)!, -1.44)
  expect(mirrored.above).toBeCloseTo(below, 12)
  expect(mirrored.below).toBeCloseTo(above, 12)
})

test('two values have no skewness, equal ones no margin, one value no interval', () => {
  const { below, above } = reach(meanInterval([1, 2], 0.95)!, 1.5)
  expect(below).toBeCloseTo(above, 12)
  expect(meanInterval([2, 2, 2], 0.95)).toEqual({ low: 2, high: 2 })
  expect(meanInterval([2], 0.95)).toBeNull()
})

test('equal skews of two arms cancel in their difference, that of one arm does not', () => {
  const arm = (values: number[]) => ({ values, replicates: values.map((value) => Float64Array.of(value, value)) })
  const skewed = [1, 1.2, 0.9, 1.1, 3]
  const margins = (left: number[], right: number[]) => {
    const { value, low, high } = estimateDifference(arm(left), arm(right), { confidence: 0.95 })
    return reach({ low: low!, high: high! }, value as number)
  }
  const alike = margins(skewed, skewed)
  expect(alike.above).toBeCloseTo(alike.below, 12)
  const other = margins(skewed, [1, 2, 3, 4, 5])
  expect(other.above).toBeGreaterThan(other.below + 0.01)
})

test('a score test is on the line at both ends of the interval of a chance', () => {
  // Newcombe's method 5 by the formula of the docstring, with t(.975, 7) = 2.3646243.
  const { low, high } = improvementInterval(0.775, { left: 5, right: 4 }, 0.95)!
  for (const chance of [low, high]) {
    const shared = (1 - chance) / (2 - chance) + chance / (1 + chance)
    const error = Math.sqrt((chance * (1 - chance) * (1 + 3.5 * shared)) / 20)
    expect(Math.abs(0.775 - chance) / error).toBeCloseTo(2.3646243, 6)
  }
})

test('if all pairs agree the interval is wide with three seeds and narrow with twenty', () => {
  const lowOf = (seeds: number) => improvementInterval(1, { left: seeds, right: seeds }, 0.95)!
  expect(lowOf(3).high).toBe(1)
  expect(lowOf(3).low).toBeLessThan(0.6)
  expect(lowOf(20).low).toBeGreaterThan(0.85)
  expect(improvementInterval(1, { left: 1, right: 9 }, 0.95)).toBeNull()
})

describe('the average of chances over tasks', () => {
  test('has a score test on the line at both ends, with the degrees of freedom of the smallest task', () => {
    // t(.975, 3) = 3.1824463 of the second task, which has 3 and 2 runs.
    const { low, high } = averageImprovementInterval(
      0.6,
      [
        { left: 5, right: 4 },
        { left: 3, right: 2 },
      ],
      0.95,
    )!
    for (const chance of [low, high]) {
      const shared = (1 - chance) / (2 - chance) + chance / (1 + chance)
      const variances =
        (chance * (1 - chance) * (1 + 3.5 * shared)) / 20 + (chance * (1 - chance) * (1 + 1.5 * shared)) / 6
      expect(Math.abs(0.6 - chance) / (Math.sqrt(variances) / 2)).toBeCloseTo(3.1824463, 6)
    }
  })

  test('is that of the only task, and narrower with more tasks', () => {
    const five = { left: 5, right: 5 }
    expect(averageImprovementInterval(0.8, [five], 0.95)).toEqual(improvementInterval(0.8, five, 0.95))
    const [one, three] = [1, 3].map((tasks) => averageImprovementInterval(1, Array(tasks).fill(five), 0.95)!)
    expect(three!.low).toBeGreaterThan(one!.low + 0.1)
    expect(three!.low).toBeLessThan(0.9)
  })

  test('needs a task, and two runs of both sides in each', () => {
    expect(averageImprovementInterval(0.5, [], 0.95)).toBeNull()
    expect(
      averageImprovementInterval(
        0.5,
        [
          { left: 5, right: 5 },
          { left: 5, right: 1 },
        ],
        0.95,
      ),
    ).toBeNull()
  })
})

test('of several intervals that hold together each has its part of the error', () => {
  expect(jointConfidence(0.95, 1)).toBe(0.95)
  expect(jointConfidence(0.95, 4)).toBeCloseTo(0.9875, 12)
})
