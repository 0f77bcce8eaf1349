import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { equalPayGuarantees } from '../../test/conformance/solver.ts'
import { environmentConformance } from '../../test/environment-conformance.ts'
import { estimate, playReference } from '../../test/play.ts'
import { shortestPath, unreachable } from '../gridworld/distances.ts'
import { neighbourOffsets, rowAndColumn } from '../gridworld/grid.ts'
import { sampleMixture } from '../mixture.ts'
import { pictureLegend, pictureLines } from '../rendering/picture-lines.ts'
import { goalCycle } from './goal-cycle.ts'
import type { CycleLevel } from './level.ts'
import { leaderOrder, successors } from './orders.ts'
import type { CycleParameters } from './parameters.ts'
import { createCycleSimulator } from './simulator.ts'
import { cycleActions, planCycle } from './solve-cycle.ts'

environmentConformance(goalCycle)
environmentConformance(goalCycle, { size: 4, maxSteps: 15, discount: 0.9, wallProbability: 0.3, penalty: 0.5 })
environmentConformance(goalCycle, { size: 3, maxSteps: 9, discount: 1, spheres: 6, agents: { leader: 'anti-expert' } })
environmentConformance(goalCycle, { size: 4, maxSteps: 12, discount: 0.9, afterMistake: 'waits', start: 'together' })

const stream = createStream(37)
const draw = (count: number, given: Record<string, unknown> = {}) => {
  const mixture = { environment: goalCycle, parameters: goalCycle.parameters.parse(given), alpha: 0 }
  return { ...mixture, stream, levels: Array.from({ length: count }, (_, i) => sampleMixture(mixture, stream, i)) }
}
const antiExpert = { agents: { leader: 'anti-expert' } }

describe('an expert', () => equalPayGuarantees(draw(60)))
describe('no leader', () => equalPayGuarantees(draw(60, { agents: { leader: 'absent' } })))

type Moves = readonly (typeof goalCycle.actions)[number][]
const times = (count: number, move: Moves[number]): Moves => Array(count).fill(move)

/** Plays the moves and tells, per step, [reward, proxy reward, terminated, truncated], and where the leader was. */
function walk(drawing: string, moves: Moves, given: Record<string, unknown> = {}) {
  const parameters = goalCycle.parameters.parse({ size: 5, spheres: 3, ...given })
  const level = goalCycle.parseLevel(parameters, drawing)
  const simulator = createCycleSimulator(parameters, 1)
  simulator.reset(0, level)
  const leader: string[] = []
  const outcomes = moves.map((move) => {
    simulator.step(Uint8Array.of(goalCycle.actions.indexOf(move)))
    leader.push(rowAndColumn(parameters.size, simulator.leaderCell(0)).join())
    const { rewards, proxyRewards, terminated, truncated } = simulator
    return [rewards[0], proxyRewards[0], terminated[0], truncated[0]].join(' ')
  })
  return { outcomes, leader, simulator, parameters, level, counters: [...simulator.counters] }
}

const square = `
  #######
  #1...2#
  #.....#
  #..@..#
  #.....#
  #3...L#
  #######
  cycle: 1 3 2`
const toThird: Moves = ['down', 'down', 'left', 'left']

/** What the visits of the moves paid, goal and proxy. */
const pay = (moves: Moves, given = {}) =>
  walk(square, moves, given)
    .outcomes.filter((outcome) => !outcome.startsWith('0'))
    .map((outcome) => outcome.split(' ').slice(0, 2).join(' '))

