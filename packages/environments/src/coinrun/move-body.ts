import type { CellMap } from '../procgen/cell-map.ts'
import { halfHeight, halfWidth, type Bodies } from './body.ts'
import { crateBit, solidBit } from './terrain.ts'

/** Procgen's constants (`coinrun.cpp`, `basic-abstract-game.cpp` of openai/procgen), in cells and steps. */
const gravity = 0.2
export const jumpSpeed = 1.5
export const maxSpeed = 0.5
/** How fast the horizontal velocity follows the action, on the ground and in the air. */
const groundMix = 0.2
const airMix = 0.2 * 0.15
/** Corners that walls stop, as a share of the half sides. */
const margin = 0.98
/** How deep a body may be in a crate before they touch. */
const slack = 0.001
/** Where support is looked for: this far inside the box's sides, and below its feet. */
const probe = 0.01

/** Places in the array of what moves: an array, as numbers in objects are allocated one by one. */
const [x, y, vx, vy, before, parts] = [0, 1, 2, 3, 4, 5]
const [cornerX, cornerY] = [margin * halfWidth, margin * halfHeight]
const [probeX, probeY] = [halfWidth - probe, halfHeight + probe]

/**
 * A step under way. It is an argument of plain functions, not captured by closures: those of a second simulator in the
 * process would make all of them slower, as V8 compiles closures with what they capture only while there is one of each.
 */
export type Motion = {
  readonly cells: Uint8Array
  readonly stride: number
  readonly at: Float64Array
  /** Index of the level's cell (0, 0). */
  origin: number
  onCrate: boolean
}

export function createMotion({ cells, stride }: Pick<CellMap, 'cells' | 'stride'>): Motion {
  return { cells, stride, at: new Float64Array(6), origin: 0, onCrate: false }
}

/**
 * One step of an agent with Procgen's rules. `first` is the index of its level's cell (0, 0) in the map; `direction` is
 * −1, 0 or 1. Where Procgen draws the order of the axes at random (equal speeds), the vertical one goes first.
 */
export function moveBody(
  motion: Motion,
  bodies: Bodies,
  index: number,
  first: number,
  direction: number,
  jump: boolean,
): void {
  const { at } = motion
  motion.origin = first
  motion.onCrate = false
  at[x] = bodies.x[index]
  at[y] = bodies.y[index]
  at[vx] = bodies.vx[index]
  at[vy] = bodies.vy[index]
  at[before] = at[y]
  const supported = bodies.supported[index] === 1
  const jumps = jump && supported
  accelerate(at, supported, direction, jumps)
  moveAll(motion, !jumps && (direction !== 0 || Math.abs(at[vx]) > Math.abs(at[vy])))
  bodies.x[index] = at[x]
  bodies.y[index] = at[y]
  // Adding 0 turns −0, which has other bytes, into 0.
  bodies.vx[index] = at[vx] + 0
  bodies.vy[index] = at[vy] + 0
  bodies.supported[index] = at[vy] === 0 && stands(motion) ? 1 : 0
}

function accelerate(at: Float64Array, supported: boolean, direction: number, jumps: boolean): void {
  const mix = supported ? groundMix : airMix
  const across = (1 - mix) * at[vx] + mix * maxSpeed * direction
  at[vx] = Math.abs(across) < mix * maxSpeed ? 0 : across
  if (jumps) at[vy] = jumpSpeed
  else at[vy] = Math.max(-jumpSpeed, Math.min(jumpSpeed, at[vy] - gravity))
  at[parts] = Math.max(4, Math.floor(4 * Math.sqrt(at[vx] * at[vx] + at[vy] * at[vy])))
}

function moveAll(motion: Motion, xFirst: boolean): void {
  const { at } = motion
  let freeX = 0
  let freeY = 0
  for (let part = 0; part < at[parts]; part++) {
    let wentX = xFirst ? moveX(motion) : 0
    const wentY = moveY(motion)
    if (!xFirst) wentX = moveX(motion)
    freeX += wentX
    freeY += wentY
    if (wentX + wentY === 0) break
  }
  at[vx] *= freeX / at[parts]
  at[vy] *= freeY / at[parts]
}

/** One of the equal parts of a step. Returns 1 if nothing was in the way. */
function moveX(motion: Motion): number {
  const { at } = motion
  const speed = at[vx]
  if (speed === 0) return 1
  at[x] += speed / at[parts]
  if (!blocked(motion)) return 1
  at[x] = speed > 0 ? Math.floor(at[x] + halfWidth) - halfWidth : Math.ceil(at[x] - halfWidth) + halfWidth
  return 0
}

function moveY(motion: Motion): number {
  const { at } = motion
  const speed = at[vy]
  if (speed === 0) return 1
  at[y] += speed / at[parts]
  const stopped = blocked(motion)
  if (stopped)
    at[y] = speed > 0 ? Math.floor(at[y] + halfHeight) - halfHeight : Math.ceil(at[y] - halfHeight) + halfHeight
  return stopped || (speed < 0 && landOnCrate(motion)) ? 0 : 1
}

function blocked({ at, cells, stride, origin }: Motion): boolean {
  const left = Math.floor(at[x] - cornerX)
  const right = Math.floor(at[x] + cornerX)
  const bottom = origin + Math.floor(at[y] - cornerY) * stride
  const top = origin + Math.floor(at[y] + cornerY) * stride
  return ((cells[bottom + left] | cells[bottom + right] | cells[top + left] | cells[top + right]) & solidBit) !== 0
}

/** Crates stop what was above them when the step began. */
function landOnCrate(motion: Motion): boolean {
  const { at, cells, stride, origin } = motion
  const left = Math.ceil(at[x] - halfWidth - 1 + slack)
  const right = Math.floor(at[x] + halfWidth - slack)
  const lowest = Math.floor(at[y] - halfHeight + slack)
  for (let row = Math.floor(at[before] - halfHeight); row >= lowest; row--) {
    if (at[before] < row + 1 + halfHeight) continue
    for (let column = left; column <= right; column++) {
      if ((cells[origin + row * stride + column] & crateBit) === 0) continue
      at[y] = row + 1 + halfHeight
      at[vy] = 0
      motion.onCrate = true
      return true
    }
  }
  return false
}

function stands({ at, cells, stride, origin, onCrate }: Motion): boolean {
  const below = origin + Math.floor(at[y] - probeY) * stride
  const under = cells[below + Math.floor(at[x] - probeX)] | cells[below + Math.floor(at[x] + probeX)]
  return onCrate || (under & solidBit) !== 0
}
