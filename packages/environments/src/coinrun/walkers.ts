import type { CellMap } from '../procgen/cell-map.ts'
import type { Bodies } from './body.ts'
import type { CoinrunLevel } from './level.ts'
import { barrierBit, solidBit } from './terrain.ts'
import { touchX, touchY } from './touch.ts'

const speed = 0.15
/** Walkers turn once they are this deep in what stops them. */
const depth = 0.01
const stopping = barrierBit | solidBit

/** Walkers of many levels: `x` of their centres, `row`, and velocity; those of slot i begin at i · `room`. */
export type Walkers = {
  readonly room: number
  readonly count: Uint8Array
  readonly x: Float64Array
  readonly velocity: Float64Array
  readonly row: Int32Array
}

export function createWalkers(slots: number, room: number): Walkers {
  const total = slots * room
  return {
    room,
    count: new Uint8Array(slots),
    x: new Float64Array(total),
    velocity: new Float64Array(total),
    row: new Int32Array(total),
  }
}

/** Throws a RangeError if the level has more walkers than there is room for. */
export function placeWalkers(walkers: Walkers, slot: number, { walkers: placed, width }: CoinrunLevel): void {
  if (placed.length > walkers.room) throw new RangeError(`this level has walkers, which the parameters exclude`)
  walkers.count[slot] = placed.length
  for (let i = 0, at = slot * walkers.room; i < placed.length; i++, at++) {
    const { cell, right } = placed[i]
    walkers.x[at] = (cell % width) + 0.5
    walkers.row[at] = Math.floor(cell / width)
    walkers.velocity[at] = right ? speed : -speed
  }
}

/**
 * One step of a slot's walkers, which turn at walls and barriers and pass through everything else. Procgen moves them in
 * quarters of a step; as they are mirrored at the edge, that ends in the same place.
 */
export function stepWalkers(
  { room, count, x, velocity, row }: Walkers,
  slot: number,
  { cells, stride }: Pick<CellMap, 'cells' | 'stride'>,
  first: number,
): void {
  for (let at = slot * room; at < slot * room + count[slot]; at++) {
    const step = velocity[at]
    const next = x[at] + step
    const side = step > 0 ? 0.5 : -0.5
    const corner = Math.floor(next + side - Math.sign(step) * depth)
    if ((cells[first + row[at] * stride + corner] & stopping) === 0) x[at] = next
    else {
      const edge = step > 0 ? Math.floor(next + side) : Math.ceil(next + side)
      x[at] = 2 * (edge - side) - next
      velocity[at] = -step
    }
  }
}

/** Whether a body touches one of a slot's walkers. */
export function touchesWalker({ room, count, x, row }: Walkers, slot: number, bodies: Bodies, index: number): boolean {
  for (let at = slot * room; at < slot * room + count[slot]; at++)
    if (Math.abs(bodies.x[index] - x[at]) < touchX && Math.abs(bodies.y[index] - row[at] - 0.5) < touchY) return true
  return false
}
