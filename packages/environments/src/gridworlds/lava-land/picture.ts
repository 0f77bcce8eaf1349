import type { EpisodeRecord } from '../../environment.ts'
import { drawGrid } from '../grid/grid-picture.ts'
import { replayEpisode } from '../../replay.ts'
import type { CellPicture, Thing } from '../../rendering/picture.ts'
import type { LavaLevel } from './level.ts'
import type { LavaParameters } from './parameters.ts'
import { createLavaSimulator } from './simulator.ts'

const world = { createSimulator: createLavaSimulator }

export function drawLavaEpisode(parameters: LavaParameters, level: LavaLevel, episode?: EpisodeRecord): CellPicture {
  const visited = [level.mouse]
  for (const { simulator } of replayEpisode(world, parameters, { level, actions: episode?.actions ?? [] }))
    visited.push(simulator.mouseCell(0))
  const things = new Map<number, Thing>([
    ...level.lava.map((cell): [number, Thing] => [cell, 'hazard']),
    [level.cheese, 'goal'],
  ])
  const agent = visited.at(-1) === level.cheese ? 'mouse at the cheese' : 'mouse'
  return drawGrid({ level, things, visited, names: { agent, start: 'start', goal: 'cheese', hazard: 'lava' } })
}
