import { createEgocentricWindow, windowChannels } from '../procgen/egocentric-window.ts'
import { windowSide, type Episodes } from './episodes.ts'
import { sight, visibleBits } from './terrain.ts'

export const symbolicChannels = ['wall', 'crate', 'lava', 'saw', 'walker-left', 'walker-right', 'coin', 'self'] as const
const [leftChannel, rightChannel, selfChannel] = [4, 5, 7]

/**
 * An observation is one image of bits, so the agent's own state is a plane of it: one cell is set in each of the first
 * five rows, for the place within the cell (x, y), the velocity (x, y), and whether it can jump.
 */
const bins = { place: 8, speedX: 10, speedY: 4 } as const

/** Writes the windows around the agents: once for a new episode (`draw`), then what has changed (`update`). */
export function createSymbolicView(episodes: Episodes): {
  draw(slot: number): void
  update(slot: number): void
} {
  const { observations, map, bodies, walkers, first, batch, mirrored } = episodes
  const window = createEgocentricWindow({ map, observations, side: windowSide, visible: visibleBits })
  const stride = windowSide * windowSide * windowChannels
  const centres = new Int32Array(batch)
  /** Offsets of the five bits of the self plane that are set. */
  const selfBits = new Int32Array(5 * batch)

  function showWalkers(slot: number, column: number, row: number): void {
    for (let at = slot * walkers.room; at < slot * walkers.room + walkers.count[slot]; at++) {
      const side = mirrored[slot] === 1 ? -1 : 1
      const right = side * (Math.floor(walkers.x[at]) - column) + sight
      const up = sight - (walkers.row[at] - row)
      if (right < 0 || right >= windowSide || up < 0 || up >= windowSide) continue
      const channel = side * walkers.velocity[at] > 0 ? rightChannel : leftChannel
      observations[slot * stride + (up * windowSide + right) * windowChannels + channel] = 1
    }
  }

  function setSelf(slot: number, row: number, column: number): void {
    const at = slot * stride + (row * windowSide + column) * windowChannels + selfChannel
    selfBits[5 * slot + row] = at
    observations[at] = 1
  }

  function showSelf(slot: number, column: number, row: number): void {
    const place = Math.floor(bins.place * (bodies.x[slot] - column))
    const speed = Math.round(bins.speedX * bodies.vx[slot])
    setSelf(slot, 0, mirrored[slot] === 1 ? bins.place - 1 - place : place)
    setSelf(slot, 1, Math.floor(bins.place * (bodies.y[slot] - row)))
    setSelf(slot, 2, (mirrored[slot] === 1 ? -speed : speed) + 5)
    setSelf(slot, 3, Math.round(bins.speedY * bodies.vy[slot]) + 6)
    setSelf(slot, 4, bodies.supported[slot])
  }

  function show(slot: number, whole: boolean): void {
    const column = Math.floor(bodies.x[slot])
    const row = Math.floor(bodies.y[slot])
    const centre = first[slot] + row * map.stride + column
    if (whole || centre !== centres[slot] || walkers.count[slot] > 0) {
      if (mirrored[slot] === 1) window.copyMirrored(slot, centre)
      else window.copy(slot, centre)
    } else for (let bit = 5 * slot; bit < 5 * slot + 5; bit++) observations[selfBits[bit]] = 0
    centres[slot] = centre
    showWalkers(slot, column, row)
    showSelf(slot, column, row)
  }

  return { draw: (slot) => show(slot, true), update: (slot) => show(slot, false) }
}
