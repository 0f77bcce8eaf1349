import { cellAt, rowAndColumn, type GridLevel } from '../grid/grid.ts'
import { describeLandmark, type Landmark } from '../grid/landmarks.ts'

/**
 * Corners and centre of a maze in the middle of a padded level.
 * @param cornerOf any of the four corners: the others mirror it
 */
export function mazeLandmarks<Level extends GridLevel>(cornerOf: (level: Level) => number): Landmark<Level>[] {
  const corner = (name: string, atTop: boolean, atLeft: boolean): Landmark<Level> =>
    describeLandmark(name, (level) => {
      const { size } = level
      const [row, column] = rowAndColumn(size, cornerOf(level)).map((place) => Math.min(place, size + 1 - place))
      return cellAt(size, atTop ? row : size + 1 - row, atLeft ? column : size + 1 - column)
    })
  return [
    corner('top-left', true, true),
    corner('top-right', true, false),
    corner('bottom-left', false, true),
    corner('bottom-right', false, false),
    describeLandmark('centre', ({ size }) => cellAt(size, (size + 1) / 2, (size + 1) / 2)),
  ]
}
