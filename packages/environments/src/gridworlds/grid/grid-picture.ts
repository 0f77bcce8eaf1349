import {
  isThing,
  trailDown,
  trailLeft,
  trailRight,
  trailUp,
  type CellPicture,
  type PictureCell,
  type Thing,
} from '../../rendering/picture.ts'
import { neighbourOffsets, sideOf, type GridLevel } from './grid.ts'

type Scene = {
  readonly level: GridLevel
  /**
   * By cell: the thing there, of several the first one that matters. Walls, floor, start and agent are drawn anyway.
   */
  readonly things: ReadonlyMap<number, Thing>
  readonly labels?: ReadonlyMap<number, string>
  /** The cells where the agent was, from its start to its current cell. */
  readonly visited: readonly number[]
  /** Names of the things, in the order of the legend; invisible ones are left out. */
  readonly names: Partial<Readonly<Record<Thing, string>>>
}

const leaving = [trailUp, trailLeft, trailDown, trailRight]
const entering = [trailDown, trailRight, trailUp, trailLeft]

/** A grid with things in it and an agent's path through it. */
export function drawGrid({ level, things, labels, visited, names }: Scene): CellPicture {
  const side = sideOf(level.size)
  const trails = trailsOf(level, visited)
  const cells = Array.from(level.walls, (wall, cell): PictureCell => {
    const thing = wall === 1 ? 'wall' : thingAt(cell, things, visited)
    const label = thing === 'agent' || thing === 'start' ? undefined : labels?.get(cell)
    return { thing, trail: trails[cell], ...(label === undefined ? {} : { label }) }
  })
  const seen = new Set(cells.map(({ thing }) => thing))
  return {
    kind: 'cells',
    rows: Array.from({ length: side }, (_, row) => cells.slice(row * side, (row + 1) * side)),
    legend: Object.entries(names).flatMap(([thing, name]) =>
      isThing(thing) && seen.has(thing) ? [{ thing, name }] : [],
    ),
  }
}

/** The start is drawn only on floor: a thing in the starting cell stays visible. */
function thingAt(cell: number, things: ReadonlyMap<number, Thing>, visited: readonly number[]): Thing {
  if (cell === visited.at(-1)) return 'agent'
  return things.get(cell) ?? (cell === visited[0] ? 'start' : 'floor')
}

function trailsOf({ size, walls }: GridLevel, visited: readonly number[]): Uint8Array {
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
