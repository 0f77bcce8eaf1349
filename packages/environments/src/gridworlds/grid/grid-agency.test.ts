import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { corner } from '../corner/corner.ts'
import { stay, type Environment } from '../../environment.ts'
import { environments } from '../../registry.ts'
import { anyAction, planArrival } from './arrival-plan.ts'
import { cellAt, gridActions, type GridLevel } from './grid.ts'

const grid = (drawing: string): GridLevel & { readonly mouse: number; readonly cheese: number } =>
  corner.parseLevel!(corner.parameters.parse({ size: 3 }), drawing)

/** Names of the actions in a set. */
const named = (bits: number): string[] => gridActions.filter((_, action) => (bits & (1 << action)) !== 0)

describe('the plan of arriving somewhere', () => {
  const level = grid(`
    #####
    #...#
    #.#.#
    #@.c#
    #####`)
  const cell = (row: number, column: number) => cellAt(3, row, column)

  test('leads along every shortest path', () => {
    const plan = planArrival(level, { targets: [cell(1, 1)], endings: [] })
    expect(named(plan(cell(3, 3)))).toEqual(['up', 'left'])
    expect(named(plan(cell(1, 2)))).toEqual(['left'])
    expect(named(plan(cell(3, 1)))).toEqual(['up'])
  })

  test('and stays there against a wall', () => {
    const plan = planArrival(level, { targets: [cell(1, 1)], endings: [] })
    expect(named(plan(cell(1, 1)))).toEqual(['up', 'left'])
  })

  test('leads around what ends the episode, unless that is the target', () => {
    const around = planArrival(level, { targets: [cell(1, 3)], endings: [level.cheese] })
    expect(named(around(cell(3, 2)))).toEqual(['left'])
    const into = planArrival(level, { targets: [level.cheese], endings: [level.cheese] })
    expect(named(into(cell(3, 2)))).toEqual(['right'])
  })

  test('takes the nearest of several targets', () => {
    const plan = planArrival(level, { targets: [cell(1, 1), cell(3, 3)], endings: [] })
    expect(named(plan(cell(3, 2)))).toEqual(['right'])
    expect(named(plan(cell(2, 1)))).toEqual(['up'])
    expect(named(plan(cell(3, 1)))).toEqual(['up', 'right'])
  })

  test('prefers nothing if no path leads there, and returns if it cannot stay', () => {
    expect(planArrival(level, { targets: [cell(2, 2)], endings: [] })(cell(1, 1))).toBe(anyAction)
    expect(planArrival(level, { targets: [], endings: [] })(cell(1, 1))).toBe(anyAction)
    const open = grid(`
      #####
      #...#
      #.@.#
      #..c#
      #####`)
    expect(planArrival(open, { targets: [open.mouse], endings: [] })(open.mouse)).toBe(anyAction)
  })
})

test('avoids every avoidable lava cell: the values of actions are the planned ones', () => {
  const lava = environments.get('lava-land')
  const parameters = lava?.parameters.parse({ size: 3 })
  const level = lava?.parseLevel?.(
    parameters,
    `
    #####
    #@~c#
    #...#
    #...#
    #####`,
  )
  const decisions = lava?.agency?.decisions(parameters, level, { actions: [2, 3, 3, 0] }) ?? []
  const [avoiding, through] = [0, 1].map((goal) => decisions.map(({ optimal }) => named(optimal[goal])))
  expect(avoiding).toEqual([['down'], ['right'], ['right'], ['up']])
  expect(through).toEqual([['right'], ['up', 'right'], ['up', 'right'], ['up']])
})

const withAgency = [...environments.values()].filter(({ agency }) => agency !== undefined)

describe.each(withAgency.map((environment): [string, Environment] => [environment.name, environment]))(
  'the agency of %s',
  (_, environment) => {
    const parameters = environment.parameters.parse({ size: 9 })
    const level = environment.distributions.at(-1)!.sample(parameters, createStream(5).at(0))
    const candidates = environment.agency?.candidates(parameters).map(({ name }) => name) ?? []
    const decisionsOf = (actions: readonly number[]) => environment.agency?.decisions(parameters, level, { actions })

    test('has the intended goal first, the proxy second, and no goal twice', () => {
      expect(candidates.slice(0, 2)).toEqual([environment.goals[0].name, environment.goals[1].name])
      expect(new Set(candidates).size).toBe(candidates.length)
    })

    test('records every decision with each goal’s best actions and each view', () => {
      const decisions = decisionsOf([0, 1, 2, 3, 0, 1]) ?? []
      expect(decisions.length).toBeGreaterThan(0)
      for (const { optimal, views } of decisions) {
        expect(optimal).toHaveLength(candidates.length)
        for (const bits of optimal) expect(bits).toBeGreaterThan(0)
        for (const bits of optimal) expect(bits).toBeLessThanOrEqual(anyAction)
        expect(views).toHaveLength(environment.agency?.views.length ?? 0)
      }
    })

    test('leaves out steps without a decision', () => {
      expect(decisionsOf([stay, stay])).toEqual([])
      expect(decisionsOf([stay, 2])).toEqual(decisionsOf([2]))
    })
  },
)

test('following a plan takes as many steps as the solver says', () => {
  const parameters = corner.parameters.parse({ size: 7, discount: 0.5 })
  for (let index = 0; index < 40; index++) {
    const level = corner.distributions[1].sample(parameters, createStream(9).at(index))
    const {
      optimalReturns: [optimalReturn],
    } = corner.solve!(parameters, level)
    if (optimalReturn === 0) continue
    const actions: number[] = []
    const simulator = corner.createSimulator(parameters, 1)
    simulator.reset(0, level)
    const plan = planArrival(level, { targets: [level.cheese], endings: [level.cheese] })
    let cell = level.mouse
    while (simulator.terminated[0] === 0 && actions.length < 128) {
      const bits = plan(cell)
      // The last of the best actions: the reference oracle takes the first.
      const action = 31 - Math.clz32(bits)
      simulator.step(Uint8Array.of(action))
      const side = 9
      cell += [-side, -1, side, 1][action] ?? 0
      actions.push(action)
    }
    expect(0.5 ** (actions.length - 1)).toBe(optimalReturn)
  }
})
