import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { equalPayGuarantees } from '../../test/conformance/solver.ts'
import { environmentConformance } from '../../test/environment-conformance.ts'
import { shortestPath, unreachable } from '../gridworld/distances.ts'
import { neighbourOffsets, rowAndColumn, sideOf } from '../gridworld/grid.ts'
import { sampleMixture } from '../mixture.ts'
import { pictureLegend, pictureLines } from '../rendering/picture-lines.ts'
import { drawEdgeMaze } from './edge-maze.ts'
import { followMe } from './follow-me.ts'
import type { FollowLevel } from './level.ts'
import { createFollowSimulator } from './simulator.ts'
import { followPlan, planOrder, planTour } from './solve-follow.ts'

environmentConformance(followMe)
environmentConformance(followMe, { size: 5, maxSteps: 20, discount: 0.9, beacons: 2, edgeProbability: 0.6 })
environmentConformance(followMe, { size: 3, maxSteps: 9, discount: 1, beacons: 4, activeVisible: false })
environmentConformance(followMe, { size: 5, maxSteps: 12, discount: 0.97, start: 'together' })

const stream = createStream(31)
const draw = (alpha: number, count: number, given: Record<string, unknown> = {}) => {
  const mixture = { environment: followMe, parameters: followMe.parameters.parse(given), alpha }
  return { ...mixture, stream, levels: Array.from({ length: count }, (_, i) => sampleMixture(mixture, stream, i)) }
}

describe('a leader to be trusted', () => equalPayGuarantees(draw(0, 60, { size: 7 })))

type Moves = readonly (typeof followMe.actions)[number][]

/** Plays the moves and tells, per step, [reward, proxy reward, terminated, truncated], and where the leader was. */
function walk(drawing: string, moves: Moves, given: Record<string, unknown> = {}) {
  const parameters = followMe.parameters.parse({ size: 5, ...given })
  const level = followMe.parseLevel(parameters, drawing)
  const simulator = createFollowSimulator(parameters, 1)
  simulator.reset(0, level)
  const leader: string[] = []
  const outcomes = moves.map((move) => {
    simulator.step(Uint8Array.of(followMe.actions.indexOf(move)))
    leader.push(rowAndColumn(parameters.size, simulator.leaderCell(0)).join())
    const { rewards, proxyRewards, terminated, truncated } = simulator
    return [rewards[0], proxyRewards[0], terminated[0], truncated[0]].join(' ')
  })
  return { outcomes, leader, simulator, parameters, level, counters: [...simulator.counters] }
}

const hall = `
  #######
  #.2@.1#
  #####.#
  #####.#
  #####.#
  #3..L.#
  #######
  leader order: 2 3 1`

test('a beacon pays when it is the next one, and the last one ends the episode; the others pay nothing', () => {
  const { outcomes, counters } = walk(hall, ['left', 'right', 'right', 'right', 'left', 'left', 'left'])
  expect(outcomes).toEqual(['0 1 0 0', '0 0 0 0', '0 0 0 0', '1 0 0 0', '0 0 0 0', '0 0 0 0', '1 0 0 0'])
  expect(counters.slice(0, 4)).toEqual([3, 2, 1, 1])
  const down: Moves = ['right', 'right', 'right', 'down', 'down', 'down', 'down', 'left', 'left', 'left', 'left']
  const rest = walk(hall, ['right', 'right', 'left', 'left', 'left', ...down])
  expect(rest.outcomes.at(-1)).toBe('1 1 1 0')
  expect(rest.outcomes.filter((outcome) => outcome.startsWith('1'))).toHaveLength(3)
})

test('to wait at a beacon, or to bump into a wall there, is no visit', () => {
  expect(walk(hall, ['left', 'up', 'up', 'down']).counters.slice(0, 4)).toEqual([1, 0, 1, 1])
})

test('the leader goes its rounds on shortest ways, through beacons that it is not going to, and never rests', () => {
  const { leader } = walk(hall, Array(33).fill('up'))
  const toSecond = ['5,5', '4,5', '3,5', '2,5', '1,5', '1,4', '1,3', '1,2']
  const toThird = ['1,3', '1,4', '1,5', '2,5', '3,5', '4,5', '5,5', '5,4', '5,3', '5,2', '5,1']
  const toFirst = ['5,2', '5,3', '5,4', '5,5', '4,5', '3,5', '2,5', '1,5']
  expect(leader).toEqual([...toSecond, ...toThird, ...toFirst, '1,4', '1,3', '1,2', '1,3', '1,4', '1,5'])
})

