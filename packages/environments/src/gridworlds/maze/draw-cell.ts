import type { Paint } from '../../procgen/canvas.ts'
import type { DrawCell } from '../pixels/tiles.ts'

const wall: Paint = { thing: 'wall', rgb: [92, 72, 56] }
const floor: Paint = { thing: 'floor', rgb: [212, 196, 168] }
const mouse: Paint = { thing: 'agent', rgb: [96, 104, 120] }
const cheese: Paint = { thing: 'goal', rgb: [252, 216, 40] }

/** One colour for each kind of thing: at 25 cells in 64 pixels a cell has only four. */
export const drawMazeCell: DrawCell = (canvas, shows) => {
  const paint = shows('wall') ? wall : shows('mouse') ? mouse : shows('cheese') ? cheese : floor
  canvas.rectangle(paint, 0, 0, 1, 1)
}
