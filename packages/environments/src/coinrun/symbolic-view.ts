import {
  copyWindow,
  createEgocentricWindow,
  windowChannels,
  type EgocentricWindow,
} from '../procgen/egocentric-window.ts'
import { windowSide, type Episodes } from './episodes.ts'
import { sight, visibleBits } from './terrain.ts'

export const symbolicChannels = ['wall', 'crate', 'lava', 'saw', 'walker-left', 'walker-right', 'coin', 'self'] as const
const [leftChannel, rightChannel, selfChannel] = [4, 5, 7]

/**
 * An observation is one image of bits, so the agent's own state is a plane of it: one cell is set in each of the first
 * five rows, for the place within the cell (x, y), the velocity (x, y), and whether it can jump.
 */
const bins = { place: 8, speedX: 10, speedY: 4 } as const

type SymbolicView = {
  readonly episodes: Episodes
  readonly window: EgocentricWindow
  /** By slot: the index in the map of the cell that the window is around. */
  readonly centres: Int32Array
  /** Offsets of the five bits of each slot's self plane that are set. */
  readonly selfBits: Int32Array
}

/** Bytes of one observation. */
const stride = windowSide * windowSide * windowChannels

/** Writes the windows around the agents: once for a new episode (`draw`), then what has changed (`update`). */
export function createSymbolicView(episodes: Episodes): {
  draw(slot: number): void
  update(slot: number): void
} {
  const { observations, map, batch } = episodes
  const view: SymbolicView = {
    episodes,
    window: createEgocentricWindow({ map, observations, side: windowSide, visible: visibleBits }),
    centres: new Int32Array(batch),
    selfBits: new Int32Array(5 * batch),
  }
  return { draw: (slot) => show(view, slot, true), update: (slot) => show(view, slot, false) }
}

function show(view: SymbolicView, slot: number, whole: boolean): void {
  const { window, centres, selfBits } = view
  const { observations, map, bodies, walkers, first, mirrored } = view.episodes
  const column = Math.floor(bodies.x[slot])
  const row = Math.floor(bodies.y[slot])
  const centre = first[slot] + row * map.stride + column
  if (whole || centre !== centres[slot] || walkers.count[slot] > 0)
    copyWindow(window, slot, centre, mirrored[slot] === 1 ? -1 : 1)
  else for (let bit = 5 * slot; bit < 5 * slot + 5; bit++) observations[selfBits[bit]] = 0
  centres[slot] = centre
  showWalkers(view.episodes, slot, column, row)
  showSelf(view, slot, column, row)
}

function showWalkers(episodes: Episodes, slot: number, column: number, row: number): void {
  const { observations, walkers, mirrored } = episodes
  for (let at = slot * walkers.room; at < slot * walkers.room + walkers.count[slot]; at++) {
    const side = mirrored[slot] === 1 ? -1 : 1
    const right = side * (Math.floor(walkers.x[at]) - column) + sight
    const up = sight - (walkers.row[at] - row)
    if (right < 0 || right >= windowSide || up < 0 || up >= windowSide) continue
    const channel = side * walkers.velocity[at] > 0 ? rightChannel : leftChannel
    observations[slot * stride + (up * windowSide + right) * windowChannels + channel] = 1
  }
}

function showSelf(view: SymbolicView, slot: number, column: number, row: number): void {
  const { bodies, mirrored } = view.episodes
  const place = Math.floor(bins.place * (bodies.x[slot] - column))
  const speed = Math.round(bins.speedX * bodies.vx[slot])
  setSelf(view, slot, 0, mirrored[slot] === 1 ? bins.place - 1 - place : place)
  setSelf(view, slot, 1, Math.floor(bins.place * (bodies.y[slot] - row)))
  setSelf(view, slot, 2, (mirrored[slot] === 1 ? -speed : speed) + 5)
  setSelf(view, slot, 3, Math.round(bins.speedY * bodies.vy[slot]) + 6)
  setSelf(view, slot, 4, bodies.supported[slot])
}

function setSelf({ selfBits, episodes }: SymbolicView, slot: number, row: number, column: number): void {
  const at = slot * stride + (row * windowSide + column) * windowChannels + selfChannel
  selfBits[5 * slot + row] = at
  episodes.observations[at] = 1
}
