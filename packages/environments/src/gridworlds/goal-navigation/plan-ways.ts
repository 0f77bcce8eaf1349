import { fillDistances, unreachable } from '../grid/distances.ts'
import { legActions } from '../grid/legs.ts'
import { indicatedRoom, type GoalNavigationLevel } from './level.ts'
import { cellsOf, centreOf, roomsOf } from './rooms.ts'

/** A shortest way to something: the moves until it counts, and all actions, which may go on. */
export type Way = { readonly moves: number; readonly actions: readonly number[] }

/** null if no path leads there. */
export function wayToTarget(level: GoalNavigationLevel): Way | null {
  const moves = movesFromStart(level, -1)[level.target]
  if (moves === unreachable) return null
  return { moves, actions: legActions(level, level.agent, level.target, nothingStops(level)) }
}

/**
 * To the nearest cell of the indicated room on a path that does not end at the target first, then on to the room's
 * centre. null if there is no such room or path. An agent that starts in the room is in it after one step.
 */
export function wayToIndicatedRoom(level: GoalNavigationLevel): Way | null {
  const room = indicatedRoom(level)
  if (room < 0) return null
  const { size, agent, target } = level
  const stops = nothingStops(level)
  const isElsewhere = roomsOf(size)[target] !== room
  if (isElsewhere) stops[target] = 1
  const distances = movesFromStart(level, isElsewhere ? target : -1)
  const reached = cellsOf(size, room).filter((cell) => distances[cell] !== unreachable)
  if (reached.length === 0) return null
  const entry = reached.reduce((best, cell) => (distances[cell] < distances[best] ? cell : best))
  return {
    moves: Math.max(1, distances[entry]),
    actions: [...legActions(level, agent, entry, stops), ...toCentre(level, entry, room)],
  }
}

function toCentre(level: GoalNavigationLevel, entry: number, room: number): readonly number[] {
  const centre = centreOf(level.size, room)
  const distances = new Int16Array(level.walls.length)
  fillDistances(level, centre, -1, distances)
  return distances[entry] === unreachable ? [] : legActions(level, entry, centre, nothingStops(level))
}

function movesFromStart(level: GoalNavigationLevel, avoid: number): Int16Array {
  const distances = new Int16Array(level.walls.length)
  fillDistances(level, level.agent, avoid, distances)
  return distances
}

const nothingStops = ({ walls }: GoalNavigationLevel): Uint8Array => new Uint8Array(walls.length)
