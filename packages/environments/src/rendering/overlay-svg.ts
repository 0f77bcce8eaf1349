import { pictureColours, shortest, svgDocument, symbolShape, thingsSvg, type SvgOptions } from './picture-svg.ts'
import type { CellOverlay, OverlayCell } from './overlay-cells.ts'
import type { Overlay } from './overlay.ts'
import { sceneOverlaySvg } from './scene-overlay-svg.ts'

/** Shades of the paths: a file with one for each frequency would be ten times as large. */
const shades = 8

/** The overlay as a stand-alone SVG document: lines are fuller if more episodes took the step; discs mark ends. */
export function overlaySvg(overlay: Overlay, options: SvgOptions): string {
  return overlay.kind === 'scene' ? sceneOverlaySvg(overlay, options) : cellOverlaySvg(overlay, options)
}

function cellOverlaySvg(overlay: CellOverlay, { title, cellPixels, legend = false }: SvgOptions): string {
  const most = countCommonestStep(overlay)
  const entries = [
    { shape: symbolShape('start'), name: 'start', shown: overlay.rows.flat().some(({ thing }) => thing === 'start') },
    ...overlay.legend.map(({ thing, name }) => ({ shape: symbolShape(thing), name, shown: true })),
    { shape: link('M.15 .5h.7', shades), name: `way, at most ${percent(most / overlay.episodes)}`, shown: most > 0 },
    { shape: disc(0.5, 0.5, 0.3), name: 'end', shown: true },
  ]
  const extent = { width: Math.max(0, ...overlay.rows.map((row) => row.length)), height: overlay.rows.length }
  return svgDocument(extent, {
    title,
    cellPixels,
    shapes: [...thingsSvg(overlay.rows), ...linkShapes(overlay, most), ...endShapes(overlay)],
    legend: legend ? entries.filter(({ shown }) => shown) : [],
  })
}

/** Episodes that took the commonest step. */
function countCommonestStep({ rows }: CellOverlay): number {
  return rows.flat().reduce((most, { right, down }) => Math.max(most, right, down), 0)
}

/** One path for each shade, from the palest to the fullest. */
function linkShapes({ rows }: CellOverlay, most: number): string[] {
  const segments = new Map<number, string>()
  const add = (count: number, segment: string) => {
    if (count === 0) return
    const shade = Math.max(1, Math.round(shades * Math.sqrt(count / most)))
    segments.set(shade, (segments.get(shade) ?? '') + segment)
  }
  for (const [y, row] of rows.entries())
    for (const [x, { right, down }] of row.entries()) {
      add(right, `M${x + 0.5} ${y + 0.5}h1`)
      add(down, `M${x + 0.5} ${y + 0.5}v1`)
    }
  return [...segments].toSorted(([a], [b]) => a - b).map(([shade, path]) => link(path, shade))
}

/** Square roots, so that rare steps are still visible. */
function link(path: string, shade: number): string {
  const share = shade / shades
  return `<path d="${path}" stroke="${pictureColours.trail}" stroke-width="${shortest(0.08 + 0.2 * share)}" opacity="${shortest(0.1 + 0.9 * share)}" stroke-linecap="round" fill="none"/>`
}

/** Area proportional to the share of the episodes that ended there. */
function endShapes({ rows, episodes }: CellOverlay): string[] {
  return rows.flatMap((row, y) =>
    row.flatMap(({ ends }: OverlayCell, x) =>
      ends === 0 ? [] : [disc(x + 0.5, y + 0.5, Math.max(0.07, 0.46 * Math.sqrt(ends / episodes)))],
    ),
  )
}

function disc(x: number, y: number, radius: number): string {
  return `<circle cx="${x}" cy="${y}" r="${shortest(radius)}" fill="${pictureColours.agent}" opacity=".75"/>`
}

const percent = (share: number) => `${Math.round(100 * share)} %`
