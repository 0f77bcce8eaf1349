import type { EpisodeRecord } from '../../environment.ts'
import { drawGrid } from '../grid/grid-picture.ts'
import { traceLeaderWalk } from '../grid/leader-walk.ts'
import type { CellPicture, Thing } from '../../rendering/picture.ts'
import type { FollowLevel } from './level.ts'
import type { FollowParameters } from './parameters.ts'
import { createFollowSimulator } from './simulator.ts'

const world = { createSimulator: createFollowSimulator }

/**
 * Beacons show their place in the right order; the legend has the leader's order. The leader is at its current cell.
 */
export function drawFollowEpisode(
  parameters: FollowParameters,
  level: FollowLevel,
  episode: EpisodeRecord = { actions: [] },
): CellPicture {
  const { visited, leader } = traceLeaderWalk(world, parameters, { level, episode })
  const { beacons, tour } = level
  const things = new Map(beacons.map((cell): [number, Thing] => [cell, 'goal']))
  const labels = new Map(beacons.map((cell, i) => [cell, String(i + 1)]))
  if (parameters.agents.leader === 'present' && !beacons.includes(leader)) things.set(leader, 'other')
  const order = tour.map((beacon) => beacon + 1).join(' ')
  const names = { agent: 'mouse', start: 'start', goal: 'beacon, numbered in order', other: `leader, to ${order}` }
  return drawGrid({ level, things, labels, visited, names })
}
