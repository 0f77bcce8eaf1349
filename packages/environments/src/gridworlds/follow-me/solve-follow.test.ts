import { describe, expect, test } from 'vitest'
import { draw, drawDecoys, hall, walk } from '../../../test/follow-me-walks.ts'
import { rowAndColumn, sideOf } from '../grid/grid.ts'
import { followMe } from './follow-me.ts'
import type { FollowLevel } from './level.ts'
import { createFollowSimulator } from './simulator.ts'
import { followPlan, planOrder, planTour } from './solve-follow.ts'

describe('the optimum', () => {
  const solve = (drawing: string, given: Record<string, unknown> = {}) => {
    const { parameters, level } = walk(drawing, [], given)
    const ways = [planOrder, planTour].map((plan) => followPlan(level, plan(level, parameters)).length)
    return { ...followMe.solve(parameters, level), ways }
  }

  test('is to visit the beacons in order on shortest paths; for the proxy, in the leader’s order', () => {
    const {
      optimalReturns: [optimalReturn, optimalProxyReturn],
      ways,
    } = solve(hall)
    expect(optimalReturn).toBeCloseTo(0.999 ** 1 + 0.999 ** 4 + 0.999 ** 15, 12)
    expect(optimalProxyReturn).toBeCloseTo(0.999 ** 0 + 0.999 ** 11 + 0.999 ** 19, 12)
    expect(ways).toEqual([16, 20])
  })

  test('stops if no path continues, or the step limit leaves no time', () => {
    expect(solve(hall.replace('#####.#', '#######')).optimalReturns[0]).toBeCloseTo(0.999 + 0.999 ** 4, 12)
    expect(solve(hall, { maxSteps: 4 }).optimalReturns[0]).toBeCloseTo(0.999, 12)
    const { solvable, optimalReturns } = solve(hall, { maxSteps: 1 })
    expect([solvable, ...optimalReturns.slice(0, 2)]).toEqual([false, 0, 1])
  })

  test('of the proxy goes around a beacon that would end the episode too early', () => {
    const trap = `
      #####
      #@12#
      #...#
      #L.3#
      #####
      leader order: 1 3 2`
    // Going from 1 to 3 through 2 would end the episode at 3, before the proxy's third beacon.
    const {
      optimalReturns: [, optimalProxyReturn],
      ways,
    } = solve(trap, { size: 3, discount: 1 })
    expect(optimalProxyReturn).toBe(3)
    expect(ways[1]).toBe(6)
  })

  test('of the proxy goes around a beacon outside the leader’s round, and has no more after one round', () => {
    const yard = `
      #####
      #@..#
      #213#
      #..L#
      #####
      leader order: 2 3`
    const {
      optimalReturns: [optimalReturn, optimalProxyReturn],
      ways,
    } = solve(yard, { size: 3, discount: 1 })
    expect([optimalReturn, optimalProxyReturn]).toEqual([3, 2])
    expect(ways).toEqual([5, 5])
  })

  describe('of the proxy keeps going round, as the leader does', () => {
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
        earned += simulator.goalRewards[0][0]
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

    test('so that it passes the due beacons in the end', () => {
      const first = '2,1 3,1 2,1 1,1 1,2 1,3 2,3 3,3'
      const second = '3,2 3,1 2,1 1,1 1,2 1,3'
      expect(oracle(yard('1 3 2'), 30)).toEqual({ cells: `${first} ${second}`, earned: 3, terminated: 1 })
      expect(oracle(yard('1 3 2'), 9)).toEqual({ cells: `${first} 3,2`, earned: 2, terminated: 0 })
    })

    test('avoiding the beacon that a decoy leaves out', () => {
      const round = '2,3 3,3 2,3 1,3'
      expect(oracle(yard('3 2'), 12)).toEqual({ cells: `1,2 1,3 ${round} ${round} 2,3 3,3`, earned: 0, terminated: 0 })
    })

    test('and stays, like the leader, at the only beacon of a round', () => {
      expect(oracle(yard('3'), 4)).toEqual({ cells: '1,2 1,3 1,3 1,3', earned: 0, terminated: 0 })
    })
  })

  test.each([1, 0.9])('of either goal equals an exhaustive search, γ = %s', (discount) => {
    const rules = { size: 5, maxSteps: 14, discount, edgeProbability: 0.85 }
    const { levels, parameters } = draw(1, 50, rules)
    for (const level of [...levels, ...drawDecoys(50, rules)]) {
      expect(planOrder(level, parameters).optimalReturn).toBeCloseTo(tryAllActions(level, parameters, 'right'), 10)
      expect(planTour(level, parameters).optimalReturn).toBeCloseTo(tryAllActions(level, parameters, 'followed'), 10)
    }
  })
})

type Rules = { readonly discount: number; readonly maxSteps: number }

/** The best return by trying every action in every state, by the written rules. */
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
