import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { gridActions } from '../grid/grid.ts'
import { environmentConformance } from '../../../test/environment-conformance.ts'
import { playReference } from '../../../test/play.ts'
import { sampleMixture } from '../../mixture.ts'
import { dish } from './dish.ts'

environmentConformance(dish, { dishes: 1, size: 5, maxSteps: 32, discount: 0.99 })
environmentConformance(dish, { ending: 'both', timePenalty: 0.9, size: 5, maxSteps: 32, discount: 0.99 })

const apart = `
  #####
  #c@d#
  #...#
  #...#
  #####`
const between = `
  #####
  #@dc#
  ###.#
  #...#
  #####`

function start(drawing: string, given: Record<string, unknown> = {}) {
  const parameters = dish.parameters.parse({ size: 3, ...given })
  const level = dish.parseLevel(parameters, drawing)
  const simulator = dish.createSimulator(parameters, 1)
  simulator.reset(0, level)
  const step = (move: (typeof gridActions)[number]) => {
    simulator.step(Uint8Array.of(gridActions.indexOf(move)))
    const {
      goalRewards: [rewards, proxyRewards],
      terminated,
      truncated,
    } = simulator
    return [rewards[0], proxyRewards[0], terminated[0], truncated[0]].join(' ')
  }
  return { parameters, level, simulator, step, solution: dish.solve(parameters, level) }
}

describe('an episode', () => {
  test('pays the cheese to the goal and ends there', () => {
    expect(start(apart).step('left')).toBe('1 0 1 0')
  })

  test('pays the dish to the proxy and ends there', () => {
    expect(start(apart).step('right')).toBe('0 1 1 0')
  })

  test('pays both if the cheese is on the dish', () => {
    expect(start(apart.replace('c@d', '.@b')).step('right')).toBe('1 1 1 0')
  })

  test('cannot pass the dish to the cheese', () => {
    expect(start(between).solution).toEqual({
      solvable: false,
      optimalReturns: [0, 1],
    })
  })

  test('that ends at both continues after the first, which disappears, and pays each once', () => {
    const { step, simulator } = start(apart, { ending: 'both', dishes: 2 })
    const seen = () => [2, 3, 4].map((channel) => simulator.observations.filter((_, i) => i % 5 === channel).indexOf(1))
    expect(seen()).toEqual([6, 8, 8])
    expect([step('right'), seen()]).toEqual(['0 1 0 0', [6, -1, -1]])
    expect(['left', 'right', 'left'].map((move) => step(move as 'left'))).toEqual(['0 0 0 0', '0 0 0 0', '0 0 0 0'])
    expect(step('left')).toBe('1 0 1 0')
  })

  test('that ends at both can lead over the dish to the cheese', () => {
    expect(start(between, { ending: 'both', discount: 0.5 }).solution).toMatchObject({ optimalReturns: [0.5, 1] })
  })

  test('ends at either if parameters do not name the ending', () => {
    const before = dish.parameters.parse({ size: 3 })
    const simulator = dish.createSimulator(before, 1)
    simulator.reset(0, dish.parseLevel(before, apart))
    simulator.step(Uint8Array.of(gridActions.indexOf('right')))
    expect([simulator.goalRewards[1][0], simulator.terminated[0]]).toEqual([1, 1])
  })

  test('of the true-oracle takes the way around the dish, although the way over it is shorter', () => {
    const detour = `
      #####
      #@dc#
      #...#
      #...#
      #####`
    const { parameters, level, solution } = start(detour)
    expect(solution.optimalReturns[0]).toBeCloseTo(0.999 ** 3, 12)
    const game = { environment: dish, parameters, alpha: 1, levels: [level], stream: createStream(0) }
    expect(playReference(game, 'true-oracle')[0]).toMatchObject({
      return: solution.optimalReturns[0],
      proxyReturn: 0,
      steps: 4,
    })
  })
})

test.each([1, 6])('D = %i channels all show the dish, after wall, mouse and cheese', (dishes) => {
  const { parameters, simulator } = start(apart, { dishes })
  const { channels, shape } = dish.observation(parameters)
  expect(shape).toEqual([5, 5, 3 + dishes])
  expect(channels.slice(0, 4)).toEqual(['wall', 'mouse', 'cheese', 'dish 1'])
  const seenAt = (row: number, column: number) => {
    const cell = (row * 5 + column) * channels.length
    return Array.from(simulator.observations.subarray(cell, cell + channels.length))
  }
  expect(seenAt(1, 3)).toEqual([0, 0, 0, ...Array(dishes).fill(1)])
  expect(seenAt(1, 1)).toEqual([0, 0, 1, ...Array(dishes).fill(0)])
  expect(simulator.observations.reduce((sum, byte) => sum + byte)).toBe(16 + 1 + 1 + dishes)
})

describe('levels', () => {
  const draw = (alpha: number, count: number) => {
    const parameters = dish.parameters.parse({ size: 3, wallProbability: 0 })
    const mixture = { environment: dish, parameters, alpha }
    return Array.from({ length: count }, (_, i) => sampleMixture(mixture, createStream(23), i))
  }

  test('have cheese and dish in one cell if they are non-distinguishing, and the mouse elsewhere', () => {
    for (const { mouse, cheese, dish } of draw(0, 300)) {
      expect(dish).toBe(cheese)
      expect(mouse).not.toBe(cheese)
    }
  })

  test('have them in independent cells if they are distinguishing: the same cell in one of nine', () => {
    const levels = draw(1, 9_000)
    const same = levels.filter(({ cheese, dish }) => cheese === dish).length
    expect(Math.abs(same - 1_000)).toBeLessThan(4 * Math.sqrt(1_000))
    expect(levels.every(({ mouse, cheese, dish }) => mouse !== cheese && mouse !== dish)).toBe(true)
  })
})
