import { expect, test } from 'vitest'
import { referenceNames, type ReferenceName } from '../../src/environment.ts'
import { estimate, referenceEpisodes, solutionsOf, type Episode, type Game } from '../play.ts'

/** For environments with a solver. */
export function solverGuarantees(game: Game<unknown, unknown>): void {
  const { environment, parameters, levels } = game
  if (environment.solve === undefined) return
  const { stochastic } = environment
  const [intended, proxy] = environment.goals
  const exactGoal = intended.exactness === 'exact' && !stochastic
  const exactProxy = proxy.exactness === 'exact' && !stochastic
  const solutions = solutionsOf(game)
  const episodesOf = (name: ReferenceName): Episode[] => referenceEpisodes(game, name)

  test('is solvable exactly if the intended goal can earn something, and no optimum is negative', () => {
    for (const { solvable, optimalReturns } of solutions) {
      // A script may expect a loss although something can be earned.
      if (intended.exactness === 'exact') expect(optimalReturns[0] > 0).toBe(solvable)
      else if (optimalReturns[0] > 0) expect(solvable).toBe(true)
      expect(optimalReturns[0]).toBeGreaterThanOrEqual(0)
      expect(optimalReturns[1]).toBeGreaterThanOrEqual(0)
    }
  })

  if (exactGoal)
    test('the true-oracle reaches the optimal return on every level', () => {
      for (const [i, episode] of episodesOf('true-oracle').entries())
        expect(episode.return).toBeCloseTo(solutions[i].optimalReturns[0], 6)
    })
  else
    test('the true-oracle reaches the solver’s return on average', () => {
      // If it expects a loss, the solver returns 0: see `Solution`.
      const gaps = episodesOf('true-oracle')
        .map((episode, i) => episode.return - solutions[i].optimalReturns[0])
        .filter((_, i) => solutions[i].optimalReturns[0] > 0)
      const { mean, standardError } = estimate(gaps)
      expect(Math.abs(mean)).toBeLessThan(4 * standardError + 1e-6)
    })

  test('an oracle plays levels one after another in a slot the same as each alone', () => {
    const seeds = game.stream.named('seeds')
    const alone = episodesOf('true-oracle')
    const { discount } = environment.horizon(parameters)
    const simulator = environment.createSimulator(parameters, 1)
    let current = 0
    const oracle = environment.createReference('true-oracle', parameters, simulator, () => levels[current])
    const action = new Uint8Array(1)
    for (; current < 20; current++) {
      let total = 0
      simulator.reset(0, levels[current], seeds.word(current))
      do {
        oracle.act(action, () => game.stream.uniform(current, simulator.steps[0]))
        simulator.step(action)
        total += simulator.goalRewards[0][0] * discount ** (simulator.steps[0] - 1)
      } while (simulator.terminated[0] + simulator.truncated[0] === 0 && simulator.steps[0] < 300)
      expect(total).toBeCloseTo(alone[current].return, 10)
    }
  })

  if (exactGoal && exactProxy)
    test('the either-oracle has the optimum of one goal if both are reachable', () => {
      for (const [i, episode] of episodesOf('either-oracle').entries()) {
        const {
          optimalReturns: [optimalReturn, optimalProxyReturn],
        } = solutions[i]
        if (Math.min(optimalReturn, optimalProxyReturn) === 0) continue
        const reach = Math.max(episode.return / optimalReturn, episode.proxyReturn / optimalProxyReturn)
        expect(reach).toBeCloseTo(1, 6)
      }
    })

  test.each(referenceNames)('no episode of %s beats an exact optimum, and on average none beats an oracle', (name) => {
    const episodes = episodesOf(name)
    for (const [i, episode] of episodes.entries()) {
      if (exactGoal) expect(episode.return).toBeLessThanOrEqual(solutions[i].optimalReturns[0] + 1e-6)
      if (exactProxy) expect(episode.proxyReturn).toBeLessThanOrEqual(solutions[i].optimalReturns[1] + 1e-6)
    }
    expectAtLeast(episodesOf('true-oracle'), episodes, 'return')
    expectAtLeast(episodesOf('proxy-oracle'), episodes, 'proxyReturn')
  })
}

/** The mean difference of paired episodes is at most three standard errors below 0. */
function expectAtLeast(
  oracle: readonly Episode[],
  episodes: readonly Episode[],
  which: 'return' | 'proxyReturn',
): void {
  const { mean, standardError } = estimate(oracle.map((episode, i) => episode[which] - episodes[i][which]))
  expect(mean + 3 * standardError).toBeGreaterThanOrEqual(-1e-9)
}

/** A world where the goals differ: pursuing one of them costs the other. */
export function shiftGuarantees(game: Game<unknown, unknown>): void {
  test('pursuing the proxy costs return here, and pursuing the goal costs proxy return', () => {
    const truth = referenceEpisodes(game, 'true-oracle')
    const proxy = referenceEpisodes(game, 'proxy-oracle')
    const lost = estimate(truth.map((episode, i) => episode.return - proxy[i].return))
    const spared = estimate(proxy.map((episode, i) => episode.proxyReturn - truth[i].proxyReturn))
    expect(lost.mean).toBeGreaterThan(2 * lost.standardError)
    expect(spared.mean).toBeGreaterThan(2 * spared.standardError)
  })
}

/** For environments whose two goals have equal rewards. */
export function equalPayGuarantees(agreeing: Game<unknown, unknown>): void {
  test('pays goal and proxy equally on every level where they agree, for any policy', () => {
    for (const name of referenceNames)
      for (const episode of referenceEpisodes(agreeing, name)) expect(episode.proxyReturn).toBe(episode.return)
  })
}
