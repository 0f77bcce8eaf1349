import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { environmentConformance } from '../../../test/environment-conformance.ts'
import { equalPayGuarantees } from '../../../test/conformance/solver.ts'
import { estimate } from '../../../test/play.ts'
import { gridActions, neighbourOffsets, rowAndColumn } from '../grid/grid.ts'
import { sampleMixture } from '../../mixture.ts'
import { pictureLegend, pictureLines } from '../../rendering/picture-lines.ts'
import { lavaLand } from './lava-land.ts'
import type { LavaLevel } from './level.ts'
import { drawPerlinNoise } from './perlin-noise.ts'
import { shortestWay } from './references.ts'
import { createLavaSimulator } from './simulator.ts'
import { planLava } from './solve-lava.ts'

environmentConformance(lavaLand, { size: 5, maxSteps: 20, discount: 0.9, shiftedLavaThreshold: 0 })
environmentConformance(lavaLand, { size: 3, maxSteps: 5, discount: 1, shiftedLavaThreshold: 1 })
environmentConformance(lavaLand, { size: 6, shiftedLavaThreshold: 0, levelLaw: 'lava-first' })

const stream = createStream(29)
const draw = (alpha: number, count: number, given: Record<string, unknown> = {}) => {
  const mixture = { environment: lavaLand, parameters: lavaLand.parameters.parse(given), alpha }
  return { ...mixture, stream, levels: Array.from({ length: count }, (_, i) => sampleMixture(mixture, stream, i)) }
}

describe('without lava', () => equalPayGuarantees(draw(0, 60)))

type Moves = readonly (typeof gridActions)[number][]

/** Plays the moves and returns, per step, [reward, proxy reward, terminated, truncated]. */
function walk(drawing: string, moves: Moves, given: Record<string, unknown> = {}) {
  const parameters = lavaLand.parameters.parse({ size: 3, ...given })
  const level = lavaLand.parseLevel(parameters, drawing)
  const actions = moves.map((move) => gridActions.indexOf(move))
  const simulator = createLavaSimulator(parameters, 1)
  simulator.reset(0, level)
  const outcomes = actions.map((action) => {
    simulator.step(Uint8Array.of(action))
    const {
      goalRewards: [rewards, proxyRewards],
      terminated,
      truncated,
    } = simulator
    return [rewards[0], proxyRewards[0], terminated[0], truncated[0]].join(' ')
  })
  return { outcomes, place: rowAndColumn(3, simulator.mouseCell(0)), simulator, parameters, level, actions }
}

const lake = `
  #####
  #@~c#
  #.~.#
  #...#
  #####`

test('every step that ends on lava costs 1, also a blocked one; the cheese pays 1 and ends the episode', () => {
  const { outcomes, simulator } = walk(lake, ['right', 'up', 'down', 'up', 'right'])
  expect(outcomes).toEqual(['-1 0 0 0', '-1 0 0 0', '-1 0 0 0', '-1 0 0 0', '1 1 1 0'])
  expect([...simulator.counters]).toEqual([4])
})

test('the step limit truncates, but an episode that ends by its rules in that step is terminated', () => {
  expect(walk(lake, ['down', 'up'], { maxSteps: 2 }).outcomes.at(-1)).toBe('0 0 0 1')
  expect(walk(lake, ['right', 'right'], { maxSteps: 2 }).outcomes.at(-1)).toBe('1 1 1 0')
})

test('an observation shows wall, mouse, cheese and lava; the mouse hides no lava', () => {
  const { simulator } = walk(lake, ['right'])
  const plane = (channel: number) =>
    Array.from({ length: 5 }, (_, row) =>
      Array.from({ length: 5 }, (_, column) => simulator.observations[(row * 5 + column) * 4 + channel]).join(''),
    )
  expect(plane(0)).toEqual(['11111', '10001', '10001', '10001', '11111'])
  expect(plane(1)).toEqual(['00000', '00100', '00000', '00000', '00000'])
  expect(plane(2)).toEqual(['00000', '00010', '00000', '00000', '00000'])
  expect(plane(3)).toEqual(['00000', '00100', '00100', '00000', '00000'])
})

