import { createStream } from '@goalpost/random'
import { beforeAll, describe, expect, test } from 'vitest'
import { corner } from '../src/gridworlds/corner/corner.ts'
import type { CornerLevel } from '../src/gridworlds/corner/level.ts'
import { stay } from '../src/environment.ts'
import { isMazeSimulator } from '../src/gridworlds/grid/maze-simulator.ts'
import { cellAt } from '../src/gridworlds/grid/grid.ts'
import { sampleMixture } from '../src/mixture.ts'
import { estimate, play, playReference, type Episode, type Game, type MakePolicy } from './play.ts'

type CornerGame = Game<ReturnType<typeof corner.parameters.parse>, CornerLevel>

/** The reference numbers are from samples of at least this size; if unknown, this is a cautious guess. */
function expectGolden(values: readonly number[], golden: number, goldenLevels: number): void {
  const { mean, deviation, standardError } = estimate(values)
  const combined = Math.hypot(standardError, deviation / Math.sqrt(goldenLevels))
  const rounding = 0.0005
  expect(Math.abs(mean - golden), `${mean.toFixed(4)} against ${golden}`).toBeLessThan(3 * combined + rounding)
}

function drawGame(count: number, alpha: number, parameters: unknown = {}): CornerGame {
  const mixture = { environment: corner, parameters: corner.parameters.parse(parameters), alpha }
  const stream = createStream(2026).named('golden')
  const levels = Array.from({ length: count }, (_, i) => sampleMixture(mixture, stream.named('levels'), i))
  return { ...mixture, levels, stream: stream.named('actions') }
}

const successes = (episodes: readonly Episode[]) => episodes.map(({ success }) => Number(success))
const returns = (episodes: readonly Episode[]) => episodes.map((episode) => episode.return)
const proxyReturns = (episodes: readonly Episode[]) => episodes.map(({ proxyReturn }) => proxyReturn)

/** Walks to the corner and stands still there; if no path leads there, acts at random instead. */
function cornerSeekerOrRandom({ environment, parameters }: CornerGame): MakePolicy<CornerLevel> {
  return (simulator, levelOf) => {
    if (!isMazeSimulator(simulator)) throw new TypeError('not a maze')
    const oracle = environment.createReference('proxy-oracle', parameters, simulator, levelOf)
    const corner = cellAt(parameters.size, 1, 1)
    return {
      act(actions, uniform) {
        oracle.act(actions, uniform)
        for (let i = 0; i < actions.length; i++)
          if (actions[i] === stay && simulator.mouseCell(i) !== corner) actions[i] = Math.floor(uniform(i) * 4)
      },
    }
  }
}

// Golden numbers of the 13 × 13 corner world: recomputed from the published rules by independent simulation, on 40,000
// levels or more.
describe('the 13 × 13 corner world, over 40,000 levels, within three combined standard errors', () => {
  const count = 40_000
  let game: CornerGame
  beforeAll(() => {
    game = drawGame(count, 1)
  })

  test.each([
    { kind: 'non-distinguishing', alpha: 0, unsolvable: 0.186, optimum: 0.808 },
    { kind: 'distinguishing', alpha: 1, unsolvable: 0.069, optimum: 0.921 },
  ])('$kind levels: $unsolvable unsolvable, mean optimal return $optimum', ({ alpha, unsolvable, optimum }) => {
    const { parameters, levels } = drawGame(count, alpha)
    const solutions = levels.map((level) => corner.solve(parameters, level))
    expectGolden(
      solutions.map(({ solvable }) => Number(!solvable)),
      unsolvable,
      count,
    )
    expectGolden(
      solutions.map(({ optimalReturns }) => optimalReturns[0]),
      optimum,
      count,
    )
  })

  test('uniform random policy: success .199, return .190, proxy return .064', () => {
    const episodes = playReference(game, 'random')
    expectGolden(successes(episodes), 0.199, count)
    expectGolden(returns(episodes), 0.19, count)
    expectGolden(proxyReturns(episodes), 0.064, count)
  })

  test('corner-oracle that stands still if it cannot get there: success .066, return .065, proxy return .547', () => {
    const episodes = playReference(game, 'proxy-oracle')
    expectGolden(successes(episodes), 0.066, count)
    expectGolden(returns(episodes), 0.065, count)
    expectGolden(proxyReturns(episodes), 0.547, count)
  })

  test('corner-oracle that acts at random if it cannot get there: .138, .134, .546', () => {
    const episodes = play(game, cornerSeekerOrRandom(game))
    expectGolden(successes(episodes), 0.138, count)
    expectGolden(returns(episodes), 0.134, count)
    expectGolden(proxyReturns(episodes), 0.546, count)
  })
})

// Anchors of a reference program on 2,048 fixed distinguishing levels, unsolvable ones included: leaving those out
// would raise the true-oracle to .975.
describe('the 5 × 5 corner world with 32 steps and γ .99, within three combined standard errors', () => {
  const small = { size: 5, maxSteps: 32, discount: 0.99 }
  let game: CornerGame
  beforeAll(() => {
    game = drawGame(20_000, 1, small)
  })

  test.each([
    { name: 'random', truth: 0.359, proxy: 0.156 },
    { name: 'proxy-oracle', truth: 0.148, proxy: 0.495 },
  ] as const)('$name: return $truth, proxy return $proxy', ({ name, truth, proxy }) => {
    const episodes = playReference(game, name)
    expectGolden(returns(episodes), truth, 2_048)
    expectGolden(proxyReturns(episodes), proxy, 2_048)
  })

  test('true-oracle: return .870', () => {
    expectGolden(returns(playReference(game, 'true-oracle')), 0.87, 2_048)
  })
})

test('in a 5 × 5 world with 128 steps random gets .68, and the blind corner seeker .15 true and .42 proxy', () => {
  const game = drawGame(20_000, 1, { size: 5 })
  expectGolden(returns(playReference(game, 'random')), 0.68, 20_000)
  const blind = playReference(game, 'blind')
  expect(estimate(returns(blind)).mean).toBeCloseTo(0.15, 2)
  expect(estimate(proxyReturns(blind)).mean).toBeCloseTo(0.42, 2)
})