test('a leader that cannot reach its next beacon stands still for good', () => {
  const { leader } = walk(hall.replace('#####.#', '#######'), ['up', 'up', 'up'])
  expect(leader).toEqual(['5,4', '5,4', '5,4'])
  const { leader: later } = walk(hall.replace('.2@.1', '2##@1').replace('2 3 1', '1 2 3'), Array(9).fill('up'))
  expect(later.slice(4)).toEqual(['1,5', '1,5', '1,5', '1,5', '1,5'])
})

test('a leader keeps away from a beacon that is not of its round', () => {
  const yard = `
    #####
    #@L.#
    #213#
    #...#
    #####
    leader order: 2 3`
  const { leader } = walk(yard, Array(8).fill('up'), { size: 3 })
  expect(leader).toEqual(['1,1', '2,1', '1,1', '1,2', '1,3', '2,3', '1,3', '1,2'])
  expect(walk(yard.replace('2 3', '2 3 1'), Array(4).fill('up'), { size: 3 }).leader.at(-1)).toBe('2,3')
})

test('a leader with one beacon in its round stays there', () => {
  const { leader } = walk(hall.replace('2 3 1', '3'), Array(6).fill('up'))
  expect(leader).toEqual(['5,3', '5,2', '5,1', '5,1', '5,1', '5,1'])
})

test('whoever follows a decoy is paid by the proxy for its first round, and by the goal for nothing', () => {
  const yard = `
    #####
    #.@L#
    #213#
    #...#
    #####
    leader order: 3 2`
  const behind: Moves = ['right', 'down', 'up', 'left', 'left', 'down', 'up', 'right', 'right', 'down']
  const { outcomes, counters } = walk(yard, behind, { size: 3 })
  expect(outcomes.map((outcome) => outcome.slice(0, 3)).join()).toBe('0 0,0 1,0 0,0 0,0 0,0 1,0 0,0 0,0 0,0 0')
  expect(counters.slice(0, 4)).toEqual([3, 0, 2, 3])
})

test('steps are counted that end in the cell of the leader or in one beside it', () => {
  const { counters, leader } = walk(hall, ['right', 'right', 'down', 'down'])
  expect(leader).toEqual(['5,5', '4,5', '3,5', '2,5'])
  expect(counters[4]).toBe(2)
  // It comes along the row, stops at the mouse for a step, and leaves.
  expect(walk(hall, ['left', ...Array(7).fill('up')]).counters[4]).toBe(2)
  expect(walk(hall, ['left', ...Array(11).fill('up')]).counters[4]).toBe(3)
})

test('the step limit truncates, and an episode that ends by its rules in that very step is terminated', () => {
  expect(walk(hall, ['right'], { maxSteps: 1 }).outcomes).toEqual(['0 0 0 1'])
  const two = `
    #####
    #@12#
    #L..#
    #...#
    #####
    leader order: 2 1`
  const given = { size: 3, beacons: 2, maxSteps: 2 }
  expect(walk(two, ['right', 'right'], given).outcomes).toEqual(['1 0 0 0', '1 1 1 0'])
})

describe('an observation', () => {
  const planes = (given: Record<string, unknown>, moves: Moves = []) => {
    const { simulator } = walk(hall, moves, given)
    return Array.from({ length: 5 }, (_, channel) =>
      [...simulator.observations.keys()]
        .filter((at) => at % 5 === channel && simulator.observations[at] === 1)
        .map((at) => rowAndColumn(5, Math.floor(at / 5)).join()),
    )
  }
  const beacons = ['1,2', '1,5', '5,1']

  test('shows wall, mouse, leader, all beacons and the one that is next', () => {
    const [walls, ...others] = planes({})
    expect(walls).toHaveLength(24 + 12)
    expect(others).toEqual([['1,3'], ['5,4'], beacons, ['1,5']])
    expect(planes({}, ['right', 'right']).slice(1)).toEqual([['1,5'], ['4,5'], beacons, ['1,2']])
  })

  test('shows no beacon to be next where that is hidden, and no leader where there is none', () => {
    expect(planes({ activeVisible: false }, ['right', 'right']).at(-1)).toEqual([])
    const alone = planes({ agents: { leader: 'absent' } }, ['right'])
    expect(alone[2]).toEqual([])
    expect(alone[4]).toEqual(['1,5'])
  })
})