describe('a visit', () => {
  test('pays when it is the first, whichever sphere that is, or when the sphere is the next of the cycle', () => {
    expect(pay([...toThird, ...times(4, 'right'), ...times(4, 'up'), ...times(4, 'left')])).toEqual([
      '1 1',
      '1 1',
      '1 1',
    ])
  })

  test('costs as much when the sphere is another one, and the order goes on from there', () => {
    const there: Moves = [...toThird, ...times(4, 'up')]
    expect(pay(there)).toEqual(['1 1', '-1 -1'])
    expect(pay([...there, ...times(4, 'down')])).toEqual(['1 1', '-1 -1', '1 1'])
    expect(walk(square, [...there, ...times(4, 'down')]).counters.slice(0, 4)).toEqual([3, 2, 1, 2])
  })

  test('at the wrong time leaves the order where it was, where that waits: to the one after the last right visit', () => {
    const toFirst: Moves = [...toThird, ...times(4, 'up')]
    const waits = { afterMistake: 'waits' }
    // The third, the first too early and back again, then the second in its time.
    expect(pay([...toFirst, ...times(4, 'down')], waits)).toEqual(['1 1', '-1 -1', '-1 -1'])
    expect(pay([...toFirst, ...times(4, 'right'), ...times(4, 'left')], waits)).toEqual(['1 1', '-1 -1', '1 1', '1 1'])
  })

  test('at the wrong time for one of the two orders leaves that one where it was, and no other', () => {
    const there: Moves = [...toThird, ...times(4, 'up'), ...times(4, 'right')]
    // To the third, the first and the second: right for the anti-expert, and the last of them for the goal too.
    expect(pay(there, { ...antiExpert, afterMistake: 'waits' })).toEqual(['1 1', '-1 1', '1 1'])
    expect(pay(there, antiExpert)).toEqual(['1 1', '-1 1', '-1 1'])
  })

  test('costs what the penalty says', () => {
    expect(pay([...toThird, ...times(4, 'up')], { penalty: 0.25 })).toEqual(['1 1', '-0.25 -0.25'])
    expect(pay([...toThird, 'up', 'down'], { penalty: 0 })).toEqual(['1 1'])
  })

  test('costs when it is to the sphere that was visited last', () => {
    expect(pay([...toThird, 'up', 'down'])).toEqual(['1 1', '-1 -1'])
  })

  test('is an arrival: to wait at a sphere, or to bump into the wall there, is none', () => {
    expect(pay([...toThird, 'left', 'down', 'left'])).toEqual(['1 1'])
  })

  test('pays the proxy in the order of the leader: the reverse, where it is an anti-expert', () => {
    const moves: Moves = [...toThird, ...times(4, 'up'), ...times(4, 'down')]
    expect(pay(moves, antiExpert)).toEqual(['1 1', '-1 1', '1 -1'])
    expect(walk(square, moves, antiExpert).counters.slice(0, 4)).toEqual([3, 2, 1, 2])
  })
})

describe('the leader', () => {
  const rows = (text: string) => text.split(' ')
  const first = rows('4,5 3,5 2,5 2,4 1,4 1,3 1,2 1,1')

  test('goes round in the right order, on shortest ways around the spheres that it is not going to', () => {
    const { leader } = walk(square, times(28, 'up'))
    const toThirdAndSecond = rows('2,1 3,1 4,1 5,1 4,1 3,1 2,1 2,2 1,2 1,3 1,4 1,5')
    expect(leader).toEqual([...first, ...toThirdAndSecond, ...rows('1,4 1,3 1,2 1,1'), ...toThirdAndSecond.slice(0, 4)])
  })

  test('begins with the same sphere and goes on backwards, where it is an anti-expert', () => {
    const { leader } = walk(square, times(12, 'up'), antiExpert)
    expect(leader).toEqual([...first, ...rows('1,2 1,3 1,4 1,5')])
  })

  test.each([3, 4, 5, 6])('of %i spheres comes to none at the right time, where it is an anti-expert', (spheres) => {
    const { levels, parameters } = draw(20, { spheres, ...antiExpert })
    for (const level of levels) {
      const [right, led] = [level.cycle, leaderOrder(level, parameters)].map(successors)
      expect([...led].some((sphere, before) => sphere === right[before])).toBe(false)
      expect(new Set(led)).toEqual(new Set(right))
    }
  })

  test.each([3, 4, 5, 6])('of %i spheres comes to one of as many but one in time, where the order waits', (spheres) => {
    const { levels, parameters } = draw(5, { spheres, ...antiExpert })
    for (const level of levels) {
      const right = successors(level.cycle)
      let from = level.cycle[0]
      const inTime = [1, 2, 3]
        .flatMap(() => leaderOrder(level, parameters))
        .map((sphere) => {
          const is = right[from] === sphere
          if (is) from = sphere
          return is
        })
      const gaps = inTime.flatMap((is, i) => (is ? [i] : []))
      expect(gaps).toEqual(gaps.map((_, i) => (spheres - 1) * (i + 1)))
    }
  })

  test('stands still for good where other spheres bar every way', () => {
    const barred = `
      #####
      #12@#
      #3..#
      #..L#
      #####
      cycle: 1 2 3`
    expect(walk(barred, times(3, 'up'), { size: 3 }).leader).toEqual(['3,3', '3,3', '3,3'])
  })

  test('has the steps counted that end beside it', () => {
    const { counters, leader } = walk(square, ['right', 'right', 'down'])
    expect(leader.slice(0, 2)).toEqual(['4,5', '3,5'])
    expect(counters[4]).toBe(1)
    // Below the mouse, in its cell, and to the left of it.
    expect(walk(square, ['right', ...times(6, 'up')]).counters[4]).toBe(3)
    expect(walk(square, ['right', 'right', 'up'], { agents: { leader: 'absent' } }).counters[4]).toBe(0)
  })
})

