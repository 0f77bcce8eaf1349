import type { SizedLevel } from '../environment.ts'
import { startColumn, type CoinrunLevel } from './level.ts'
import { parseLevel, rowsOf } from './level-text.ts'
import type { CoinrunParameters } from './parameters.ts'

type Smaller = SizedLevel<CoinrunParameters, CoinrunLevel>

/**
 * Levels after one edit: a column or a row less, then one thing less, then one barrier less. Drawings are edited; those
 * that are no level, such as without a coin, are skipped.
 */
export function* smallerCoinrunLevels(parameters: CoinrunParameters, level: CoinrunLevel): Generator<Smaller> {
  for (const rows of smallerDrawings(rowsOf(level))) {
    const smaller = readLevel(rows.join('\n'))
    if (smaller !== null) yield { parameters, level: smaller }
  }
}

function* smallerDrawings(rows: readonly string[]): Generator<string[]> {
  const width = rows[0].length
  for (let column = startColumn + 1; column < width - 1; column++)
    yield rows.map((row) => row.slice(0, column) + row.slice(column + 1))
  // The top row stays: it is what lies above the level.
  for (let row = 1; row < rows.length - 1; row++) yield rows.toSpliced(row, 1)
  for (const removed of ['x~^<>{}', '|'])
    for (const [row, text] of rows.entries())
      for (let column = 0; column < width; column++)
        if (removed.includes(text[column])) yield rows.with(row, `${text.slice(0, column)}.${text.slice(column + 1)}`)
}

function readLevel(text: string): CoinrunLevel | null {
  try {
    return parseLevel(text)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
