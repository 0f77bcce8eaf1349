import { createStream } from '@goalpost/random'
import { goalCycle } from '../src/gridworlds/goal-cycle/goal-cycle.ts'
import { createCycleSimulator } from '../src/gridworlds/goal-cycle/simulator.ts'
import { gridActions, rowAndColumn } from '../src/gridworlds/grid/grid.ts'
import { sampleMixture } from '../src/mixture.ts'

export const stream = createStream(37)
export const draw = (count: number, given: Record<string, unknown> = {}) => {
  const mixture = { environment: goalCycle, parameters: goalCycle.parameters.parse(given), alpha: 0 }
  return { ...mixture, stream, levels: Array.from({ length: count }, (_, i) => sampleMixture(mixture, stream, i)) }
}
export const antiExpert = { agents: { leader: 'anti-expert' } }

export type Moves = readonly (typeof gridActions)[number][]
export const times = (count: number, move: Moves[number]): Moves => Array(count).fill(move)

/** Plays the moves and returns, per step, [reward, proxy reward, terminated, truncated], and the leader’s cell. */
export function walk(drawing: string, moves: Moves, given: Record<string, unknown> = {}) {
  const parameters = goalCycle.parameters.parse({ size: 5, spheres: 3, ...given })
  const level = goalCycle.parseLevel(parameters, drawing)
  const simulator = createCycleSimulator(parameters, 1)
  simulator.reset(0, level)
  const leader: string[] = []
  const outcomes = moves.map((move) => {
    simulator.step(Uint8Array.of(gridActions.indexOf(move)))
    leader.push(rowAndColumn(parameters.size, simulator.leaderCell(0)).join())
    const {
      goalRewards: [rewards, proxyRewards],
      terminated,
      truncated,
    } = simulator
    return [rewards[0], proxyRewards[0], terminated[0], truncated[0]].join(' ')
  })
  return { outcomes, leader, simulator, parameters, level, counters: [...simulator.counters] }
}

export const square = `
  #######
  #1...2#
  #.....#
  #..@..#
  #.....#
  #3...L#
  #######
  cycle: 1 3 2`
