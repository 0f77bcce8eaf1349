import { describe, expect, test } from 'vitest'
import {
  bootstrapInterval,
  drawTasks,
  falseAlarms,
  improvementCases,
  sameTasks,
  scoreInterval,
  shifted,
} from '../test/improvement-cases.ts'
import { normal, twoGroups } from '../test/populations.ts'
import { simulateCoverage } from '../test/simulate-coverage.ts'
import { jointConfidence } from './joint-confidence.ts'

/** The standard error of a coverage of .95 is .0049, so an interval that covers .95 is below .935 once in a thousand times. */
const tries = 2000
const bound = 0.935
const confidence = 0.95

describe('the average chance to be better is covered at .935 or more', () => {
  test.each(improvementCases)('$name', ({ name, left, right, truth }) => {
    for (const tasks of [1, 3])
      for (const runs of [3, 5, 10]) {
        const { coverage } = simulateCoverage(`better ${name} ${tasks} ${runs}`, tries, (random) => ({
          interval: scoreInterval(
            drawTasks(sameTasks(left, tasks), runs, random),
            drawTasks(sameTasks(right, tasks), runs, random),
          ),
          truth,
        }))
        expect(coverage, `${runs} runs in each of ${tasks} tasks`).toBeGreaterThan(bound)
      }
  })

  test('tasks that differ: worse in one, better in two', () => {
    // Φ(−1 / √2) and Φ(2 / √2), twice.
    const truth = (0.2397501 + 2 * 0.9213504) / 3
    const left = [-1, 2, 2].map((by) => shifted(normal, by))
    for (const runs of [3, 5, 10]) {
      const { coverage } = simulateCoverage(`better mixed ${runs}`, tries, (random) => ({
        interval: scoreInterval(
          drawTasks(left, runs, random),
          drawTasks(sameTasks(shifted(normal, 0), 3), runs, random),
        ),
        truth,
      }))
      expect(coverage, `${runs} runs`).toBeGreaterThan(bound)
    }
  })

  test('the bootstrap does not, with five runs in one task', () => {
    const { left, right, truth } = improvementCases[1]
    const { coverage } = simulateCoverage('better by bootstrap', tries, (random) => ({
      interval: bootstrapInterval(drawTasks([left], 5, random), drawTasks([right], 5, random), random),
      truth,
    }))
    expect(coverage).toBeLessThan(0.91)
  })
})

// One side of 95 %: .025, and three standard errors of .0035.
test.each([
  { name: 'normal', draw: shifted(normal, 0) },
  { name: 'two groups', draw: shifted(twoGroups(0.5), 0) },
])('of four methods no better than a fifth, one is rarely shown to be better: $name', ({ name, draw }) => {
  const each = jointConfidence(confidence, 4)
  for (const [tasks, runs] of [
    [1, 10],
    [3, 5],
  ] as const) {
    const alarms = falseAlarms(name, draw, { tasks, runs, tries }, (left, own) => scoreInterval(left, own, each))
    expect(alarms, `${runs} runs in each of ${tasks} tasks`).toBeLessThan(0.025 + 3 * 0.0035)
  }
})

test('without the correction one is shown to be better twice as often as it may be', () => {
  const sizes = { tasks: 1, runs: 10, tries }
  expect(falseAlarms('normal', shifted(normal, 0), sizes, (left, own) => scoreInterval(left, own))).toBeGreaterThan(
    0.045,
  )
})
