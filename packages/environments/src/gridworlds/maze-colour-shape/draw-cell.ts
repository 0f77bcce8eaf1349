import type { Canvas, Paint } from '../../procgen/canvas.ts'
import type { DrawCell } from '../pixels/tiles.ts'

/** Grey and blue: red and green differ only in objects. */
const wall: Paint = { thing: 'wall', rgb: [112, 112, 112] }
const floor: Paint = { thing: 'floor', rgb: [32, 32, 32] }
const mouse: Paint = { thing: 'agent', rgb: [96, 96, 255] }

export const drawColourShapeCell: DrawCell = (canvas, shows) => {
  canvas.rectangle(shows('wall') ? wall : floor, 0, 0, 1, 1)
  if (shows('wall')) return
  if (shows('mouse')) canvas.rectangle(mouse, 0.15, 0.15, 0.7, 0.7)
  else if (shows('line')) drawLine(canvas, paintOf(shows))
  else if (shows('gem')) drawGem(canvas, paintOf(shows))
}

function paintOf(shows: (channel: string) => boolean): Paint {
  return { thing: 'goal', rgb: [shows('red') ? 255 : 0, shows('green') ? 255 : 0, 0] }
}

const [lineWidth, lineSteps] = [0.2, 16]

/** From the bottom left to the top right. */
function drawLine(canvas: Canvas, paint: Paint): void {
  for (let step = 0; step <= lineSteps; step++) {
    const x = ((1 - lineWidth) * step) / lineSteps
    canvas.rectangle(paint, x, 1 - lineWidth - x, lineWidth, lineWidth)
  }
}

const [gemRadius, gemStrips] = [0.45, 17]

/** A square on its tip. */
function drawGem(canvas: Canvas, paint: Paint): void {
  const height = (2 * gemRadius) / gemStrips
  for (let strip = 0; strip < gemStrips; strip++) {
    const y = (strip + 0.5) * height - gemRadius
    const half = gemRadius - Math.abs(y)
    canvas.rectangle(paint, 0.5 - half, 0.5 + y - height / 2, 2 * half, height)
  }
}
