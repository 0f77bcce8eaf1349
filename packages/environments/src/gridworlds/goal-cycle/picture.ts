import type { EpisodeRecord } from '../../environment.ts'
import { drawGrid } from '../grid/grid-picture.ts'
import { traceLeaderWalk } from '../grid/leader-walk.ts'
import type { CellPicture, Thing } from '../../rendering/picture.ts'
import type { CycleLevel } from './level.ts'
import type { CycleParameters } from './parameters.ts'
import { createCycleSimulator } from './simulator.ts'

const world = { createSimulator: createCycleSimulator }

/** Spheres show their place in the right order; the leader is at its current cell. */
export function drawCycleEpisode(
  parameters: CycleParameters,
  level: CycleLevel,
  episode: EpisodeRecord = { actions: [] },
): CellPicture {
  const { visited, leader } = traceLeaderWalk(world, parameters, { level, episode })
  const { spheres, cycle } = level
  const things = new Map(spheres.map((cell): [number, Thing] => [cell, 'goal']))
  const labels = new Map(cycle.map((sphere, i) => [spheres[sphere], String(i + 1)]))
  const { leader: role } = parameters.agents
  if (role !== 'absent' && !things.has(leader)) things.set(leader, 'other')
  const names = { agent: 'mouse', start: 'start', goal: 'sphere, numbered in order', other: role }
  return drawGrid({ level, things, labels, visited, names })
}
