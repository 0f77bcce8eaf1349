import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { environmentConformance } from '../../../test/environment-conformance.ts'
import { gridActions } from '../grid/grid.ts'
import { colourShapeParameters } from './parameters.ts'
import { mazeColourShape } from './maze-colour-shape.ts'

environmentConformance(mazeColourShape, { view: 'symbolic', size: 7, swapChannels: true })

type Move = (typeof gridActions)[number]

function walk(drawing: string, moves: readonly Move[], given: Record<string, unknown> = {}) {
  const parameters = colourShapeParameters.parse({ size: 3, view: 'symbolic', ...given })
  const simulator = mazeColourShape.createSimulator(parameters, 1)
  const level = mazeColourShape.parseLevel(parameters, drawing)
  simulator.reset(0, level)
  const outcomes = moves.map((move) => {
    simulator.step(Uint8Array.of(gridActions.indexOf(move)))
    return [simulator.goalRewards[0][0], simulator.goalRewards[1][0], simulator.terminated[0]].join(' ')
  })
  return { outcomes, simulator, solution: mazeColourShape.solve(parameters, level) }
}

const training = `
  #####
  #b#.#
  #.#.#
  #@..#
  #####`
const conflict = `
  #####
  #l#y#
  #.#.#
  #@..#
  #####`

describe('an episode', () => {
  test('pays both goals at a yellow line, and ends', () => {
    const { outcomes, simulator } = walk(training, ['up', 'up'])
    expect(outcomes).toEqual(['0 0 0', '1 1 1'])
    expect([...simulator.counters]).toEqual([1, 1, 1])
  })

  test('ends at whichever of line and gem is reached first, and counts it', () => {
    const line = walk(conflict, ['up', 'up'])
    expect(line.outcomes.at(-1)).toBe('1 0 1')
    expect([...line.simulator.counters]).toEqual([1, 0, 1])
    const gem = walk(conflict, ['right', 'right', 'up', 'up'])
    expect(gem.outcomes.at(-1)).toBe('0 1 1')
    expect([...gem.simulator.counters]).toEqual([0, 1, 1])
  })

  test('cannot pass one object to reach the other', () => {
    const { solvable, optimalReturns } = walk(conflict.replace('.#.', 'y#.').replace('#y#\n', '#.#\n'), []).solution
    expect([solvable, optimalReturns[0]]).toEqual([false, 0])
  })
})

describe('an observation', () => {
  /** Names of the channels set in a cell. */
  const channelsAt = (drawing: string, [row, column]: readonly [number, number], given = {}) => {
    const { observations } = walk(drawing, [], given).simulator
    const { channels } = mazeColourShape.observation(colourShapeParameters.parse({ size: 3, view: 'symbolic' }))
    return channels.filter((_, i) => observations[(row * 5 + column) * channels.length + i] === 1)
  }

  test('shows colours as red and green, and shapes: yellow is both colours', () => {
    expect(channelsAt(training, [1, 1])).toEqual(['red', 'green', 'line'])
    expect(channelsAt(conflict, [1, 1])).toEqual(['red', 'line'])
    expect(channelsAt(conflict, [1, 3])).toEqual(['red', 'green', 'gem'])
  })

  test('with swapped channels shows a green line instead of a red one, and yellow unchanged', () => {
    expect(channelsAt(conflict, [1, 1], { swapChannels: true })).toEqual(['green', 'line'])
    expect(channelsAt(conflict, [1, 3], { swapChannels: true })).toEqual(['red', 'green', 'gem'])
    expect(channelsAt(training, [1, 1], { swapChannels: true })).toEqual(['red', 'green', 'line'])
  })

  /** R, G, Y: colours of objects; M: the mouse. */
  function pixelsOf(drawing: string, given: Record<string, unknown>): string[] {
    const { simulator } = walk(drawing, [], { view: 'pixels', ...given })
    const side = Math.sqrt(simulator.observations.length / 3)
    const letterAt = (at: number) => {
      const [red, green, blue] = simulator.observations.subarray(3 * at, 3 * at + 3)
      if (blue === 255) return 'M'
      if (blue !== 0) return red === 112 ? '#' : '.'
      return red === 0 ? 'G' : green === 0 ? 'R' : 'Y'
    }
    return Array.from({ length: side }, (_, row) =>
      Array.from({ length: side }, (_cell, column) => letterAt(row * side + column)).join(''),
    )
  }

  test('in pixels draws a diagonal line and a gem, down to 3 pixels per cell', () => {
    expect(pixelsOf(conflict, { pixels: 9 })).toEqual([
      '..R###.Y.',
      '.R.###YYY',
      'R..###.Y.',
      '...###...',
      '...###...',
      '...###...',
      'MMM......',
      'MMM......',
      'MMM......',
    ])
    expect(pixelsOf(conflict, { pixels: 9, swapChannels: true })[0]).toBe('..G###.Y.')
    expect(pixelsOf(training, { pixels: 9 })[0]).toBe('..Y###...')
    expect(pixelsOf(conflict, { pixels: 21 }).slice(0, 7)).toEqual([
      '.....RR#######...Y...',
      '....RRR#######..YYY..',
      '...RRR.#######.YYYYY.',
      '..RRR..#######YYYYYYY',
      '.RRR...#######.YYYYY.',
      'RRR....#######..YYY..',
      'RR.....#######...Y...',
    ])
  })
})

test('conflict levels have two objects, and neither is on the way to the other', () => {
  const { sample } = mazeColourShape.distributions[1]
  const parameters = colourShapeParameters.parse({})
  const stream = createStream(31)
  for (let i = 0; i < 500; i++) {
    const { size, walls, mouse, line, yellow } = sample(parameters, stream.at(i))
    expect(new Set([mouse, line, yellow]).size).toBe(3)
    const reached = new Set<number>()
    const visit = (cell: number): void => {
      if (walls[cell] === 1 || reached.has(cell)) return
      reached.add(cell)
      if (cell === line || cell === yellow) return
      for (const offset of [-1, 1, -size - 2, size + 2]) visit(cell + offset)
    }
    visit(mouse)
    expect([reached.has(line), reached.has(yellow)]).toEqual([true, true])
  }
})

test('the preference for colour is the share of yellow among the objects reached', () => {
  const { counters, measures } = mazeColourShape.measures(colourShapeParameters.parse({}))
  expect(counters).toEqual(['line', 'yellow', 'either'])
  expect(measures.find(({ name }) => name === 'colour-preference')).toMatchObject({
    counter: 'yellow',
    per: { counter: 'either' },
  })
})

test('too few pixels to tell the shapes apart are refused', () => {
  expect(() => colourShapeParameters.parse({ size: 25 })).toThrow(/at least 3 × size/)
})
