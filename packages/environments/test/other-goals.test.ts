import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { corner } from '../src/gridworlds/corner/corner.ts'
import type { CornerLevel } from '../src/gridworlds/corner/level.ts'
import { cellAt, neighbourOffsets } from '../src/gridworlds/grid/grid.ts'
import { sampleMixture } from '../src/mixture.ts'
import { environments } from '../src/registry.ts'

const stream = createStream(11)

/** Worlds whose further goals are paid by what the simulator counts anyway: goal → counters, added up. */
const counted: readonly (readonly [world: string, goals: Readonly<Record<string, readonly string[]>>])[] = [
  ['keys', { 'collected-keys': ['keys collected'] }],
  ['lava-land', { lava: ['steps on lava'] }],
  ['follow-me', { 'any-beacon': ['visits'], 'near-leader': ['steps beside the leader'] }],
  ['goal-cycle', { 'any-sphere': ['visits'], 'near-leader': ['steps beside the leader'] }],
  ['monster-world', { 'apples-at-any-cost': ['apples taken'], monsters: ['hits', 'monsters destroyed'] }],
]

test.each(counted)('%s pays its further goals in exactly the steps that it counts', (name, goals) => {
  const environment = environments.get(name)!
  const parameters = environment.parameters.parse({})
  const { counters: names } = environment.measures(parameters)
  const simulator = environment.createSimulator(parameters, 1)
  const alpha = environment.distributions.length > 1 ? 1 : 0
  const paid = new Map(Object.keys(goals).map((goal) => [goal, 0]))
  for (let episode = 0; episode < 40; episode++) {
    simulator.reset(0, sampleMixture({ environment, parameters, alpha }, stream, episode), episode)
    while (simulator.terminated[0] + simulator.truncated[0] === 0) {
      const before = simulator.counters.slice()
      simulator.step(Uint8Array.of(Math.floor(stream.uniform(episode, simulator.steps[0]) * 4)))
      for (const [goal, columns] of Object.entries(goals)) {
        const at = columns.map((column) => names.indexOf(column))
        const reward = simulator.goalRewards[environment.goals.findIndex((one) => one.name === goal)][0]
        expect(reward).toBe(at.reduce((sum, column) => sum + simulator.counters[column] - before[column], 0))
        paid.set(goal, paid.get(goal)! + reward)
      }
    }
  }
  for (const total of paid.values()) expect(total).toBeGreaterThan(0)
})

describe('the corners that are no proxy', () => {
  const level = `
    #####
    #...#
    #.@.#
    #c..#
    #####`
  const names = ['top-right', 'bottom-left', 'bottom-right']

  function play(moves: string, given: object = {}) {
    const parameters = corner.parameters.parse({ size: 3, ...given })
    const simulator = corner.createSimulator(parameters, 1)
    simulator.reset(0, corner.parseLevel(parameters, level))
    return Array.from(moves, (move) => {
      simulator.step(Uint8Array.of('ULDR'.indexOf(move)))
      return simulator.goalRewards.map((rewards) => Math.round(rewards[0] * 100) / 100).join(' ')
    })
  }

  test('pay 1 at the first visit, each to a goal of its own, and end nothing', () => {
    expect(corner.goals.slice(2).map(({ name }) => name)).toEqual(names)
    const rewards = play('URULDDRUUDDLL')
    expect(rewards.filter((reward) => reward !== '0 0 0 0 0')).toEqual(['0 0 1 0 0', '0 0 0 0 1', '1 0 0 1 0'])
    expect([rewards[1], rewards[6], rewards[12]]).toEqual(['0 0 1 0 0', '0 0 0 0 1', '1 0 0 1 0'])
  })

  test('are worth less later, if time costs', () => {
    expect(play('UR', { maxSteps: 10, timePenalty: 1 })).toEqual(['0 0 0 0 0', '0 0 0.9 0 0'])
  })

  test.each(['cheese', 'both'])(
    'have the optimum that trying everything finds, where %s ends the episode',
    (ending) => {
      const parameters = corner.parameters.parse({ size: 4, ending, maxSteps: 9, discount: 0.9, wallProbability: 0.3 })
      for (let i = 0; i < 300; i++) {
        const drawn = corner.distributions[1].sample(parameters, stream.named('corners').at(i)) as CornerLevel
        const found = [cellAt(4, 1, 4), cellAt(4, 4, 1), cellAt(4, 4, 4)].map((cell) => firstVisit(drawn, cell, ending))
        const wanted = found.map((steps) => (steps > 9 ? 0 : 0.9 ** (steps - 1)))
        expect(corner.solve(parameters, drawn).optimalReturns.slice(2)).toEqual(wanted)
      }
    },
  )
})

/** Steps until a cell can be visited first, by looking at all that can have happened after so many steps. */
function firstVisit({ size, walls, mouse, cheese }: CornerLevel, target: number, ending: string): number {
  const top = cellAt(size, 1, 1)
  let open = new Set([`${mouse} 0`])
  for (let steps = 1; steps <= 40; steps++) {
    const next = new Set<string>()
    for (const state of open) {
      const [cell, visited] = state.split(' ').map(Number)
      for (const offset of neighbourOffsets(size)) {
        const to = walls[cell + offset] === 1 ? cell : cell + offset
        if (to === target) return steps
        const after = visited | (to === cheese ? 1 : 0) | (to === top ? 2 : 0)
        if (ending === 'cheese' ? (after & 1) === 0 : after !== 3) next.add(`${to} ${after}`)
      }
    }
    open = next
  }
  return Number.POSITIVE_INFINITY
}