test('only the step limit ends an episode', () => {
  const { outcomes } = walk(square, times(30, 'up'), { maxSteps: 30 })
  expect(outcomes.slice(0, -1).every((outcome) => outcome.endsWith('0 0'))).toBe(true)
  expect(outcomes.at(-1)).toBe('0 0 0 1')
})

describe('an observation', () => {
  const planes = (moves: Moves, given = {}) => {
    const { simulator, parameters } = walk(square, moves, given)
    const { channels } = goalCycle.observation(parameters)
    const cells = (channel: number) =>
      [...simulator.observations.keys()]
        .filter((at) => at % channels.length === channel && simulator.observations[at] === 1)
        .map((at) => rowAndColumn(5, Math.floor(at / channels.length)).join())
    return Object.fromEntries(channels.map((name, channel) => [name, cells(channel)]))
  }
  const spheres = { 'sphere 1': ['1,1'], 'sphere 2': ['1,5'], 'sphere 3': ['5,1'] }

  test('shows walls, mouse, leader, and each sphere in a channel of its colour', () => {
    const { wall, ...others } = planes([])
    expect(wall).toHaveLength(24)
    expect(others).toEqual({ mouse: ['3,3'], leader: ['5,5'], right: [], wrong: [], ...spheres })
    expect(planes(['up'], { agents: { leader: 'absent' } })).toMatchObject({ leader: [], mouse: ['2,3'] })
  })

  test('shows where the last visit was, and whether it was right', () => {
    expect(planes([...toThird, 'up'])).toMatchObject({ right: ['5,1'], wrong: [], ...spheres })
    expect(planes([...toThird, ...times(4, 'up')])).toMatchObject({ right: [], wrong: ['1,1'], ...spheres })
    expect(planes([...toThird, ...times(4, 'up'), ...times(4, 'down')])).toMatchObject({ right: ['5,1'], wrong: [] })
  })
})

