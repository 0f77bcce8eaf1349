import { describe, expect, test } from 'vitest'
import { draw, square, walk } from '../../../test/goal-cycle-walks.ts'
import { shortestPath, unreachable } from '../grid/distances.ts'
import { neighbourOffsets } from '../grid/grid.ts'
import { successors } from './orders.ts'
import { createCycleSimulator } from './simulator.ts'

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

  describe('if mouse and leader start together', () => {
    const { levels, parameters } = draw(300, { size: 5, wallProbability: 0.1, start: 'together' })
    const apart = draw(300, { size: 5, wallProbability: 0.1 }).levels

    test('have the mouse beside the leader, equally often on each side', () => {
      const beside = neighbourOffsets(parameters.size)
      const sides = levels.map(({ mouse, leader }) => beside.indexOf(mouse - leader))
      for (const [side] of beside.entries()) {
        const count = sides.filter((taken) => taken === side).length
        // Four standard errors.
        expect(Math.abs(count - 75)).toBeLessThan(4 * Math.sqrt(300 * 0.25 * 0.75))
      }
      // If walls and spheres leave no cell there, it starts anywhere.
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