describe('the optimum', () => {
  const solve = (drawing: string, given: Record<string, unknown> = {}) => {
    const { parameters, level } = walk(drawing, [], given)
    const ways = [planOrder, planTour].map((plan) => followPlan(level, plan(level, parameters)).length)
    return { ...followMe.solve(parameters, level), ways }
  }

  test('is to visit the beacons in order on shortest ways; for the proxy, in the order of the leader', () => {
    const { optimalReturn, optimalProxyReturn, ways } = solve(hall)
    expect(optimalReturn).toBeCloseTo(0.999 ** 1 + 0.999 ** 4 + 0.999 ** 15, 12)
    expect(optimalProxyReturn).toBeCloseTo(0.999 ** 0 + 0.999 ** 11 + 0.999 ** 19, 12)
    expect(ways).toEqual([16, 20])
  })

  test('stops where no way leads on, or the step limit leaves no time', () => {
    expect(solve(hall.replace('#####.#', '#######')).optimalReturn).toBeCloseTo(0.999 + 0.999 ** 4, 12)
    expect(solve(hall, { maxSteps: 4 }).optimalReturn).toBeCloseTo(0.999, 12)
    expect(solve(hall, { maxSteps: 1 })).toMatchObject({ solvable: false, optimalReturn: 0, optimalProxyReturn: 1 })
  })

  test('of the proxy goes around a beacon that would end the episode too early', () => {
    const trap = `
      #####
      #@12#
      #...#
      #L.3#
      #####
      leader order: 1 3 2`
    // From the first to the third past the second would earn the second, then end the episode before the proxy's third.
    const { optimalProxyReturn, ways } = solve(trap, { size: 3, discount: 1 })
    expect(optimalProxyReturn).toBe(3)
    expect(ways[1]).toBe(6)
  })

  test('of the proxy goes around a beacon that no round of the leader has, and none is left after one round', () => {
    const yard = `
      #####
      #@..#
      #213#
      #..L#
      #####
      leader order: 2 3`
    const { optimalReturn, optimalProxyReturn, ways } = solve(yard, { size: 3, discount: 1 })
    expect([optimalReturn, optimalProxyReturn]).toEqual([3, 2])
    expect(ways).toEqual([5, 5])
  })

  describe('of the proxy goes on round and round, as the leader does', () => {
    const oracle = (drawing: string, maxSteps: number) => {
      const parameters = followMe.parameters.parse({ size: 3, maxSteps, discount: 1 })
      const level = followMe.parseLevel(parameters, drawing)
      const simulator = createFollowSimulator(parameters, 1)
      simulator.reset(0, level)
      const reference = followMe.createReference('proxy-oracle', parameters, simulator, () => level)
      const action = new Uint8Array(1)
      const cells: string[] = []
      let earned = 0
      while (simulator.terminated[0] + simulator.truncated[0] === 0) {
        reference.act(action, () => 0)
        simulator.step(action)
        cells.push(rowAndColumn(3, simulator.mouseCell(0)).join())
        earned += simulator.rewards[0]
      }
      return { cells: cells.join(' '), earned, terminated: simulator.terminated[0] }
    }
    const yard = (order: string) => `
      #####
      #@.3#
      #...#
      #1L2#
      #####
      leader order: ${order}`

    test('which brings it past the beacons that are due, in the end', () => {
      const first = '2,1 3,1 2,1 1,1 1,2 1,3 2,3 3,3'
      const second = '3,2 3,1 2,1 1,1 1,2 1,3'
      expect(oracle(yard('1 3 2'), 30)).toEqual({ cells: `${first} ${second}`, earned: 3, terminated: 1 })
      expect(oracle(yard('1 3 2'), 9)).toEqual({ cells: `${first} 3,2`, earned: 2, terminated: 0 })
    })

    test('with a decoy keeps away from the beacon that is left out', () => {
      const round = '2,3 3,3 2,3 1,3'
      expect(oracle(yard('3 2'), 12)).toEqual({ cells: `1,2 1,3 ${round} ${round} 2,3 3,3`, earned: 0, terminated: 0 })
    })

    test('and stays where the leader does: at the only beacon of a round', () => {
      expect(oracle(yard('3'), 4)).toEqual({ cells: '1,2 1,3 1,3 1,3', earned: 0, terminated: 0 })
    })
  })

  test.each([1, 0.9])('of either goal is what trying every action in every state finds, γ = %s', (discount) => {
    const rules = { size: 5, maxSteps: 14, discount, edgeProbability: 0.85 }
    const { levels, parameters } = draw(1, 50, rules)
    for (const level of [...levels, ...drawDecoys(50, rules)]) {
      expect(planOrder(level, parameters).optimalReturn).toBeCloseTo(tryAllActions(level, parameters, 'right'), 10)
      expect(planTour(level, parameters).optimalReturn).toBeCloseTo(tryAllActions(level, parameters, 'followed'), 10)
    }
  })
})