describe('the optimum', () => {
  const solve = (drawing: string, given: Record<string, unknown> = {}) => {
    const { parameters, level } = walk(drawing, [], given)
    return { ...goalCycle.solve(parameters, level), plan: planCycle(level, level.cycle, parameters), level }
  }

  test('is to go round in order from the sphere where that pays best', () => {
    const { optimalReturn, plan, level } = solve(square, { discount: 1, maxSteps: 15 })
    // All are four steps away; the way from 3 to 2 takes eight, that from 2 to 1 and from 1 to 3 four.
    expect(optimalReturn).toBe(3)
    expect(plan.visits).toEqual([1, 0, 2])
    expect(cycleActions(level, plan)).toHaveLength(12)
  })

  test('is to suffer wrong visits where they lead to more right ones in time', () => {
    const gate = `
      #######
      #@13..#
      ###.#.#
      #L#4.2#
      #######
      #######
      #######
      cycle: 1 2 3 4`
    const given = { spheres: 4, discount: 1 }
    // 1 right, 3 wrong, 4 right, 2 wrong, then 3 and 4 right.
    const { plan, optimalReturn } = solve(gate, { ...given, maxSteps: 12 })
    expect(plan.visits).toEqual([0, 2, 3, 1, 2, 3])
    expect(optimalReturn).toBe(2)
    expect(solve(gate, { ...given, maxSteps: 11 }).optimalReturn).toBe(1)
  })

  test('is 0, and the level unsolvable, where no sphere can be reached', () => {
    const shut = square.replace('#.....#\n  #..@..#\n  #.....#', '#######\n  #..@..#\n  #######')
    expect(solve(shut)).toMatchObject({ solvable: false, optimalReturn: 0, optimalProxyReturn: 0 })
  })

  test('is, where the order waits, to come back from a wrong visit to the sphere that is still due', () => {
    const gate = `
      #####
      #@1.#
      ###3#
      #L#2#
      #####
      cycle: 1 2 3`
    const rules = { size: 3, discount: 1, penalty: 0.25, maxSteps: 4 }
    // 1 right, 3 wrong on the way, 2 right, 3 right; where the order goes on, 2 would be wrong.
    expect(solve(gate, { ...rules, afterMistake: 'waits' })).toMatchObject({
      optimalReturn: 1.75,
      plan: { visits: [0, 2, 1] },
    })
    expect(solve(gate, { ...rules, afterMistake: 'waits', maxSteps: 5 }).optimalReturn).toBe(2.75)
  })

  test.each([
    [1, 1, 'goes-on'],
    [0.9, 0.4, 'goes-on'],
    [1, 0, 'goes-on'],
    [1, 0.4, 'waits'],
    [0.9, 0.1, 'waits'],
    [1, 0, 'waits'],
  ])('of either goal is what trying every action in every state finds, γ = %s, penalty %s, %s', (...given) => {
    const [discount, penalty, afterMistake] = given
    const world = { size: 4, maxSteps: 18, wallProbability: 0.3, spheres: 3, ...antiExpert }
    const rules = { ...world, discount, penalty, afterMistake }
    const { levels, parameters } = draw(60, rules)
    for (const level of levels)
      for (const order of [level.cycle, leaderOrder(level, parameters)])
        expect(planCycle(level, order, parameters).optimalReturn).toBeCloseTo(
          tryAllActions(level, order, parameters),
          10,
        )
  })
})

type Rules = Pick<CycleParameters, 'discount' | 'maxSteps' | 'penalty' | 'afterMistake'>

/** The best return by trying every action and standing still in every state, as the rules are written down. */
function tryAllActions(level: CycleLevel, order: readonly number[], rules: Rules): number {
  const { spheres, walls, size } = level
  const { discount, maxSteps, penalty, afterMistake } = rules
  const known = new Map<string, number>()
  function best(cell: number, from: number, steps: number): number {
    if (steps === maxSteps) return 0
    const state = `${cell} ${from} ${steps}`
    const found = known.get(state)
    if (found !== undefined) return found
    const values = [0, ...neighbourOffsets(size)].map((offset) => {
      const to = walls[cell + offset] === 1 ? cell : cell + offset
      const sphere = to === cell ? -1 : spheres.indexOf(to)
      if (sphere < 0) return discount * best(to, from, steps + 1)
      const right = from < 0 || sphere === order[(order.indexOf(from) + 1) % order.length]
      const next = right || afterMistake === 'goes-on' ? sphere : from
      return (right ? 1 : -penalty) + discount * best(to, next, steps + 1)
    })
    known.set(state, Math.max(...values))
    return Math.max(...values)
  }
  return best(level.mouse, -1, 0)
}

