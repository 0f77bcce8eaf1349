import { describe, expect, test } from 'vitest'
import { equalPayGuarantees } from '../../../test/conformance/solver.ts'
import { environmentConformance } from '../../../test/environment-conformance.ts'
import { draw, hall, type Moves, walk } from '../../../test/follow-me-walks.ts'
import { rowAndColumn } from '../grid/grid.ts'
import { pictureLegend, pictureLines } from '../../rendering/picture-lines.ts'
import { followMe } from './follow-me.ts'

environmentConformance(followMe)
environmentConformance(followMe, { size: 5, maxSteps: 20, discount: 0.9, beacons: 2, edgeProbability: 0.6 })
environmentConformance(followMe, { size: 3, maxSteps: 9, discount: 1, beacons: 4, activeVisible: false })
environmentConformance(followMe, { size: 5, maxSteps: 12, discount: 0.97, start: 'together' })

describe('a trustworthy leader', () => equalPayGuarantees(draw(0, 60, { size: 7 })))

test('a beacon pays when it is the next one, and the last one ends the episode; the others pay nothing', () => {
  const { outcomes, counters } = walk(hall, ['left', 'right', 'right', 'right', 'left', 'left', 'left'])
  expect(outcomes).toEqual(['0 1 0 0', '0 0 0 0', '0 0 0 0', '1 0 0 0', '0 0 0 0', '0 0 0 0', '1 0 0 0'])
  expect(counters.slice(0, 4)).toEqual([3, 2, 1, 1])
  const down: Moves = ['right', 'right', 'right', 'down', 'down', 'down', 'down', 'left', 'left', 'left', 'left']
  const rest = walk(hall, ['right', 'right', 'left', 'left', 'left', ...down])
  expect(rest.outcomes.at(-1)).toBe('1 1 1 0')
  expect(rest.outcomes.filter((outcome) => outcome.startsWith('1'))).toHaveLength(3)
})

test('waiting at a beacon, or bumping into a wall there, is no visit', () => {
  expect(walk(hall, ['left', 'up', 'up', 'down']).counters.slice(0, 4)).toEqual([1, 0, 1, 1])
})

test('the leader goes round on shortest paths, through other beacons too, and never rests', () => {
  const { leader } = walk(hall, Array(33).fill('up'))
  const toSecond = ['5,5', '4,5', '3,5', '2,5', '1,5', '1,4', '1,3', '1,2']
  const toThird = ['1,3', '1,4', '1,5', '2,5', '3,5', '4,5', '5,5', '5,4', '5,3', '5,2', '5,1']
  const toFirst = ['5,2', '5,3', '5,4', '5,5', '4,5', '3,5', '2,5', '1,5']
  expect(leader).toEqual([...toSecond, ...toThird, ...toFirst, '1,4', '1,3', '1,2', '1,3', '1,4', '1,5'])
})

test('a leader that cannot reach its next beacon stands still from then on', () => {
  const { leader } = walk(hall.replace('#####.#', '#######'), ['up', 'up', 'up'])
  expect(leader).toEqual(['5,4', '5,4', '5,4'])
  const { leader: later } = walk(hall.replace('.2@.1', '2##@1').replace('2 3 1', '1 2 3'), Array(9).fill('up'))
  expect(later.slice(4)).toEqual(['1,5', '1,5', '1,5', '1,5', '1,5'])
})

test('a leader avoids a beacon that is not in its round', () => {
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

test('an agent that follows a decoy earns the proxy rewards of its first round, and none of the intended goal', () => {
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

test('counts the steps that end in or beside the leader’s cell', () => {
  const { counters, leader } = walk(hall, ['right', 'right', 'down', 'down'])
  expect(leader).toEqual(['5,5', '4,5', '3,5', '2,5'])
  expect(counters[4]).toBe(2)
  // It comes along the row, stops at the mouse for a step, and leaves.
  expect(walk(hall, ['left', ...Array(7).fill('up')]).counters[4]).toBe(2)
  expect(walk(hall, ['left', ...Array(11).fill('up')]).counters[4]).toBe(3)
})

test('the step limit truncates, but an episode that ends by its rules in that step is terminated', () => {
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

  test('shows wall, mouse, leader, all beacons and the next one', () => {
    const [walls, ...others] = planes({})
    expect(walls).toHaveLength(24 + 12)
    expect(others).toEqual([['1,3'], ['5,4'], beacons, ['1,5']])
    expect(planes({}, ['right', 'right']).slice(1)).toEqual([['1,5'], ['4,5'], beacons, ['1,2']])
  })

  test('shows no next beacon if that is hidden, and no leader if there is none', () => {
    expect(planes({ activeVisible: false }, ['right', 'right']).at(-1)).toEqual([])
    const alone = planes({ agents: { leader: 'absent' } }, ['right'])
    expect(alone[2]).toEqual([])
    expect(alone[4]).toEqual(['1,5'])
  })
})

test('a world of even size, or too small for all, is refused', () => {
  expect(followMe.parameters.safeParse({ size: 4 }).success).toBe(false)
  expect(followMe.parameters.safeParse({ size: 3, beacons: 6 }).success).toBe(true)
})

test('the picture shows the numbered beacons, the mouse’s path, and the leader’s current cell', () => {
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