describe('the optimum', () => {
  const solve = (drawing: string, given: Record<string, unknown> = {}) => {
    const { parameters, level } = walk(drawing, [], given)
    return { ...lavaLand.solve(parameters, level), plan: planLava(level, parameters), level }
  }

  test('leads around the lava if possible, and the proxy’s right through it', () => {
    const {
      optimalReturns: [optimalReturn, optimalProxyReturn],
      plan,
      level,
    } = solve(lake)
    expect(optimalReturn).toBeCloseTo(0.999 ** 5, 12)
    expect(optimalProxyReturn).toBeCloseTo(0.999, 12)
    expect(plan.actions).toEqual([2, 2, 3, 3, 0, 0])
    expect(shortestWay(level)).toEqual([3, 3])
  })

  test('is to avoid a cheese behind lava: crossing it costs more than the cheese is worth', () => {
    const behind = `
      #####
      #@~c#
      #.~.#
      #.~.#
      #####`
    const { solvable, optimalReturns, plan } = solve(behind)
    expect([solvable, optimalReturns[0]]).toEqual([false, 0])
    expect(plan.actions).toEqual([])
    expect(optimalReturns[1]).toBeCloseTo(0.999, 12)
  })

  test('is 0 if the step limit leaves no time for the way around', () => {
    const { solvable, optimalReturns } = solve(lake, { maxSteps: 5 })
    expect([solvable, optimalReturns[0]]).toEqual([false, 0])
    expect(solve(lake, { maxSteps: 6 }).solvable).toBe(true)
  })

  test('equals an exhaustive search in small worlds with much lava', () => {
    const rules = { size: 4, maxSteps: 10, discount: 0.9, shiftedLavaThreshold: 0.5, lavaScale: 3 }
    const { levels, parameters } = draw(1, 60, rules)
    expect(levels.reduce((sum, { lava }) => sum + lava.length, 0)).toBeGreaterThan(200)
    for (const level of levels)
      expect(planLava(level, parameters).optimalReturn).toBeCloseTo(tryAllActions(level, parameters), 12)
  })
})

/** The best return by trying every action and standing still in every state, by the written rules. */
function tryAllActions(level: LavaLevel, { discount, maxSteps }: { discount: number; maxSteps: number }): number {
  const known = new Map<string, number>()
  function best(cell: number, steps: number): number {
    if (steps === maxSteps || cell === level.cheese) return 0
    const state = `${cell} ${steps}`
    const value =
      known.get(state) ??
      Math.max(
        ...[0, ...neighbourOffsets(level.size)].map((offset) => {
          const to = level.walls[cell + offset] === 1 ? cell : cell + offset
          const reward = to === level.cheese ? 1 : level.lava.includes(to) ? -1 : 0
          return reward + discount * best(to, steps + 1)
        }),
      )
    known.set(state, value)
    return value
  }
  return best(level.mouse, 0)
}

describe('levels', () => {
  test('have no lava in training, and lakes of it after the shift, never under mouse or cheese', () => {
    expect(draw(0, 200).levels.every(({ lava }) => lava.length === 0)).toBe(true)
    const shifted = draw(1, 200).levels
    for (const { lava, mouse, cheese, walls } of shifted)
      expect(lava.every((cell) => cell !== mouse && cell !== cheese && walls[cell] === 0)).toBe(true)
    expect(shifted.filter(({ lava }) => lava.length > 0).length).toBeGreaterThan(180)
  })

  test('have more lava the higher the threshold, on all of the floor at 1', () => {
    const shares = [-0.5, -0.25, 0, 0.25, 1].map((shiftedLavaThreshold) => {
      const { levels } = draw(1, 300, { shiftedLavaThreshold, wallProbability: 0 })
      return levels.reduce((sum, { lava }) => sum + lava.length, 0) / (300 * 167)
    })
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    // Nine of the 169 cells are points of the lattice; of the others half.
    expect(shares[2]).toBeGreaterThan(0.44)
    expect(shares[2]).toBeLessThan(0.5)
    expect(shares[4]).toBe(1)
  })

  test.each(['jaxgmg', 'lava-first'])(
    'exist by %s if no cell is free of lava and walls: some are opened',
    (levelLaw) => {
      const rules = { size: 2, wallProbability: 0.9, shiftedLavaThreshold: 1, levelLaw }
      for (const level of draw(1, 50, rules).levels) {
        expect(level.mouse).not.toBe(level.cheese)
        expect([level.walls[level.mouse], level.walls[level.cheese]]).toEqual([0, 0])
      }
    },
  )

  test('have no lava on the points of the lattice, which begins at the corner of the border', () => {
    const { levels } = draw(1, 200, { size: 8, wallProbability: 0, shiftedLavaThreshold: 0 })
    const places = new Set(levels.flatMap(({ lava }) => lava.map((cell) => rowAndColumn(8, cell).join(' '))))
    const points = ['4 4', '4 8', '8 4', '8 8']
    expect(points.filter((place) => places.has(place))).toEqual([])
    expect(places.size).toBe(64 - points.length)
  })

  /**
   * Of 40,000 levels that an independent program drew by jaxgmg's rules (lava_land.py, noise_generation.py; blocks of
   * wall with probability .25, 13 × 13 cells inside the border), with their standard errors.
   */
  const golden = {
    lavaShare: { mean: 0.22607, standardError: 0.00027 },
    reachable: { mean: 0.93027, standardError: 0.00127 },
    reachableDry: { mean: 0.53687, standardError: 0.00249 },
    lavaStepsOfShortestWay: { mean: 2.04176, standardError: 0.01148 },
  }

  test('have as much lava as those of jaxgmg, as many cheeses in reach, dry or not, and as much lava on the way', () => {
    const { levels } = draw(1, 10_000)
    const ways = levels.map((level) => stepsOnLava(level, shortestWay(level)))
    const found = {
      lavaShare: levels.map(({ lava, walls }) => lava.length / (walls.filter((wall) => wall === 0).length - 2)),
      reachable: ways.map((way) => (way === null ? 0 : 1)),
      reachableDry: levels.map((level) => (shortestWay(drained(level)).length > 0 ? 1 : 0)),
      lavaStepsOfShortestWay: ways.filter((way) => way !== null),
    }
    for (const [name, { mean, standardError }] of Object.entries(golden)) {
      const drawn = estimate(found[name as keyof typeof golden])
      const tolerance = 3 * Math.hypot(standardError, drawn.standardError)
      expect(Math.abs(drawn.mean - mean), `${name}: ${drawn.mean}`).toBeLessThan(tolerance)
    }
  })

  test('are the same as at version 1 for parameters stored before this option', () => {
    const { levelLaw: _, ...before } = lavaLand.parameters.parse({ size: 7, shiftedLavaThreshold: -0.1, lavaScale: 3 })
    const sample = (given: object) =>
      lavaLand.distributions[1]!.sample(given as never, createStream(1).named('stored').at(0))
    // Drawn by version 1.
    const drawing = `
      #########
      #..##~#c#
      ##..##~.#
      #...##~.#
      #.~~.~~.#
      #.~#....#
      #.@...#.#
      #.~#...~#
      #########`
    expect(sample(before)).toEqual(lavaLand.parseLevel(lavaLand.parameters.parse({ size: 7 }), drawing))
    expect(sample(before)).toEqual(sample({ ...before, levelLaw: 'lava-first' }))
    expect(sample(before)).not.toEqual(sample({ ...before, levelLaw: 'jaxgmg' }))
  })
})

