import type { CellPicture, Thing } from '../../rendering/picture.ts'
import { drawGrid } from './grid-picture.ts'
import { createMazeSimulator } from './maze-simulator.ts'
import type { MazeLevel, MazeRules } from './maze-rules.ts'

type Episode<Level extends MazeLevel> = {
  readonly rules: MazeRules<Level>
  readonly level: Level
  readonly actions: Iterable<number>
  /** What the goal's and the proxy's cells are called. */
  readonly names: readonly [goal: string, proxy: string]
}

/** Replays the actions: moves are deterministic, so they and the level determine the episode. */
export function drawEpisode<Level extends MazeLevel>({
  rules,
  level,
  actions,
  names: [goalName, proxyName],
}: Episode<Level>): CellPicture {
  const visited = walk(rules, level, actions)
  const cells = [rules.goalCell(level), rules.proxyCell(level)]
  const [goal, proxy] = cells
  const things = new Map<number, Thing>([
    [proxy, 'proxy'],
    [goal, proxy === goal ? 'both' : 'goal'],
  ])
  const below = [goalName, proxyName].filter((_, i) => visited.at(-1) === cells[i])
  const agent = below.length === 0 ? 'mouse' : `mouse at the ${below.join(' and ')}`
  const names = { agent, start: 'start', goal: goalName, proxy: proxyName, both: `${goalName} and ${proxyName}` }
  return drawGrid({ level, things, visited, names })
}

/** The mouse's cells, its start first. */
function walk<Level extends MazeLevel>(rules: MazeRules<Level>, level: Level, actions: Iterable<number>): number[] {
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
