import { createSuite } from '@goalpost/evaluation'
import { expect, test } from 'vitest'
import { watchDependence } from './watch-dependence.ts'
import { environmentOf } from '../../worlds/environment-of.ts'

const environment = environmentOf('corner')
const parameters = environment.parameters.parse({ size: 3 })
const suiteOf = (levels: number) =>
  createSuite(environment, parameters, { source: { distribution: 'distinguishing' }, levels, seed: 0 })

test.each([
  [100, 1, 200],
  [128, 2, 512],
  [600, 1, 200 * 2],
  [600, 2, 240 * 2],
])(
  'of %i levels × %i episodes with two decisions each, %i decisions are followed',
  (levels, episodesPerLevel, followed) => {
    const asked: number[] = []
    const policy = {
      distribution(slot: number, into: Float64Array) {
        asked.push(slot)
        into.fill(0)
        into[slot % 4] = 1
      },
    }
    const watch = watchDependence({ environment, suite: suiteOf(levels) }, policy, { episodesPerLevel })
    const cells = Array.from({ length: levels * episodesPerLevel }, (_, cell) => cell)
    for (const cell of [...cells, ...cells]) watch.onDecision(cell, cell)
    const { count, value } = watch.measure({})
    expect(count).toBe(asked.length)
    expect(value).toBeGreaterThan(0)
    // The last of them is among the last levels, so that every part of the suite is covered.
    expect(Math.max(...asked)).toBeGreaterThan(cells.length - 6)
    expect(asked.length).toBeLessThanOrEqual(512)
    expect(asked.length).toBe(followed)
  },
)
