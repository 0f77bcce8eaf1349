import type { CellPicture, Thing } from '../../rendering/picture.ts'
import { drawGrid } from './grid-picture.ts'
import { createMazeSimulator } from './maze-simulator.ts'
import type { MazeLevel, MazeRules } from './maze-rules.ts'

type Episode<Level extends MazeLevel> = {
  readonly rules: MazeRules<Level>
  readonly level: Level
  readonly actions: Iterable<number>
  /** The name of the proxy's cell. */
  readonly proxyName: string
}

/** Replays the actions: moves are deterministic, so they and the level determine the episode. */
export function drawEpisode<Level extends MazeLevel>({
  rules,
  level,
  actions,
  proxyName,
}: Episode<Level>): CellPicture {
  const visited = walk(rules, level, actions)
  const proxy = rules.proxyCell(level)
  const things = new Map<number, Thing>([
    [proxy, 'proxy'],
    [level.cheese, proxy === level.cheese ? 'both' : 'goal'],
  ])
  const below = ['cheese', proxyName].filter((_, i) => visited.at(-1) === [level.cheese, proxy][i])
  const agent = below.length === 0 ? 'mouse' : `mouse at the ${below.join(' and ')}`
  const names = { agent, start: 'start', goal: 'cheese', proxy: proxyName, both: `cheese and ${proxyName}` }
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
