import type { EpisodeRecord } from '../../environment.ts'
import { drawGrid } from '../grid/grid-picture.ts'
import type { CellPicture, Thing } from '../../rendering/picture.ts'
import { replayEpisode } from '../../replay.ts'
import type { TreeLevel } from './level.ts'
import type { TreeParameters } from './parameters.ts'
import { createTreeSimulator } from './simulator.ts'

/** The forest at the end. */
export function drawTreeEpisode(
  parameters: TreeParameters,
  level: TreeLevel,
  episode: EpisodeRecord = { actions: [] },
): CellPicture {
  const visited = [level.agent]
  let trees = level.trees
  const world = { createSimulator: createTreeSimulator }
  const cells = Array.from(level.walls, (_, cell) => cell)
  for (const { simulator } of replayEpisode(world, parameters, { ...episode, level })) {
    visited.push(simulator.agentCell(0))
    trees = cells.filter((cell) => simulator.hasTree(0, cell))
  }
  const things = new Map(trees.map((cell): [number, Thing] => [cell, 'goal']))
  return drawGrid({ level, things, visited, names: { agent: 'agent', start: 'start', goal: 'tree' } })
}
