import type { EpisodeRecord, Simulator } from '../../environment.ts'
import { replayEpisode } from '../../replay.ts'

type Led<Level> = Simulator<Level> & {
  /** The cells where the mouse and the leader of a slot are. */
  mouseCell(index: number): number
  leaderCell(index: number): number
}

type LedWorld<Parameters, Level> = { createSimulator(parameters: Parameters, batch: number): Led<Level> }

/** The mouse's cells from the start of an episode, and the leader's last cell. */
export function traceLeaderWalk<Parameters, Level extends { readonly mouse: number; readonly leader: number }>(
  world: LedWorld<Parameters, Level>,
  parameters: Parameters,
  { level, episode }: { readonly level: Level; readonly episode: EpisodeRecord },
): { readonly visited: readonly number[]; readonly leader: number } {
  const visited = [level.mouse]
  let { leader } = level
  for (const { simulator } of replayEpisode(world, parameters, { ...episode, level })) {
    visited.push(simulator.mouseCell(0))
    leader = simulator.leaderCell(0)
  }
  return { visited, leader }
}
