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

export type MoveBody = (bodies: Bodies, index: number, first: number, direction: number, jump: boolean) => void

/** Places in the array of what moves: an array, as numbers in variables of closures are allocated one by one. */
const [x, y, vx, vy, before, parts] = [0, 1, 2, 3, 4, 5]

/**
 * One step of an agent with Procgen's rules. `first` is the index of its level's cell (0, 0) in the map; `direction` is
 * −1, 0 or 1. Where Procgen draws the order of the axes at random (equal speeds), the vertical one goes first.
 */
export function createMoveBody({ cells, stride }: Pick<CellMap, 'cells' | 'stride'>): MoveBody {
  const [cornerX, cornerY] = [margin * halfWidth, margin * halfHeight]
  const [probeX, probeY] = [halfWidth - probe, halfHeight + probe]
  const moving = new Float64Array(6)
  let origin = 0
  let onCrate = false

  function blocked(): boolean {
    const left = Math.floor(moving[x] - cornerX)
    const right = Math.floor(moving[x] + cornerX)
    const bottom = origin + Math.floor(moving[y] - cornerY) * stride
    const top = origin + Math.floor(moving[y] + cornerY) * stride
    return ((cells[bottom + left] | cells[bottom + right] | cells[top + left] | cells[top + right]) & solidBit) !== 0
  }

  /** One of the equal parts of a step. Returns 1 if nothing was in the way. */
  function moveX(): number {
    const speed = moving[vx]
    if (speed === 0) return 1
    moving[x] += speed / moving[parts]
    if (!blocked()) return 1
    moving[x] = speed > 0 ? Math.floor(moving[x] + halfWidth) - halfWidth : Math.ceil(moving[x] - halfWidth) + halfWidth
    return 0
  }

  function moveY(): number {
    const speed = moving[vy]
    if (speed === 0) return 1
    moving[y] += speed / moving[parts]
    const stopped = blocked()
    if (stopped)
      moving[y] =
        speed > 0 ? Math.floor(moving[y] + halfHeight) - halfHeight : Math.ceil(moving[y] - halfHeight) + halfHeight
    return stopped || (speed < 0 && landOnCrate()) ? 0 : 1
  }

  /** Crates stop what was above them when the step began. */
  function landOnCrate(): boolean {
    const left = Math.ceil(moving[x] - halfWidth - 1 + slack)
    const right = Math.floor(moving[x] + halfWidth - slack)
    const lowest = Math.floor(moving[y] - halfHeight + slack)
    for (let row = Math.floor(moving[before] - halfHeight); row >= lowest; row--) {
      if (moving[before] < row + 1 + halfHeight) continue
      for (let column = left; column <= right; column++) {
        if ((cells[origin + row * stride + column] & crateBit) === 0) continue
        moving[y] = row + 1 + halfHeight
        moving[vy] = 0
        onCrate = true
        return true
      }
    }
    return false
  }

  function moveAll(xFirst: boolean): void {
    let freeX = 0
    let freeY = 0
    for (let part = 0; part < moving[parts]; part++) {
      let wentX = xFirst ? moveX() : 0
      const wentY = moveY()
      if (!xFirst) wentX = moveX()
      freeX += wentX
      freeY += wentY
      if (wentX + wentY === 0) break
    }
    moving[vx] *= freeX / moving[parts]
    moving[vy] *= freeY / moving[parts]
  }

  function accelerate(supported: boolean, direction: number, jumps: boolean): void {
    const mix = supported ? groundMix : airMix
    const across = (1 - mix) * moving[vx] + mix * maxSpeed * direction
    moving[vx] = Math.abs(across) < mix * maxSpeed ? 0 : across
    if (jumps) moving[vy] = jumpSpeed
    else moving[vy] = Math.max(-jumpSpeed, Math.min(jumpSpeed, moving[vy] - gravity))
    moving[parts] = Math.max(4, Math.floor(4 * Math.sqrt(moving[vx] * moving[vx] + moving[vy] * moving[vy])))
  }

  function stands(): boolean {
    const below = origin + Math.floor(moving[y] - probeY) * stride
    const under = cells[below + Math.floor(moving[x] - probeX)] | cells[below + Math.floor(moving[x] + probeX)]
    return onCrate || (under & solidBit) !== 0
  }

  return (bodies, index, first, direction, jump) => {
    origin = first
    onCrate = false
    moving[x] = bodies.x[index]
    moving[y] = bodies.y[index]
    moving[vx] = bodies.vx[index]
    moving[vy] = bodies.vy[index]
    moving[before] = moving[y]
    const supported = bodies.supported[index] === 1
    const jumps = jump && supported
    accelerate(supported, direction, jumps)
    moveAll(!jumps && (direction !== 0 || Math.abs(moving[vx]) > Math.abs(moving[vy])))
    bodies.x[index] = moving[x]
    bodies.y[index] = moving[y]
    // Adding 0 turns −0, which has other bytes, into 0.
    bodies.vx[index] = moving[vx] + 0
    bodies.vy[index] = moving[vy] + 0
    bodies.supported[index] = moving[vy] === 0 && stands() ? 1 : 0
  }
}