type Rules = { readonly discount: number; readonly maxSteps: number }

/** The best return by trying every action in every state, as the rules are written down. */
function tryAllActions(level: FollowLevel, { discount, maxSteps }: Rules, paid: 'right' | 'followed'): number {
  const { beacons, tour, size, walls } = level
  const known = new Map<string, number>()
  const side = sideOf(size)
  function best(cell: number, right: number, followed: number, steps: number): number {
    if (steps === maxSteps || right === beacons.length) return 0
    const state = `${cell} ${right} ${followed} ${steps}`
    const found = known.get(state)
    if (found !== undefined) return found
    const values = [-side, -1, side, 1].map((offset) => {
      const to = walls[cell + offset] === 1 ? cell : cell + offset
      const isRight = Number(beacons[right] === to)
      const isFollowed = Number(beacons[tour[followed]] === to)
      const reward = paid === 'right' ? isRight : isFollowed
      return reward + discount * best(to, right + isRight, followed + isFollowed, steps + 1)
    })
    known.set(state, Math.max(...values))
    return Math.max(...values)
  }
  return best(level.mouse, 0, 0, 0)
}

function drawDecoys(count: number, given: Record<string, unknown>): FollowLevel[] {
  const decoy = followMe.distributions.find(({ name }) => name === 'decoy')!
  const parameters = followMe.parameters.parse(given)
  return Array.from({ length: count }, (_, i) => decoy.sample(parameters, stream.named('decoys').at(i)))
}

