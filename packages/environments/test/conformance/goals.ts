import { expect, test } from 'vitest'
import { referenceNames, type ReferenceName } from '../../src/environment.ts'
import { oracleNames } from '../../src/oracles.ts'
import { expectEqual } from '../expect-equal.ts'
import { estimate, referenceEpisodes, solutionsOf, type Episode, type Game } from '../play.ts'

/** Properties of every goal in any role. */
export function goalGuarantees(game: Game<unknown, unknown>): void {
  const { environment, parameters, levels } = game
  const { goals, stochastic } = environment
  const { solve } = environment
  const solutions = solutionsOf(game)
  const episodesOf = (name: ReferenceName): Episode[] => referenceEpisodes(game, name)
  const returnsOf = (name: ReferenceName, goal: number) => episodesOf(name).map(({ returns }) => returns[goal])
  const everybody = () => [...new Set([...referenceNames, ...goals.filter(isSolved).map(oracleOf)])]

  test.each([...goals.entries()].map(([index, goal]) => ({ index, goal, name: goal.name })))(
    'has an optimum of $name exactly if the goal has an exactness',
    ({ index, goal }) => {
      for (const { optimalReturns } of solutions) {
        expect(optimalReturns).toHaveLength(goals.length)
        if (goal.exactness === undefined) expect(optimalReturns[index]).toBeNull()
        else expect(optimalReturns[index]).toBeGreaterThanOrEqual(0)
      }
    },
  )

  test('an oracle has the name of its goal, and those of the first two goals also their old names', () => {
    for (const goal of goals.filter(isSolved))
      for (const name of oracleNames(goals, goal)) expectEqual(episodesOf(name), episodesOf(oracleOf(goal)))
    const nobody = () => environment.createReference('nobody-oracle', parameters, start(), () => levels[0])
    expect(nobody).toThrow(RangeError)
  })

  for (const [index, goal] of goals.entries()) {
    if (!isSolved(goal)) continue
    if (solve !== undefined && goal.exactness === 'exact' && !stochastic)
      test(`no reference has more of the goal ${goal.name} than its optimum`, () => {
        for (const name of everybody())
          for (const [i, value] of returnsOf(name, index).entries())
            expect(value, name).toBeLessThanOrEqual((solutions[i].optimalReturns[index] ?? 0) + 1e-6)
      })
    // A proxy's oracle ignores what ends the episode: it may fall short.
    if (solve !== undefined && goal.exactness === 'exact' && !stochastic && goal.role !== 'proxy')
      test(`the oracle of ${goal.name} has its optimum on every level`, () => {
        for (const [i, value] of returnsOf(oracleOf(goal), index).entries())
          expect(value).toBeCloseTo(solutions[i].optimalReturns[index] ?? Number.NaN, 6)
      })
    test(`on average no reference has more of the goal ${goal.name} than its oracle`, () => {
      const own = returnsOf(oracleOf(goal), index)
      for (const name of everybody()) {
        const other = returnsOf(name, index)
        const { mean, standardError } = estimate(own.map((value, i) => value - other[i]))
        expect(mean + 3 * standardError, name).toBeGreaterThanOrEqual(-1e-9)
      }
    })
  }

  function start() {
    return environment.createSimulator(parameters, 1)
  }
}

type Sure = Game<unknown, unknown>['environment']['goals'][number]
const isSolved = ({ exactness }: Sure): boolean => exactness !== undefined
const oracleOf = ({ name }: Sure): ReferenceName => `${name}-oracle`
