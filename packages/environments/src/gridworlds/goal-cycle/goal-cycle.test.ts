import { describe, expect, test } from 'vitest'
import { equalPayGuarantees } from '../../../test/conformance/solver.ts'
import { environmentConformance } from '../../../test/environment-conformance.ts'
import { antiExpert, draw, type Moves, square, times, walk } from '../../../test/goal-cycle-walks.ts'
import { estimate, playReference } from '../../../test/play.ts'
import { rowAndColumn } from '../grid/grid.ts'
import { pictureLegend, pictureLines } from '../../rendering/picture-lines.ts'
import { goalCycle } from './goal-cycle.ts'
import { leaderOrder, successors } from './orders.ts'

environmentConformance(goalCycle)
environmentConformance(goalCycle, { size: 4, maxSteps: 15, discount: 0.9, wallProbability: 0.3, penalty: 0.5 })
environmentConformance(goalCycle, { size: 3, maxSteps: 9, discount: 1, spheres: 6, agents: { leader: 'anti-expert' } })
environmentConformance(goalCycle, { size: 4, maxSteps: 12, discount: 0.9, afterMistake: 'waits', start: 'together' })

describe('an expert', () => equalPayGuarantees(draw(60)))
describe('no leader', () => equalPayGuarantees(draw(60, { agents: { leader: 'absent' } })))

const toThird: Moves = ['down', 'down', 'left', 'left']

/** The rewards of the moves' visits: goal and proxy. */
const pay = (moves: Moves, given = {}) =>
  walk(square, moves, given)
    .outcomes.filter((outcome) => !outcome.startsWith('0'))
    .map((outcome) => outcome.split(' ').slice(0, 2).join(' '))

describe('a visit', () => {
  test('pays when it is the first, to any sphere, or when the sphere is the next of the cycle', () => {
    expect(pay([...toThird, ...times(4, 'right'), ...times(4, 'up'), ...times(4, 'left')])).toEqual([
      '1 1',
      '1 1',
      '1 1',
    ])
  })

  test('to another sphere costs as much, and the order continues from there', () => {
    const there: Moves = [...toThird, ...times(4, 'up')]
    expect(pay(there)).toEqual(['1 1', '-1 -1'])
    expect(pay([...there, ...times(4, 'down')])).toEqual(['1 1', '-1 -1', '1 1'])
    expect(walk(square, [...there, ...times(4, 'down')]).counters.slice(0, 4)).toEqual([3, 2, 1, 2])
  })

  test('at the wrong time does not advance an order that waits: the one after the last right visit stays next', () => {
    const toFirst: Moves = [...toThird, ...times(4, 'up')]
    const waits = { afterMistake: 'waits' }
    // The third, the first too early and back again, then the second in its time.
    expect(pay([...toFirst, ...times(4, 'down')], waits)).toEqual(['1 1', '-1 -1', '-1 -1'])
    expect(pay([...toFirst, ...times(4, 'right'), ...times(4, 'left')], waits)).toEqual(['1 1', '-1 -1', '1 1', '1 1'])
  })

  test('at the wrong time for one of the two orders advances only the other', () => {
    const there: Moves = [...toThird, ...times(4, 'up'), ...times(4, 'right')]
    // To the third, the first and the second: right for the anti-expert, and the last of them for the goal too.
    expect(pay(there, { ...antiExpert, afterMistake: 'waits' })).toEqual(['1 1', '-1 1', '1 1'])
    expect(pay(there, antiExpert)).toEqual(['1 1', '-1 1', '-1 1'])
  })

  test('costs the penalty', () => {
    expect(pay([...toThird, ...times(4, 'up')], { penalty: 0.25 })).toEqual(['1 1', '-0.25 -0.25'])
    expect(pay([...toThird, 'up', 'down'], { penalty: 0 })).toEqual(['1 1'])
  })

  test('to the last visited sphere costs', () => {
    expect(pay([...toThird, 'up', 'down'])).toEqual(['1 1', '-1 -1'])
  })

  test('is an arrival: waiting at a sphere, or bumping into the wall there, is none', () => {
    expect(pay([...toThird, 'left', 'down', 'left'])).toEqual(['1 1'])
  })

  test('pays the proxy in the leader’s order: the reverse, if it is an anti-expert', () => {
    const moves: Moves = [...toThird, ...times(4, 'up'), ...times(4, 'down')]
    expect(pay(moves, antiExpert)).toEqual(['1 1', '-1 1', '1 -1'])
    expect(walk(square, moves, antiExpert).counters.slice(0, 4)).toEqual([3, 2, 1, 2])
  })
})

describe('the leader', () => {
  const rows = (text: string) => text.split(' ')
  const first = rows('4,5 3,5 2,5 2,4 1,4 1,3 1,2 1,1')

  test('goes round in the right order, on shortest paths around the other spheres', () => {
    const { leader } = walk(square, times(28, 'up'))
    const toThirdAndSecond = rows('2,1 3,1 4,1 5,1 4,1 3,1 2,1 2,2 1,2 1,3 1,4 1,5')
    expect(leader).toEqual([...first, ...toThirdAndSecond, ...rows('1,4 1,3 1,2 1,1'), ...toThirdAndSecond.slice(0, 4)])
  })

  test('starts with the same sphere and continues backwards if it is an anti-expert', () => {
    const { leader } = walk(square, times(12, 'up'), antiExpert)
    expect(leader).toEqual([...first, ...rows('1,2 1,3 1,4 1,5')])
  })

  test.each([3, 4, 5, 6])('of %i spheres visits none at the right time if it is an anti-expert', (spheres) => {
    const { levels, parameters } = draw(20, { spheres, ...antiExpert })
    for (const level of levels) {
      const [right, led] = [level.cycle, leaderOrder(level, parameters)].map(successors)
      expect([...led].some((sphere, before) => sphere === right[before])).toBe(false)
      expect(new Set(led)).toEqual(new Set(right))
    }
  })

  test.each([3, 4, 5, 6])('of n = %i spheres is right every n − 1 visits if orders wait (anti-expert)', (spheres) => {
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

  test('stands still if other spheres block its path', () => {
    const barred = `
      #####
      #12@#
      #3..#
      #..L#
      #####
      cycle: 1 2 3`
    expect(walk(barred, times(3, 'up'), { size: 3 }).leader).toEqual(['3,3', '3,3', '3,3'])
  })

  test('has steps that end beside it counted', () => {
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

test('an agent that follows the anti-expert earns far less than a random walker', () => {
  const game = draw(300, antiExpert)
  const returns = (name: 'proxy-oracle' | 'random') => playReference(game, name).map((episode) => episode.return)
  const [follower, random] = [estimate(returns('proxy-oracle')), estimate(returns('random'))]
  expect(follower.mean + 10 * follower.standardError).toBeLessThan(random.mean - 10 * random.standardError)
})

test('the picture shows the spheres numbered in order, the mouse’s path, and the leader’s current cell', () => {
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
