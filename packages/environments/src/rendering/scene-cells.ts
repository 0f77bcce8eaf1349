import {
  trailDown,
  trailRight,
  type CellPicture,
  type PictureCell,
  type ScenePicture,
  type SceneShape,
} from './picture.ts'
import { middleOf, type Area } from './scene-geometry.ts'

/**
 * A scene in coarse cells, `longest` along the longer side: each shows the topmost shape at its centre. A shape on no
 * centre takes the nearest cell, unless it is floor.
 */
export function sceneCells({ width, height, shapes, legend }: ScenePicture, longest = 32): CellPicture {
  const side = Math.max(width, height) / longest
  const [columns, rows] = [width, height].map((length) => Math.max(1, Math.round(length / side)))
  const cells = Array.from({ length: rows }, () =>
    Array.from({ length: columns }, (): PictureCell => ({ thing: 'floor', trail: 0 })),
  )
  for (const shape of shapes)
    for (const [row, column] of cellsOf(shape, { side, rows, columns })) {
      const { thing } = shape
      cells[row][column] = thing === 'trail' ? { thing: 'floor', trail: trailDown | trailRight } : { thing, trail: 0 }
    }
  return { kind: 'cells', rows: cells, legend }
}

type Grid = { readonly side: number; readonly rows: number; readonly columns: number }
type Cell = readonly [row: number, column: number]

function cellsOf(shape: SceneShape, grid: Grid): Cell[] {
  if (shape.shape === 'line')
    return shape.points.flatMap((from, i) => alongLine(from, shape.points[i + 1] ?? from, grid))
  const covered = cellsAround(shape, grid).filter(([row, column]) =>
    covers(shape, (column + 0.5) * grid.side, (row + 0.5) * grid.side),
  )
  return covered.length > 0 || shape.thing === 'floor' ? covered : [cellAt(middleOf(shape), grid)]
}

/** The cells in the shape's bounding box. */
function cellsAround(shape: Area, { side, rows, columns }: Grid): Cell[] {
  const [x, y] = middleOf(shape)
  const [reachX, reachY] = shape.shape === 'circle' ? [shape.radius, shape.radius] : [shape.width / 2, shape.height / 2]
  const range = (middle: number, reach: number, count: number): number[] => {
    const first = Math.max(0, Math.floor((middle - reach) / side))
    const last = Math.min(count - 1, Math.floor((middle + reach) / side))
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
  }
  const across = range(x, reachX, columns)
  return range(y, reachY, rows).flatMap((row) => across.map((column): Cell => [row, column]))
}

function covers(shape: Area, x: number, y: number): boolean {
  if (shape.shape === 'circle') return Math.hypot(x - shape.x, y - shape.y) <= shape.radius
  return x >= shape.x && x <= shape.x + shape.width && y >= shape.y && y <= shape.y + shape.height
}

function alongLine(from: readonly [number, number], to: readonly [number, number], grid: Grid): Cell[] {
  const parts = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / grid.side))
  return Array.from({ length: parts + 1 }, (_, i) =>
    cellAt([from[0] + ((to[0] - from[0]) * i) / parts, from[1] + ((to[1] - from[1]) * i) / parts], grid),
  )
}

/** Things beyond the edge are shown at the edge. */
function cellAt([x, y]: readonly [number, number], { side, rows, columns }: Grid): Cell {
  const within = (value: number, count: number) => Math.min(count - 1, Math.max(0, Math.floor(value / side)))
  return [within(y, rows), within(x, columns)]
}
