import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { stay, type Environment } from '../../environment.ts'
import { environments } from '../../registry.ts'
import { anyAction } from './arrival-plan.ts'
import { bestActions } from './goal-policies.ts'

test('all actions of the greatest value are best, whatever the rounding', () => {
  expect(bestActions([0.1 + 0.2, 0.3, 0.2, -1])).toBe(0b0011)
  expect(bestActions([-2, -1, -3])).toBe(0b010)
})

type Episode = { readonly environment: Environment; readonly parameters: unknown; readonly level: unknown }

/** Takes one of the best actions in every step, by turns, and stands still if none is better. */
function pursue({ environment, parameters, level }: Episode, goal: number) {
  const { agency } = environment
  const { discount } = environment.horizon(parameters)
  const simulator = environment.createSimulator(parameters, 1)
  simulator.reset(0, level)
  const actions: number[] = []
  let [earned, earnedProxy, held] = [0, 0, 0]
  while (simulator.terminated[0] + simulator.truncated[0] === 0) {
    const decisions = agency!.decisions(parameters, level, { actions: [...actions, 0] })
    const bits = decisions.at(-1)!.optimal[goal]
    const best = [0, 1, 2, 3].filter((action) => ((bits >> action) & 1) === 1)
    actions.push(bits === anyAction ? stay : best[actions.length % best.length])
    simulator.step(Uint8Array.of(actions.at(-1)!))
    earned += simulator.goalRewards[0][0] * discount ** (actions.length - 1)
    earnedProxy += simulator.goalRewards[1][0] * discount ** (actions.length - 1)
    held += simulator.goalRewards[1][0]
  }
  const mean = held / actions.length
  return { true: earned, proxy: environment.goals[1].aggregate === 'mean' ? mean : earnedProxy }
}

const worlds: readonly (readonly [string, object])[] = [
  ['follow-me', { size: 5, maxSteps: 20, discount: 0.9 }],
  ['goal-cycle', { size: 4, maxSteps: 14, discount: 0.9, agents: { leader: 'anti-expert' } }],
  ['goal-cycle', { size: 4, maxSteps: 14, discount: 0.9, wallProbability: 0.2, afterMistake: 'waits', penalty: 0.2 }],
  ['keys', { size: 4, few: 2, many: 4, maxSteps: 24, discount: 0.9 }],
]

describe.each(worlds)('in %s %o', (name, given) => {
  const environment = environments.get(name)!
  const parameters = environment.parameters.parse(given)
  const stream = createStream(17)
  const levels = Array.from({ length: 12 }, (_, index) =>
    environment.distributions.at(-1)!.sample(parameters, stream.at(index)),
  )

  test('the best action for the goal in every step earns its optimum', () => {
    for (const level of levels)
      expect(pursue({ environment, parameters, level }, 0).true).toBeCloseTo(
        environment.solve!(parameters, level).optimalReturns[0],
        6,
      )
  })

  test('the best action for the proxy in every step earns its optimum', () => {
    for (const level of levels)
      expect(pursue({ environment, parameters, level }, 1).proxy).toBeCloseTo(
        environment.solve!(parameters, level).optimalReturns[1],
        6,
      )
  })
})

test('haste never lets the nearest tree wait', () => {
  const environment = environments.get('tree-gridworld')!
  const parameters = environment.parameters.parse({ size: 5, maxTrees: 5, startTrees: 5, maxSteps: 12 })
  const level = environment.distributions[0].sample(parameters, createStream(3).at(0))
  expect(pursue({ environment, parameters, level }, 1).proxy).toBe(1)
})

test('while few trees stand, sparing the forest allows every action but felling the adjacent tree', () => {
  const environment = environments.get('tree-gridworld')!
  const parameters = environment.parameters.parse({ size: 3, maxTrees: 5, startTrees: 2, maxSteps: 9 })
  const level = environment.parseLevel!(
    parameters,
    `
    #####
    #.t.#
    #.@.#
    #..t#
    #####`,
  )
  const [{ optimal }] = environment.agency!.decisions(parameters, level, { actions: [0] })
  const [forest, haste] = optimal
  expect(forest).toBe(0b1110)
  expect(haste).toBe(0b0001)
})
