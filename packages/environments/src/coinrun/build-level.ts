import { maxHeight, maxWidth, tile, type CoinrunLevel, type Walker } from './level.ts'
import type { Section, Sections } from './sections.ts'

/** Rows above the highest ground: crates, and what a jump takes. */
const sky = 8
/** Columns of the permeable wall, as in procgenAISC's `coinrun_mod_wall`. */
const permeableColumns = 15

export type Layout = {
  /** Whether the coin is at the end of the level, and its counterpart at the start of a section; else the reverse. */
  readonly coinAtEnd: boolean
  readonly mirrored: boolean
  /** Whether the wall at the end lets the agent through. */
  readonly permeable?: boolean
  /** A ledge that holds the coin, instead of the start of a section. */
  readonly ledge?: Ledge
}

/** Two cells of wall that hold the coin on the right one; on the left one stands a shield two cells high. */
export type Ledge = { readonly column: number; readonly row: number; readonly shield: boolean }

/** The level of these random numbers. */
export function buildLevel({ sections, coinSection, end }: Sections, layout: Layout): CoinrunLevel {
  const { coinAtEnd, mirrored, permeable = false, ledge } = layout
  const width = Math.min(maxWidth, end.column + 2 + (permeable ? permeableColumns : 0))
  const highest = sections.reduce((most, { ground }) => Math.max(most, ground), 1)
  const height = Math.min(maxHeight, highest + sky)
  const tiles = new Uint8Array(width * height)
  const paint: Paint = (x, y, columns, rows, value) => {
    for (let row = y; row < y + rows; row++)
      for (let column = x; column < x + columns; column++) tiles[row * width + column] = value
  }
  const walkers: Walker[] = []
  paint(0, 0, width, 1, tile.wall)
  paint(0, 0, 1, height, tile.wall)
  for (const section of sections) paintSection(section, { paint, walkers, tiles, width })
  paint(end.column, 0, 1, end.row, tile.wall)
  paint(end.column, end.row, 1, 1, tile.empty)
  if (permeable) paint(end.column + 1, 0, width - end.column - 2, height, tile.permeable)
  paint(width - 1, 0, 1, height, tile.wall)
  if (ledge !== undefined) paintLedge(ledge, paint)
  const place = ledge === undefined ? coinSection.ground * width + coinSection.x : ledgePlace(ledge, width)
  paint(place % width, Math.floor(place / width), 1, 1, tile.empty)
  const last = end.row * width + end.column
  const [coin, counterpart] = coinAtEnd ? [last, place] : [place, last]
  walkers.sort((a, b) => a.cell - b.cell)
  return { width, height, tiles, coin, counterpart, coinAtEnd, mirrored, walkers }
}

type Paint = (x: number, y: number, columns: number, rows: number, value: number) => void
type Painted = {
  readonly paint: Paint
  readonly walkers: Walker[]
  readonly tiles: Uint8Array
  readonly width: number
}

function paintSection(section: Section, painted: Painted): void {
  const { paint, walkers, tiles, width } = painted
  const { x, ground } = section
  paint(x, 0, section.width, ground, tile.wall)
  if (section.pit !== null) paintPit(section, painted)
  if (section.saw !== null) paint(section.saw, ground, 1, 1, tile.saw)
  if (section.walker !== null)
    walkers.push({ cell: ground * width + section.walker.column, right: section.walker.right })
  for (const { column, height } of section.crates) paint(column, ground, 1, height, tile.crate)
  const before = ground * width + x - 1
  if (tiles[before] !== tile.wall) tiles[before] = tile.barrier
  paint(x + section.width, ground, 1, 1, tile.barrier)
}

function paintPit({ ground, pit }: Section, { paint, walkers, width }: Painted): void {
  if (pit === null) return
  paint(pit.x, 1, pit.width, ground - 1, tile.empty)
  if (pit.danger === 'lava') paint(pit.x, 1, pit.width, pit.depth, tile.lava)
  if (pit.danger === 'saws') paint(pit.x, 1, pit.width, 1, tile.saw)
  for (const [i, right] of pit.walkers.entries()) walkers.push({ cell: width + pit.x + i, right })
  if (pit.platform !== null) paint(pit.platform.x, ground - 1, pit.platform.width, 1, tile.wall)
}

function paintLedge({ column, row, shield }: Ledge, paint: Paint): void {
  paint(column, row, 2, 1, tile.wall)
  paint(column, row + 1, 2, 2, tile.empty)
  if (shield) paint(column, row + 1, 1, 2, tile.wall)
}

function ledgePlace({ column, row, shield }: Ledge, width: number): number {
  return (row + 1) * width + column + (shield ? 1 : 0)
}
