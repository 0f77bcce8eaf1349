import { trailDown, trailLeft, trailRight, trailUp, type Picture, type Thing } from '../rendering/picture.ts'
import { neighbourOffsets, sideOf } from './grid.ts'
import { createMazeSimulator } from './maze-simulator.ts'
import type { MazeLevel, TwoGoalRules } from './two-goals.ts'

type Episode<Level extends MazeLevel> = {
  readonly rules: TwoGoalRules<Level>
  readonly level: Level
  readonly actions: Iterable<number>
  /** What the proxy's cell is called. */
  readonly proxyName: string
}

const leaving = [trailUp, trailLeft, trailDown, trailRight]
const entering = [trailDown, trailRight, trailUp, trailLeft]

/** Replays the actions: moves are deterministic, so that they and the level are the whole episode. */
export function drawEpisode<Level extends MazeLevel>({ rules, level, actions, proxyName }: Episode<Level>): Picture {
  const visited = walk(rules, level, actions)
  const mouse = visited.at(-1) ?? level.mouse
  const things = placeThings(rules, level, mouse)
  const trails = trailsOf(level, visited)
  const side = sideOf(level.size)
  const cells = things.map((thing, cell) => ({ thing, trail: trails[cell] }))
  const below = ['cheese', proxyName].filter((_, i) => mouse === [level.cheese, rules.proxyCell(level)][i])
  const agent = below.length === 0 ? 'mouse' : `mouse at the ${below.join(' and ')}`
  const names = { agent, start: 'start', goal: 'cheese', proxy: proxyName, both: `cheese and ${proxyName}` }
  return {
    rows: Array.from({ length: side }, (_, row) => cells.slice(row * side, (row + 1) * side)),
    legend: (['agent', 'start', 'goal', 'proxy', 'both'] as const)
      .filter((thing) => things.includes(thing))
      .map((thing) => ({ thing, name: names[thing] })),
  }
}

/** The cells where the mouse was, the one where it started first. */
function walk<Level extends MazeLevel>(rules: TwoGoalRules<Level>, level: Level, actions: Iterable<number>): number[] {
  const simulator = createMazeSimulator(level.size, rules, 1)
  simulator.reset(0, level)
  const visited = [level.mouse]
  for (const action of actions) {
    simulator.step(Uint8Array.of(action))
    visited.push(simulator.mouseCell(0))
    if (simulator.terminated[0] + simulator.truncated[0] > 0) break
  }
  return visited
}

function placeThings<Level extends MazeLevel>(rules: TwoGoalRules<Level>, level: Level, mouse: number): Thing[] {
  const things = Array.from(level.walls, (wall): Thing => (wall === 1 ? 'wall' : 'floor'))
  const proxy = rules.proxyCell(level)
  if (things[proxy] !== 'wall') things[proxy] = 'proxy'
  things[level.cheese] = proxy === level.cheese ? 'both' : 'goal'
  // Only what is drawn on floor: whoever starts in the proxy's cell leaves that to be seen.
  if (things[level.mouse] === 'floor') things[level.mouse] = 'start'
  things[mouse] = 'agent'
  return things
}

function trailsOf({ size, walls }: MazeLevel, visited: readonly number[]): Uint8Array {
  const offsets = neighbourOffsets(size)
  const trails = new Uint8Array(walls.length)
  for (const [i, to] of visited.slice(1).entries()) {
    const direction = offsets.indexOf(to - visited[i])
    if (direction < 0) continue
    trails[visited[i]] |= leaving[direction]
    trails[to] |= entering[direction]
  }
  return trails
}
