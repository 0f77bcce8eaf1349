import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { estimate, playReference } from '../../test/play.ts'
import type { ReferenceName } from '../environment.ts'
import { coinrun } from './coinrun.ts'
import { coinrunParameters } from './parameters.ts'

const stream = createStream(12).named('levels')

function gameOf(distribution: string, given: object = {}, count = 200) {
  const parameters = coinrunParameters.parse(given)
  const found = coinrun.distributions.find(({ name }) => name === distribution)
  if (found === undefined) throw new RangeError(`no distribution ${distribution}`)
  const levels = Array.from({ length: count }, (_, i) => found.sample(parameters, stream.at(i)))
  return { environment: coinrun, parameters, levels, alpha: 0, stream }
}

const rate = (game: ReturnType<typeof gameOf>, name: ReferenceName, goal: number) =>
  estimate(playReference(game, name).map(({ returns }) => (returns[goal] > 0 ? 1 : 0))).mean

describe('the true-oracle takes the coin', () => {
  test.each([1, 2, 3])('on every level of difficulty %i without walkers, wherever it lies', (difficulty) => {
    for (const distribution of ['end', 'anywhere', 'aside'])
      expect(rate(gameOf(distribution, { difficulty }, 100), 'true-oracle', 0)).toBe(1)
  })

  test('on 97 % of the levels with everything', () => {
    expect(rate(gameOf('end', { difficulty: 3, walkers: true }), 'true-oracle', 0)).toBeGreaterThanOrEqual(0.97)
  })
})

test('the proxy-oracle runs past the coin, where there is a way past', () => {
  const game = gameOf('anywhere')
  const played = playReference(game, 'proxy-oracle')
  const ways = game.levels.map((level) => (coinrun.solve?.(game.parameters, level).optimalReturns[1] ?? 0) > 0)
  expect(ways.filter(Boolean).length / ways.length).toBeGreaterThan(0.9)
  for (const [i, way] of ways.entries()) {
    const [coin, end] = played[i].returns
    if (way) expect([coin > 0, end > 0]).toEqual([false, true])
  }
})

test('`aside` tells the goals apart: nobody who only runs to the end takes its coin', () => {
  const game = gameOf('aside')
  expect(rate(game, 'proxy-oracle', 0)).toBe(0)
  expect(rate(game, 'blind', 0)).toBeLessThan(0.05)
  expect(rate(gameOf('anywhere'), 'blind', 0)).toBeGreaterThan(0.5)
})

test('an oracle that takes over in the middle of an episode plans from there', () => {
  const { parameters, levels } = gameOf('end', { difficulty: 3, walkers: true }, 40)
  let taken = 0
  for (const level of levels) {
    const simulator = coinrun.createSimulator(parameters, 1)
    simulator.reset(0, level)
    for (let step = 0; step < 4; step++) simulator.step(Uint8Array.of(5))
    const oracle = coinrun.createReference('true-oracle', parameters, simulator, () => level)
    const action = new Uint8Array(1)
    while (simulator.terminated[0] + simulator.truncated[0] === 0) {
      oracle.act(action, () => 0)
      simulator.step(action)
    }
    taken += simulator.goalRewards[0][0]
  }
  expect(taken).toBeGreaterThanOrEqual(36)
})
