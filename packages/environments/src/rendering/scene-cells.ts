import {
  trailDown,
  trailRight,
  type CellPicture,
  type PictureCell,
  type ScenePicture,
  type SceneShape,
} from './picture.ts'

/** Cells along the longer side. */
const longest = 32

/** A scene in coarse cells: each shows the topmost shape at its centre. A shape on no centre takes the nearest cell. */
export function sceneCells({ width, height, shapes, legend }: ScenePicture): CellPicture {
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
  const covered = Array.from({ length: grid.rows * grid.columns }, (_, index): Cell => [
    Math.floor(index / grid.columns),
    index % grid.columns,
  ]).filter(([row, column]) => covers(shape, (column + 0.5) * grid.side, (row + 0.5) * grid.side))
  return covered.length > 0 ? covered : [cellAt(middleOf(shape), grid)]
}

type Area = Exclude<SceneShape, { readonly shape: 'line' }>

function covers(shape: Area, x: number, y: number): boolean {
  if (shape.shape === 'circle') return Math.hypot(x - shape.x, y - shape.y) <= shape.radius
  return x >= shape.x && x <= shape.x + shape.width && y >= shape.y && y <= shape.y + shape.height
}

function middleOf(shape: Area): readonly [x: number, y: number] {
  return shape.shape === 'circle' ? [shape.x, shape.y] : [shape.x + shape.width / 2, shape.y + shape.height / 2]
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
