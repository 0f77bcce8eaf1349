import { describe, expect, test } from 'vitest'
import { draw, drawDecoys, hall, stream, walk } from '../../../test/follow-me-walks.ts'
import { shortestPath, unreachable } from '../grid/distances.ts'
import { neighbourOffsets, rowAndColumn, sideOf } from '../grid/grid.ts'
import { drawEdgeMaze } from './edge-maze.ts'
import { followMe } from './follow-me.ts'
import { createFollowSimulator } from './simulator.ts'

describe('levels', () => {
  test('are mazes of junctions, each passage independent with the given probability', () => {
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

  test('do not change for parameters stored before the start option', () => {
    const { start: _, ...before } = followMe.parameters.parse({ size: 5 })
    const sample = (given: object) => followMe.distributions[0]!.sample(given as never, stream.named('stored').at(0))
    expect(sample(before)).toEqual(sample({ ...before, start: 'anywhere' }))
    expect(sample(before)).not.toEqual(sample({ ...before, start: 'together' }))
  })

  test('of training have a leader that goes in order', () => {
    for (const { tour } of draw(0, 100).levels) expect(tour).toEqual([0, 1, 2])
  })

  test('after the shift have any other order, all equally likely', () => {
    const counts = new Map<string, number>()
    for (const { tour } of draw(1, 5_000, { size: 3 }).levels)
      counts.set(tour.join(''), (counts.get(tour.join('')) ?? 0) + 1)
    expect([...counts.keys()].sort()).toEqual(['021', '102', '120', '201', '210'])
    // χ² with 4 degrees of freedom: above 18.5 once in a thousand.
    expect([...counts.values()].reduce((sum, n) => sum + (n - 1_000) ** 2 / 1_000, 0)).toBeLessThan(18.5)
  })

  test('of any-order have all orders, the right one included, all equally likely', () => {
    const anyOrder = followMe.distributions.find(({ name }) => name === 'any-order')!
    const parameters = followMe.parameters.parse({ size: 3 })
    const tours = Array.from({ length: 6_000 }, (_, i) =>
      anyOrder.sample(parameters, stream.named('any').at(i)).tour.join(''),
    )
    const counts = Map.groupBy(tours, (tour) => tour)
    expect([...counts.keys()].sort()).toEqual(['012', '021', '102', '120', '201', '210'])
    // χ² with 5 degrees of freedom: above 20.5 once in a thousand.
    expect([...counts.values()].reduce((sum, { length }) => sum + (length - 1_000) ** 2 / 1_000, 0)).toBeLessThan(20.5)
  })

  test('of the third distribution have the reverse order', () => {
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

  test('with a decoy are used as drawn if no maze has room for one', () => {
    const [{ walls }] = drawDecoys(1, { size: 5, edgeProbability: 0 })
    expect(walls.filter((wall) => wall === 0)).toHaveLength(9)
  })

  test('have the mouse beside the leader if both start together, and are otherwise the same', () => {
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
