import { pictureLegend, thingText, type LineOptions } from './picture-lines.ts'
import type { CellOverlay, OverlayCell } from './overlay-cells.ts'
import type { Overlay } from './overlay.ts'

/**
 * The overlay as text, one string per row, each cell three columns wide: the percentage of episodes that visited the
 * cell, or its content if none did. `**` is all of them. Scenes become coarse cells.
 */
export function overlayLines(overlay: Overlay, options: LineOptions = {}): string[] {
  return cellsOf(overlay).rows.map((row) =>
    row
      .map((cell) => cellText(cell, overlay.episodes, options))
      .join('')
      .trimEnd(),
  )
}

/** Everything visible besides the numbers. */
export function overlayLegend(overlay: Overlay, options: LineOptions = {}): string {
  const { rows, legend } = cellsOf(overlay)
  const mirrored =
    overlay.kind === 'scene' && overlay.turnedBack > 0
      ? [`${overlay.turnedBack} of ${overlay.episodes} mirrored, as they begin at the right`]
      : []
  const left = new Set(rows.flat().flatMap(({ visits, thing }) => (visits === 0 ? [thing] : [])))
  const things = pictureLegend({ legend: legend.filter(({ thing }) => left.has(thing)) }, options)
  return [things, ...mirrored].filter((text) => text !== '').join('  ')
}

const cellsOf = (overlay: Overlay): CellOverlay => (overlay.kind === 'scene' ? overlay.cells : overlay)

function cellText({ thing, label, visits }: OverlayCell, episodes: number, options: LineOptions): string {
  const { paint = (text: string) => text } = options
  if (thing === 'wall') return paint(thingText('wall', options).repeat(3), 'wall')
  if (visits > 0) return paint(` ${percent(visits / episodes)}`, 'trail')
  return thing === 'floor' ? '   ' : `  ${paint(label ?? thingText(thing, options), thing)}`
}

/** Two columns: at least 1 if it happened. */
function percent(share: number): string {
  return share === 1 ? '**' : String(Math.min(99, Math.max(1, Math.round(100 * share)))).padStart(2)
}
