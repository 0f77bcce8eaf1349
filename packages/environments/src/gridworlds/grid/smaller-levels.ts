import type { Environment, SizedLevel } from '../../environment.ts'

type Drawn<Parameters, Level> = Required<
  Pick<Environment<Parameters, Level>, 'parameters' | 'printLevel' | 'parseLevel'>
>

/**
 * The results of one edit: a row and a column removed (two of each if the environment needs that), a thing, a wall.
 * Drawings are edited, so that every gridworld can be shrunk; those that it cannot read are skipped.
 */
export function* smallerLevels<Parameters, Level>(
  environment: Drawn<Parameters, Level>,
  parameters: Parameters,
  level: Level,
): Generator<SizedLevel<Parameters, Level>> {
  for (const drawing of smallerDrawings(environment.printLevel(parameters, level))) {
    const candidate = readLevel(environment, parameters, drawing)
    if (candidate !== null) yield candidate
  }
}

type Drawing = { readonly text: string; readonly size: number }

/** Every drawing after one edit, largest edits first. Notes below the grid do not change. */
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

/** null if that is no level of this environment: a mouse is missing, a size is not allowed. */
function readLevel<Parameters, Level>(
  environment: Drawn<Parameters, Level>,
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