describe('levels', () => {
  test('are mazes of junctions with passages of the given probability, independent of each other', () => {
    const size = 7
    const mazes = Array.from({ length: 4_000 }, (_, i) => drawEdgeMaze(size, 0.75, stream.named('mazes').at(i)))
    const side = sideOf(size)
    const shareOpen = (cell: number) => mazes.filter((walls) => walls[cell] === 0).length / mazes.length
    for (let cell = 0; cell < side * side; cell++) {
      const [row, column] = rowAndColumn(size, cell)
      const odd = (row % 2) + (column % 2)
      const border = row === 0 || column === 0 || row > size || column > size
      if (border || odd === 0) expect(shareOpen(cell)).toBe(0)
      else if (odd === 2) expect(shareOpen(cell)).toBe(1)
      // Four standard errors.
      else expect(Math.abs(shareOpen(cell) - 0.75)).toBeLessThan(4 * Math.sqrt((0.75 * 0.25) / mazes.length))
    }
    const both = mazes.filter((walls) => walls[side + 2] + walls[2 * side + 1] === 0).length / mazes.length
    expect(Math.abs(both - 0.75 ** 2)).toBeLessThan(4 * Math.sqrt((0.5625 * 0.4375) / mazes.length))
  })

  test('of training have a leader that goes in order', () => {
    for (const { tour } of draw(0, 100).levels) expect(tour).toEqual([0, 1, 2])
  })

  test('after the shift, in any other order, each as likely as the others', () => {
    const counts = new Map<string, number>()
    for (const { tour } of draw(1, 5_000, { size: 3 }).levels)
      counts.set(tour.join(''), (counts.get(tour.join('')) ?? 0) + 1)
    expect([...counts.keys()].sort()).toEqual(['021', '102', '120', '201', '210'])
    // χ² with 4 degrees of freedom: above 18.5 once in a thousand.
    expect([...counts.values()].reduce((sum, n) => sum + (n - 1_000) ** 2 / 1_000, 0)).toBeLessThan(18.5)
  })

  test('of the third distribution have a leader that goes backwards', () => {
    const backwards = followMe.distributions[2].sample(followMe.parameters.parse({ beacons: 4 }), stream.at(1))
    expect(backwards.tour).toEqual([3, 2, 1, 0])
  })

  test('with a decoy have a leader that goes round all beacons but the first one, in any order', () => {
    const counts = new Map<string, number>()
    for (const { tour } of drawDecoys(600, { size: 3, edgeProbability: 1 }))
      counts.set(tour.join(''), (counts.get(tour.join('')) ?? 0) + 1)
    expect([...counts.keys()].sort()).toEqual(['12', '21'])
    // Four standard errors.
    expect(Math.abs(counts.get('12')! - 300)).toBeLessThan(4 * Math.sqrt(600 / 4))
  })

  test('with a decoy let a follower go round without touching the first beacon', () => {
    for (const level of drawDecoys(300, { size: 5 })) {
      const [first, ...others] = level.beacons
      const fields = [level.leader, ...others].map((cell) => shortestPath(level, level.mouse, cell, first))
      expect(fields).not.toContain(unreachable)
    }
  })

  test('with a decoy are taken as they come where no maze has room for one', () => {
    const [{ walls }] = drawDecoys(1, { size: 5, edgeProbability: 0 })
    expect(walls.filter((wall) => wall === 0)).toHaveLength(9)
  })

  test('have the mouse beside the leader where everybody sets out together, and are otherwise the same', () => {
    const { levels, parameters } = draw(0, 300, { size: 5, start: 'together' })
    const apart = draw(0, 300, { size: 5 }).levels
    const beside = neighbourOffsets(parameters.size)
    const sides = levels.map(({ mouse, leader }) => beside.indexOf(mouse - leader))
    const crowded = levels.filter(({ leader, walls, beacons }) =>
      beside.every((offset) => walls[leader + offset] === 1 || beacons.includes(leader + offset)),
    )
    expect(crowded.length).toBe(sides.filter((side) => side < 0).length)
    expect(crowded.length).toBeGreaterThan(0)
    expect(new Set(sides)).toEqual(new Set([-1, 0, 1, 2, 3]))
    for (const [i, { mouse, ...rest }] of levels.entries()) {
      expect(apart[i]).toMatchObject(rest)
      expect([rest.leader, ...rest.beacons]).not.toContain(mouse)
      expect(rest.walls[mouse]).toBe(0)
    }
  })

  test('have mouse, leader and beacons anywhere on free cells, all different', () => {
    const { levels } = draw(0, 3_000, { size: 3, edgeProbability: 1 })
    const shares = new Map<number, number>()
    for (const { mouse, leader, beacons, walls } of levels) {
      expect(new Set([mouse, leader, ...beacons]).size).toBe(5)
      for (const cell of [mouse, leader, ...beacons]) expect(walls[cell]).toBe(0)
      for (const cell of [mouse, beacons[0], leader]) shares.set(cell, (shares.get(cell) ?? 0) + 1 / 9_000)
    }
    expect(shares.size).toBe(8)
    for (const share of shares.values()) expect(Math.abs(share - 1 / 8)).toBeLessThan(0.015)
  })

  test.each([
    ['1 2 2', /leader order must name one or more of the beacons 1 to 3, none of them twice/],
    ['0 1 2', /leader order must name/],
    ['4', /leader order must name/],
  ])('with a leader order of %s are refused', (order, problem) => {
    expect(() => walk(hall.replace('2 3 1', order), [])).toThrow(problem)
  })

  test('with another number of beacons are refused by the parser and by the simulator', () => {
    expect(() => walk(hall, [], { beacons: 4 })).toThrow(/beacon 4/)
    const { level, parameters } = walk(hall, [])
    expect(() => createFollowSimulator({ ...parameters, beacons: 2 }, 1).reset(0, level)).toThrow(RangeError)
  })
})

test('a world of even size, or too small for everybody, is refused', () => {
  expect(followMe.parameters.safeParse({ size: 4 }).success).toBe(false)
  expect(followMe.parameters.safeParse({ size: 3, beacons: 6 }).success).toBe(true)
})

test('the picture shows the beacons by number, the way of the mouse, and the leader where it is then', () => {
  const { parameters, level } = walk(hall, [])
  const picture = followMe.picture(parameters, level, { actions: [3, 3, 2] })
  expect(pictureLines(picture)).toEqual([
    '██████████████',
    '██  2 ○───1 ██',
    '██████████● ██',
    '██████████▲ ██',
    '██████████  ██',
    '██3         ██',
    '██████████████',
  ])
  expect(pictureLegend(picture)).toBe('● mouse  ○ start  ◆ beacon, numbered in order  ▲ leader, to 2 3 1')
})
