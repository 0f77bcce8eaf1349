import type { EpisodeRecord } from '../../environment.ts'
import type { CellPicture, Thing } from '../../rendering/picture.ts'
import { replayEpisode } from '../../replay.ts'
import { drawGrid } from '../grid/grid-picture.ts'
import { indicatedRoom, type GoalNavigationLevel } from './level.ts'
import type { GoalNavigationParameters } from './parameters.ts'
import { cellsOf } from './rooms.ts'
import { createGoalNavigationSimulator } from './simulator.ts'

/** The cells of the indicated room are the proxy's. Other backgrounds, which mean nothing, are not drawn. */
export function drawGoalNavigationEpisode(
  parameters: GoalNavigationParameters,
  level: GoalNavigationLevel,
  episode?: EpisodeRecord,
): CellPicture {
  const visited = [level.agent]
  const world = { createSimulator: createGoalNavigationSimulator }
  const actions = episode?.actions ?? []
  for (const { simulator } of replayEpisode(world, parameters, { level, actions })) visited.push(simulator.agentCell(0))
  const room = indicatedRoom(level)
  const indicated = room < 0 ? [] : cellsOf(level.size, room)
  const things = new Map<number, Thing>(indicated.map((cell) => [cell, 'proxy']))
  things.set(level.target, indicated.includes(level.target) ? 'both' : 'goal')
  return drawGrid({
    level,
    things,
    visited,
    names: {
      agent: 'agent',
      start: 'start',
      goal: 'target',
      proxy: 'indicated room',
      both: 'target, in the indicated room',
    },
  })
}
