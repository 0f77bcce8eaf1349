import { failAt, trimmed, type Drawing } from '../gridworlds/grid/parse-level.ts'
import { maxHeight, maxWalkers, maxWidth, startColumn, startRow, tile, type CoinrunLevel } from './level.ts'
import type { Walker } from './level.ts'

/** In the order of `tile`. */
const tileSymbols = '.#x~^|%'
/** `$`: the coin, `?`: its invisible counterpart; `!` and `&`: the same at the end of the level. */
const [coinSymbol, counterpartSymbol, coinAtEndSymbol, counterpartAtEndSymbol] = ['$', '?', '!', '&']
/** Walkers that set off to the left or right, in a cell of their own or with a saw. */
const [left, right, leftOnSaw, rightOnSaw] = ['<', '>', '{', '}']
/** Where the agent starts, drawn in mirrored levels only. */
const startSymbol = '@'
const facing: Readonly<Record<string, string>> = { '<': '>', '>': '<', '{': '}', '}': '{' }

const inMirror = (row: string): string =>
  Array.from(row, (symbol) => facing[symbol] ?? symbol)
    .toReversed()
    .join('')

/** The rows of a level as text, the top one first. */
export function rowsOf(level: CoinrunLevel): string[] {
  const { width, height, tiles, coin, counterpart, coinAtEnd, mirrored, walkers } = level
  const symbols = Array.from(tiles, (value) => tileSymbols[value])
  for (const { cell, right: goesRight } of walkers) {
    const onSaw = tiles[cell] === tile.saw
    symbols[cell] = goesRight ? (onSaw ? rightOnSaw : right) : onSaw ? leftOnSaw : left
  }
  symbols[coin] = coinAtEnd ? coinAtEndSymbol : coinSymbol
  symbols[counterpart] = coinAtEnd ? counterpartSymbol : counterpartAtEndSymbol
  if (mirrored) symbols[startRow * width + startColumn] = startSymbol
  const rows = Array.from({ length: height }, (_, row) =>
    symbols.slice((height - 1 - row) * width, (height - row) * width).join(''),
  )
  return mirrored ? rows.map(inMirror) : rows
}

export function printLevel(level: CoinrunLevel): string {
  return rowsOf(level).join('\n')
}

/** With the agent's start in it, the drawing is of a mirrored level. Throws a RangeError that names line and column. */
export function parseLevel(text: string): CoinrunLevel {
  const drawn = trimmed(text)
  checkShape(drawn)
  const mirrored = drawn.lines.some((line) => line.includes(startSymbol))
  const drawing = mirrored ? { ...drawn, lines: drawn.lines.map(inMirror) } : drawn
  const { lines } = drawing
  const [width, height] = [lines[0].length, lines.length]
  const failIn: FailIn = (row, column, problem) => failAt(drawn, row, mirrored ? width - 1 - column : column, problem)
  const tiles = new Uint8Array(width * height)
  const found = new Map<string, number>()
  const walkers: Walker[] = []
  for (let cell = 0; cell < tiles.length; cell++) {
    const [row, column] = [height - 1 - Math.floor(cell / width), cell % width]
    const symbol = lines[row][column]
    const fail = (problem: string) => failIn(row, column, problem)
    if (row === 0 && !'.#%'.includes(symbol)) fail('the top row can only hold air, wall or permeable wall')
    if (tileSymbols.includes(symbol)) tiles[cell] = tileSymbols.indexOf(symbol)
    else if ('<>{}'.includes(symbol)) {
      walkers.push({ cell, right: symbol === right || symbol === rightOnSaw })
      tiles[cell] = '{}'.includes(symbol) ? tile.saw : tile.empty
    } else if ('$?!&'.includes(symbol)) {
      if (found.has(symbol)) fail(`a second ${symbol}`)
      found.set(symbol, cell)
    } else if (symbol === startSymbol) {
      if (cell !== startRow * width + startColumn)
        fail('the agent of a mirrored level starts beside the right wall, one row above the lowest')
    } else fail(`${symbol} is no symbol of coinrun: ${tileSymbols}<>{}$?!&@`)
  }
  checkStart(failIn, tiles, { width, height })
  if (walkers.length > maxWalkers) failIn(0, 0, `at most ${maxWalkers} walkers, found ${walkers.length}`)
  return { width, height, tiles, walkers, mirrored, ...readCoins(drawing, found) }
}

type FailIn = (row: number, column: number, problem: string) => never

function readCoins(drawing: Drawing, found: ReadonlyMap<string, number>) {
  const coinAtEnd = found.has(coinAtEndSymbol)
  const coin = found.get(coinAtEnd ? coinAtEndSymbol : coinSymbol)
  const counterpart = found.get(coinAtEnd ? counterpartSymbol : counterpartAtEndSymbol)
  if (coin === undefined || counterpart === undefined || found.size !== 2)
    return failAt(
      drawing,
      drawing.lines.length - 1,
      0,
      'a level has a coin at the end (!) and a counterpart elsewhere (?), or a coin elsewhere ($) and a counterpart at the end (&)',
    )
  return { coin, counterpart, coinAtEnd }
}

function checkShape(drawing: Drawing): void {
  const { lines } = drawing
  if (lines.length < 4 || lines.length > maxHeight)
    failAt(drawing, 0, 0, `expected 4 to ${maxHeight} rows, found ${lines.length}`)
  const [{ length: width }] = lines
  if (width < 4 || width > maxWidth) failAt(drawing, 0, 0, `expected 4 to ${maxWidth} columns, found ${width}`)
  const wrong = lines.findIndex((line) => line.length !== width)
  if (wrong >= 0)
    failAt(
      drawing,
      wrong,
      Math.min(lines[wrong].length, width),
      `expected ${width} symbols, found ${lines[wrong].length}`,
    )
}

/** The agent's box covers two rows. */
function checkStart(fail: FailIn, tiles: Uint8Array, { width, height }: Pick<CoinrunLevel, 'width' | 'height'>): void {
  for (const row of [startRow, startRow + 1])
    if (tiles[row * width + startColumn] === tile.wall)
      fail(height - 1 - row, startColumn, 'the agent starts here: this cell must be free')
}
