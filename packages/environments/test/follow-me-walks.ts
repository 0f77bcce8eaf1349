import { createStream } from '@goalpost/random'
import { followMe } from '../src/gridworlds/follow-me/follow-me.ts'
import type { FollowLevel } from '../src/gridworlds/follow-me/level.ts'
import { createFollowSimulator } from '../src/gridworlds/follow-me/simulator.ts'
import { gridActions, rowAndColumn } from '../src/gridworlds/grid/grid.ts'
import { sampleMixture } from '../src/mixture.ts'

export const stream = createStream(31)
export const draw = (alpha: number, count: number, given: Record<string, unknown> = {}) => {
  const mixture = { environment: followMe, parameters: followMe.parameters.parse(given), alpha }
  return { ...mixture, stream, levels: Array.from({ length: count }, (_, i) => sampleMixture(mixture, stream, i)) }
}

export function drawDecoys(count: number, given: Record<string, unknown>): FollowLevel[] {
  const decoy = followMe.distributions.find(({ name }) => name === 'decoy')!
  const parameters = followMe.parameters.parse(given)
  return Array.from({ length: count }, (_, i) => decoy.sample(parameters, stream.named('decoys').at(i)))
}

export type Moves = readonly (typeof gridActions)[number][]

/** Plays the moves and returns, per step, [reward, proxy reward, terminated, truncated], and the leader’s cell. */
export function walk(drawing: string, moves: Moves, given: Record<string, unknown> = {}) {
  const parameters = followMe.parameters.parse({ size: 5, ...given })
  const level = followMe.parseLevel(parameters, drawing)
  const simulator = createFollowSimulator(parameters, 1)
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

export const hall = `
  #######
  #.2@.1#
  #####.#
  #####.#
  #####.#
  #3..L.#
  #######
  leader order: 2 3 1`
