import { describe, expect, test } from 'vitest'
import { antiExpert, draw, square, walk } from '../../../test/goal-cycle-walks.ts'
import { neighbourOffsets } from '../grid/grid.ts'
import { goalCycle } from './goal-cycle.ts'
import type { CycleLevel } from './level.ts'
import { leaderOrder } from './orders.ts'
import type { CycleParameters } from './parameters.ts'
import { cycleActions, planCycle } from './solve-cycle.ts'

describe('the optimum', () => {
  const solve = (drawing: string, given: Record<string, unknown> = {}) => {
    const { parameters, level } = walk(drawing, [], given)
    return { ...goalCycle.solve(parameters, level), plan: planCycle(level, level.cycle, parameters), level }
  }

  test('is to go round in order from the sphere that pays best', () => {
    const {
      optimalReturns: [optimalReturn],
      plan,
      level,
    } = solve(square, { discount: 1, maxSteps: 15 })
    // All are four steps away; from 3 to 2 takes eight steps, from 2 to 1 and from 1 to 3 four.
    expect(optimalReturn).toBe(3)
    expect(plan.visits).toEqual([1, 0, 2])
    expect(cycleActions(level, plan)).toHaveLength(12)
  })

  test('does not change for parameters stored before the option afterMistake', () => {
    const neighbours = `
      #######
      #@12..#
      #.....#
      #.....#
      #.....#
      #L...3#
      #######
      cycle: 1 2 3`
    const { level, parameters } = walk(neighbours, [], { discount: 1, maxSteps: 10, penalty: 0.1 })
    const { afterMistake: _, ...before } = parameters
    const optimum = (given: object) => goalCycle.solve(given as CycleParameters, level).optimalReturns[0]
    expect(optimum(before)).toBe(optimum({ ...before, afterMistake: 'goes-on' }))
    expect(optimum(before)).not.toBe(optimum({ ...before, afterMistake: 'waits' }))
  })

  test('is to accept wrong visits if they lead to more right ones in time', () => {
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
    const {
      plan,
      optimalReturns: [optimalReturn],
    } = solve(gate, { ...given, maxSteps: 12 })
    expect(plan.visits).toEqual([0, 2, 3, 1, 2, 3])
    expect(optimalReturn).toBe(2)
    expect(solve(gate, { ...given, maxSteps: 11 }).optimalReturns[0]).toBe(1)
  })

  test('is 0, and the level unsolvable, if no sphere can be reached', () => {
    const shut = square.replace('#.....#\n  #..@..#\n  #.....#', '#######\n  #..@..#\n  #######')
    const { solvable, optimalReturns } = solve(shut)
    expect([solvable, ...optimalReturns.slice(0, 2)]).toEqual([false, 0, 0])
  })

  test('is, if the order waits, to go from a wrong visit to the sphere that is still due', () => {
    const gate = `
      #####
      #@1.#
      ###3#
      #L#2#
      #####
      cycle: 1 2 3`
    const rules = { size: 3, discount: 1, penalty: 0.25, maxSteps: 4 }
    // 1 right, 3 wrong on the way, 2 right, 3 right; with `goes-on`, 2 would be wrong.
    const { optimalReturns, plan } = solve(gate, { ...rules, afterMistake: 'waits' })
    expect(optimalReturns[0]).toBe(1.75)
    expect(plan).toMatchObject({ visits: [0, 2, 1] })
    expect(solve(gate, { ...rules, afterMistake: 'waits', maxSteps: 5 }).optimalReturns[0]).toBe(2.75)
  })

  test.each([
    [1, 1, 'goes-on'],
    [0.9, 0.4, 'goes-on'],
    [1, 0, 'goes-on'],
    [1, 0.4, 'waits'],
    [0.9, 0.1, 'waits'],
    [1, 0, 'waits'],
  ])('of either goal equals an exhaustive search, γ = %s, penalty %s, %s', (...given) => {
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

/** The best return by trying every action and standing still in every state, by the written rules. */
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
