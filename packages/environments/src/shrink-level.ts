import type { Environment } from './environment.ts'

type Shrinks<Parameters, Level> = Pick<Environment<Parameters, Level>, 'parameters' | 'printLevel' | 'parseLevel'>

/** A level together with the parameters that its size needs. */
export type SizedLevel<Parameters, Level> = { readonly parameters: Parameters; readonly level: Level }

export type ShrinkRequest<Parameters, Level> = SizedLevel<Parameters, Level> & {
  /** What the level is kept for. It must hold for the level itself. */
  keeps(candidate: SizedLevel<Parameters, Level>): boolean
}

export type ShrunkLevel<Parameters, Level> = SizedLevel<Parameters, Level> & {
  /** How many edits led to it. */
  readonly edits: number
  /** How many levels were looked at on the way. */
  readonly tried: number
}

/**
 * Takes away from a level all that `keeps` can do without, one edit at a time: a row and a column (two of each where the
 * environment wants it so), a thing, a wall. What is left is minimal: no single edit keeps what is asked for. Drawings are
 * what is edited, so that every environment with a grid can be shrunk, and what it cannot read is no level of it.
 * Deterministic. Throws a RangeError where `keeps` does not hold for the level that is given.
 */
export function shrinkLevel<Parameters, Level>(
  environment: Shrinks<Parameters, Level>,
  { parameters, level, keeps }: ShrinkRequest<Parameters, Level>,
): ShrunkLevel<Parameters, Level> {
  let current: SizedLevel<Parameters, Level> = { parameters, level }
  if (!keeps(current)) throw new RangeError('this level is not of the kind that is to be kept')
  let [edits, tried] = [0, 0]
  const improve = (): boolean => {
    for (const drawing of smallerDrawings(environment.printLevel(current.parameters, current.level))) {
      const candidate = readLevel(environment, current.parameters, drawing)
      if (candidate === null) continue
      tried++
      if (!keeps(candidate)) continue
      current = candidate
      edits++
      return true
    }
    return false
  }
  while (improve());
  return { ...current, edits, tried }
}

type Drawing = { readonly text: string; readonly size: number }

/** Every drawing that one edit leads to, the boldest edits first. Notes below the grid stay as they are. */
function* smallerDrawings(text: string): Generator<Drawing> {
  const lines = text.split('\n')
  const side = lines[0].length
  const size = side - 2
  const grid = lines.slice(0, side)
  const notes = lines.slice(side)
  const written = (rows: readonly string[]): Drawing => ({
    text: [...rows, ...notes].join('\n'),
    size: rows[0].length - 2,
  })
  for (const count of [1, 2])
    for (let row = 1; row + count <= size + 1; row++)
      for (let column = 1; column + count <= size + 1; column++)
        if (count < size) yield written(withoutLines(grid, { row, column, count }))
  for (const walls of [false, true])
    for (let cell = 0; cell < size * size; cell++) {
      const [row, column] = [1 + Math.floor(cell / size), 1 + (cell % size)]
      const symbol = grid[row][column]
      if (symbol !== floor && (symbol === wall) === walls) yield written(withFloor(grid, row, column))
    }
}

const floor = '.'
const wall = '#'

type Cut = { readonly row: number; readonly column: number; readonly count: number }

function withoutLines(grid: readonly string[], { row, column, count }: Cut): string[] {
  return grid.toSpliced(row, count).map((line) => line.slice(0, column) + line.slice(column + count))
}

function withFloor(grid: readonly string[], row: number, column: number): string[] {
  return grid.map((line, index) => (index === row ? line.slice(0, column) + floor + line.slice(column + 1) : line))
}

/** null where that is no level of this environment: a mouse is missing, a size is not allowed. */
function readLevel<Parameters, Level>(
  environment: Shrinks<Parameters, Level>,
  parameters: Parameters,
  { text, size }: Drawing,
): SizedLevel<Parameters, Level> | null {
  const sized = environment.parameters.safeParse({ ...parameters, size })
  if (!sized.success) return null
  try {
    return { parameters: sized.data, level: environment.parseLevel(sized.data, text) }
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
