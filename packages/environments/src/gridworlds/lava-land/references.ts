import type { Oracles } from '../grid/define-gridworld.ts'
import { fillDistances, unreachable } from '../grid/distances.ts'
import { neighbourOffsets } from '../grid/grid.ts'
import { planning } from '../grid/plan-follower.ts'
import type { LavaLevel } from './level.ts'
import type { LavaParameters } from './parameters.ts'
import { planLava } from './solve-lava.ts'

export const lavaOracles: Oracles<LavaParameters, LavaLevel> = {
  'cheese-without-lava': planning((level, parameters) => planLava(level, parameters).actions),
  cheese: planning(shortestWay),
}

/** The shortest path to the cheese, ignoring lava; empty if there is none. */
export function shortestWay(level: LavaLevel): number[] {
  const distances = new Int16Array(level.walls.length)
  fillDistances(level, level.cheese, -1, distances)
  if (distances[level.mouse] === unreachable) return []
  const offsets = neighbourOffsets(level.size)
  const actions: number[] = []
  for (let cell = level.mouse; cell !== level.cheese;) {
    const action = offsets.findIndex((offset) => distances[cell + offset] === distances[cell] - 1)
    actions.push(action)
    cell += offsets[action]
  }
  return actions
}
