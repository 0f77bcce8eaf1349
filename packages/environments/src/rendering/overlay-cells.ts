import { trailDown, trailRight, type CellPicture, type PictureCell, type PictureLegend } from './picture.ts'

export type OverlayCell = Pick<PictureCell, 'thing' | 'label'> & {
  /** Episodes in which the agent was here. */
  readonly visits: number
  /** Episodes that ended with the agent here. */
  readonly ends: number
  /** Episodes in which it went from here to the right or came from there; the same for the cell below. */
  readonly right: number
  readonly down: number
}

/** Many overlaid episodes: how often each cell, and each step between neighbours, was on the path. */
export type CellOverlay = {
  readonly kind: 'cells'
  readonly episodes: number
  readonly rows: readonly (readonly OverlayCell[])[]
  readonly legend: PictureLegend
}

/** One episode: its level before and after. */
export type OverlaidCells = { readonly before: CellPicture; readonly after: CellPicture }

/**
 * Overlays episodes on one level, or on many. The background shows what more than half of the levels have in the same
 * place; for one level, the level. Smaller levels lie in the bottom left corner of the largest, with wall around.
 */
export function overlayCells(episodes: readonly OverlaidCells[]): CellOverlay {
  const height = Math.max(...episodes.map(({ before }) => before.rows.length))
  const width = Math.max(...episodes.map(({ before }) => before.rows[0]?.length ?? 0))
  const rows = Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_cell, x) => overlayCell(episodes, height - y, x)),
  )
  const seen = new Set(rows.flat().map(({ thing }) => thing))
  const names = new Map(episodes.flatMap(({ before }) => before.legend.map(({ thing, name }) => [thing, name])))
  return {
    kind: 'cells',
    episodes: episodes.length,
    rows,
    legend: [...names].filter(([thing]) => seen.has(thing)).map(([thing, name]) => ({ thing, name })),
  }
}

const outside: PictureCell = { thing: 'wall', trail: 0 }

/** `fromBottom`: 1 is the bottom row. */
function overlayCell(episodes: readonly OverlaidCells[], fromBottom: number, x: number): OverlayCell {
  const cellIn = ({ rows }: CellPicture): PictureCell => rows.at(-fromBottom)?.[x] ?? outside
  const cells = episodes.map(({ before, after }) => ({ before: cellIn(before), after: cellIn(after) }))
  const count = (is: (cell: (typeof cells)[number]) => boolean) =>
    cells.reduce((sum, cell) => sum + Number(is(cell)), 0)
  return {
    ...commonest(cells.map(({ before }) => before)),
    visits: count(wasHere),
    ends: count(({ after }) => after.thing === 'agent'),
    right: count(({ after }) => (after.trail & trailRight) !== 0),
    down: count(({ after }) => (after.trail & trailDown) !== 0),
  }
}

/** Whether the agent started here, ended here, or passed. */
export function wasHere({ before, after }: { readonly before: PictureCell; readonly after: PictureCell }): boolean {
  return before.thing === 'agent' || after.thing === 'agent' || after.trail !== 0
}

/** What more than half of the levels have there. The agent is on its start: shown if the same in all, else floor. */
function commonest(cells: readonly PictureCell[]): Pick<OverlayCell, 'thing' | 'label'> {
  if (cells.every(({ thing }) => thing === 'agent')) return { thing: 'start' }
  const still = cells.filter(({ thing }) => thing !== 'agent')
  const alike = Map.groupBy(still, ({ thing, label = '' }) => `${thing}${label}`)
  const most = [...alike.values()].find((group) => 2 * group.length > cells.length)
  if (most === undefined) return { thing: 'floor' }
  const [{ thing, label }] = most
  return label === undefined ? { thing } : { thing, label }
}
