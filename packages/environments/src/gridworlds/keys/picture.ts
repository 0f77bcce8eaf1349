import type { EpisodeRecord } from '../../environment.ts'
import { drawGrid } from '../grid/grid-picture.ts'
import { replayEpisode } from '../../replay.ts'
import type { CellPicture, Thing } from '../../rendering/picture.ts'
import type { KeysLevel } from './level.ts'
import { createKeysSimulator, type KeysRules } from './simulator.ts'

/** Opened chests and collected keys are gone; things only walked over remain. */
export function drawKeysEpisode(parameters: KeysRules, level: KeysLevel, episode?: EpisodeRecord): CellPicture {
  const visited = [level.mouse]
  let left = level
  let held = 0
  const world = { createSimulator: createKeysSimulator }
  for (const {
    simulator,
    rewards: [reward],
  } of replayEpisode(world, parameters, { level, actions: episode?.actions ?? [] })) {
    const cell = simulator.mouseCell(0)
    visited.push(cell)
    held = simulator.held(0)
    left = {
      ...left,
      keys: left.keys.filter((key) => key !== cell),
      chests: left.chests.filter((chest) => chest !== cell || reward === 0),
    }
  }
  const things = new Map<number, Thing>([
    ...left.chests.map((cell): [number, Thing] => [cell, 'goal']),
    ...left.keys.map((cell): [number, Thing] => [cell, 'proxy']),
  ])
  const agent = held === 0 ? 'mouse' : `mouse with ${held} ${held === 1 ? 'key' : 'keys'}`
  return drawGrid({ level, things, visited, names: { agent, start: 'start', goal: 'chest', proxy: 'key' } })
}