/** Steps of a path that end on lava; null if there is no path. */
function stepsOnLava({ size, mouse, lava }: LavaLevel, way: readonly number[]): number | null {
  let cell = mouse
  const cells = way.map((action) => (cell += neighbourOffsets(size)[action]))
  return cells.length === 0 ? null : cells.filter((passed) => lava.includes(passed)).length
}

/** The level with walls in place of its lava. */
function drained(level: LavaLevel): LavaLevel {
  const walls = level.walls.slice()
  for (const cell of level.lava) walls[cell] = 1
  return { ...level, walls, lava: [] }
}

describe('Perlin noise', () => {
  const grid = { size: 8, scale: 4, offset: 0.5 }
  const noises = Array.from({ length: 2_000 }, (_, i) => drawPerlinNoise(grid, stream.named('noise').at(i)))

  test('lies within ±√½, symmetrically about 0', () => {
    const values = noises.flatMap((noise) => [...noise])
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    expect(Math.max(...noises.map((noise) => Math.max(...noise)))).toBeLessThanOrEqual(Math.SQRT1_2)
    expect(Math.min(...noises.map((noise) => Math.min(...noise)))).toBeGreaterThanOrEqual(-Math.SQRT1_2)
    expect(Math.abs(mean)).toBeLessThan(0.01)
  })

  test('is smooth: neighbours are alike, cells of different lattice cells far apart are not', () => {
    const correlation = (from: number, to: number) => {
      const product = (a: number, b: number) => noises.reduce((sum, noise) => sum + noise[a] * noise[b], 0)
      return product(from, to) / Math.sqrt(product(from, from) * product(to, to))
    }
    expect(correlation(9, 10)).toBeGreaterThan(0.7)
    expect(Math.abs(correlation(0, 63))).toBeLessThan(0.1)
  })

  test('has, at the centre of a lattice cell, the variance that its formula gives', () => {
    // Four ramps of distance √½ and weight ¼, each of variance d²/2 over the directions of its gradient.
    const middle = { size: 1, scale: 1, offset: 0.5 }
    const centre = Array.from({ length: 4_000 }, (_, i) => drawPerlinNoise(middle, stream.named('centre').at(i))[0])
    const variance = centre.reduce((sum, value) => sum + value * value, 0) / centre.length
    expect(variance).toBeGreaterThan(0.0625 * 0.93)
    expect(variance).toBeLessThan(0.0625 * 1.07)
  })

  test('is 0 at the points of its lattice, wherever it begins', () => {
    const noise = drawPerlinNoise({ size: 5, scale: 2, offset: 1 }, stream.named('points').at(0))
    const isPoint = (index: number) => Math.floor(index / 5) % 2 === 1 && (index % 5) % 2 === 1
    expect([...noise.keys()].filter((index) => noise[index] === 0)).toEqual([...noise.keys()].filter(isPoint))
  })
})

test('a lattice with a point in every cell is refused, naming its scale; version 1 allowed it', () => {
  const issues = lavaLand.parameters.safeParse({ lavaScale: 1 }).error?.issues
  expect(issues?.map(({ path }) => path.join('.'))).toEqual(['lavaScale'])
  expect(lavaLand.parameters.safeParse({ lavaScale: 1, levelLaw: 'lava-first' }).success).toBe(true)
})

test('the picture shows the lava and the path through it', () => {
  const { parameters, level } = walk(lake, [])
  const picture = lavaLand.picture(parameters, level, { actions: shortestWay(level) })
  expect(pictureLines(picture)).toEqual(['██████████', '██○─▒─● ██', '██  ▒   ██', '██      ██', '██████████'])
  expect(pictureLegend(picture)).toBe('● mouse at the cheese  ○ start  ▒ lava')
})