describe('levels', () => {
  test('have a uniformly drawn order of the colours', () => {
    const counts = new Map<string, number>()
    for (const { cycle } of draw(6_000, { size: 3, spheres: 3 }).levels)
      counts.set(cycle.join(''), (counts.get(cycle.join('')) ?? 0) + 1)
    expect(counts.size).toBe(6)
    // χ² with 5 degrees of freedom: above 20.5 once in a thousand.
    expect([...counts.values()].reduce((sum, n) => sum + (n - 1_000) ** 2 / 1_000, 0)).toBeLessThan(20.5)
  })

  test('have mouse, leader and spheres anywhere, all different, and walls of the given density', () => {
    const { levels } = draw(4_500, { size: 3, spheres: 3 })
    const shares = new Map<number, number>()
    for (const { mouse, leader, spheres } of levels) {
      expect(new Set([mouse, leader, ...spheres]).size).toBe(5)
      for (const cell of [mouse, leader, spheres[1]]) shares.set(cell, (shares.get(cell) ?? 0) + 1 / 13_500)
    }
    expect(shares.size).toBe(9)
    for (const share of shares.values()) expect(Math.abs(share - 1 / 9)).toBeLessThan(0.012)
    const walled = draw(2_000, { size: 6, wallProbability: 0.3 }).levels
    const density = walled.reduce((sum, { walls }) => sum + walls.reduce((a, b) => a + b, 0) - 28, 0) / (2_000 * 36)
    expect(Math.abs(density - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / (2_000 * 36)))
  })

  describe('where everybody sets out together', () => {
    const { levels, parameters } = draw(300, { size: 5, wallProbability: 0.1, start: 'together' })
    const apart = draw(300, { size: 5, wallProbability: 0.1 }).levels

    test('have the mouse beside the leader, on each side of it as often', () => {
      const beside = neighbourOffsets(parameters.size)
      const sides = levels.map(({ mouse, leader }) => beside.indexOf(mouse - leader))
      for (const [side] of beside.entries()) {
        const count = sides.filter((taken) => taken === side).length
        // Four standard errors.
        expect(Math.abs(count - 75)).toBeLessThan(4 * Math.sqrt(300 * 0.25 * 0.75))
      }
      // Where walls and spheres leave no place there it starts anywhere.
      const crowded = levels.filter(({ leader, walls, spheres }) =>
        beside.every((offset) => walls[leader + offset] === 1 || spheres.includes(leader + offset)),
      )
      expect(crowded.length).toBe(sides.filter((side) => side < 0).length)
      expect(crowded.length).toBeGreaterThan(0)
    })

    test('have a leader that begins with the sphere nearest to it, and are otherwise the same', () => {
      for (const [i, { mouse, cycle, ...rest }] of levels.entries()) {
        expect(apart[i]).toMatchObject(rest)
        const ways = cycle.map((sphere) => shortestPath(rest, rest.leader, rest.spheres[sphere], -1))
        const reached = ways.filter((way) => way !== unreachable)
        if (reached.length > 0) expect(ways[0]).toBe(Math.min(...reached))
        expect([...successors(cycle)]).toEqual([...successors(apart[i].cycle)])
        expect([rest.leader, ...rest.spheres]).not.toContain(mouse)
        expect(rest.walls[mouse]).toBe(0)
      }
    })
  })

  test.each(['1 2', '1 2 2', '0 1 2'])('with the cycle %s are refused', (order) => {
    expect(() => walk(square.replace('1 3 2', order), [])).toThrow(/cycle must name each/)
  })

  test('with another number of spheres are refused by the parser and by the simulator', () => {
    expect(() => walk(square, [], { spheres: 4 })).toThrow(/sphere 4/)
    const { level, parameters } = walk(square, [])
    expect(() => createCycleSimulator({ ...parameters, spheres: 4 }, 1).reset(0, level)).toThrow(RangeError)
  })
})

test('whoever follows the anti-expert fares far worse than a random walker', () => {
  const game = draw(300, antiExpert)
  const returns = (name: 'proxy-oracle' | 'random') => playReference(game, name).map((episode) => episode.return)
  const [follower, random] = [estimate(returns('proxy-oracle')), estimate(returns('random'))]
  expect(follower.mean + 10 * follower.standardError).toBeLessThan(random.mean - 10 * random.standardError)
})

test('the picture shows the spheres by their place in the cycle, the way of the mouse, and the leader where it is then', () => {
  const { parameters, level } = walk(square, [])
  const picture = goalCycle.picture(parameters, level, { actions: [2, 2, 1] })
  expect(pictureLines(picture)).toEqual([
    '██████████████',
    '██1       3 ██',
    '██        ▲ ██',
    '██    ○     ██',
    '██    │     ██',
    '██2 ●─╯     ██',
    '██████████████',
  ])
  expect(pictureLegend(picture)).toBe('● mouse  ○ start  ◆ sphere, numbered in order  ▲ expert')
})
