import type { EpisodeRecord } from '../../environment.ts'
import { drawGrid } from '../grid/grid-picture.ts'
import type { CellPicture, Thing } from '../../rendering/picture.ts'
import { replayEpisode } from '../../replay.ts'
import { appleChannel, monsterChannel, shieldChannel } from './episodes.ts'
import type { MonsterLevel } from './level.ts'
import type { MonsterParameters } from './parameters.ts'
import { cellsWith, createMonsterSimulator } from './simulator.ts'

/** The things left, and where the monsters are now. */
export function drawMonsterEpisode(
  parameters: MonsterParameters,
  level: MonsterLevel,
  episode: EpisodeRecord = { actions: [] },
): CellPicture {
  const visited = [level.mouse]
  let { apples, shields, monsters } = level
  let held = 0
  const world = { createSimulator: createMonsterSimulator }
  for (const { simulator } of replayEpisode(world, parameters, { ...episode, level })) {
    const { map } = simulator
    const cellsOf = (channel: number) => cellsWith({ observations: map, stride: map.length }, 0, channel)
    visited.push(simulator.mouseCell(0))
    held = simulator.held(0)
    ;[apples, shields, monsters] = [appleChannel, shieldChannel, monsterChannel].map(cellsOf)
  }
  const laid = (cells: readonly number[], thing: Thing) => cells.map((cell): [number, Thing] => [cell, thing])
  const things = new Map([...laid(apples, 'goal'), ...laid(shields, 'proxy'), ...laid(monsters, 'hazard')])
  const agent = held === 0 ? 'mouse' : `mouse with ${held} ${held === 1 ? 'shield' : 'shields'}`
  const names = { agent, start: 'start', goal: 'apple', proxy: 'shield', hazard: 'monster' }
  return drawGrid({ level, things, visited, names })
}
