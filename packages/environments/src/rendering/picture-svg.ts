import { trailDown, trailRight, type CellPicture, type Picture, type PictureCell, type Thing } from './picture.ts'
import { pixelShapes, sceneShapes } from './scene-svg.ts'

export type SvgOptions = {
  /** Side of one cell, in pixels. */
  readonly cellPixels?: number
  /** Text description of the picture, for accessibility. */
  readonly title: string
  /** Whether a legend is drawn below the picture. */
  readonly legend?: boolean
}

export const pictureColours: Readonly<Record<Thing | 'trail' | 'ink', string>> = {
  wall: '#334155',
  floor: '#f8fafc',
  agent: '#0f766e',
  start: '#0f766e',
  goal: '#f59e0b',
  proxy: '#7c3aed',
  both: '#f59e0b',
  hazard: '#dc2626',
  other: '#2563eb',
  trail: '#14b8a6',
  ink: '#1e293b',
}

/** The picture as a stand-alone SVG document with its own colours. */
export function pictureSvg(picture: Picture, { title, legend = false, cellPixels }: SvgOptions): string {
  return svgDocument(extentOf(picture), {
    title,
    cellPixels,
    shapes: shapesIn(picture),
    legend: legend ? legendOf(picture) : [],
  })
}

export function extentOf(picture: Picture): Extent {
  if (picture.kind !== 'cells') return picture
  return { width: Math.max(0, ...picture.rows.map((row) => row.length)), height: picture.rows.length }
}

const shapesIn = (picture: Picture): string[] => shapeLayers(picture).flat()

/** The shapes of a picture from the lowest layer to the highest: shapes of one layer do not overlap. */
export function shapeLayers(picture: Picture): string[][] {
  if (picture.kind === 'scene') return [sceneShapes(picture, pictureColours)]
  if (picture.kind === 'pixels') return [pixelShapes(picture)]
  const layers = [hazardShape, trailShape, thingShape, labelShape]
  return [wallShapes(picture.rows), ...layers.map((shape) => shapesOf(picture.rows, shape))]
}

/** Symbols and names below a picture. */
export function legendOf({ legend }: Pick<Picture, 'legend'>): LegendEntry[] {
  return legend.map(({ thing, name }) => ({ shape: symbolShape(thing), name }))
}

type Extent = { readonly width: number; readonly height: number }
type LegendEntry = { readonly shape: string; readonly name: string }
type Drawn = Pick<SvgOptions, 'title' | 'cellPixels'> & {
  /** Of cells of side 1, from (0, 0) on. */
  readonly shapes: readonly string[]
  /** The drawing for a cell at (0, 0), and its name. */
  readonly legend: readonly LegendEntry[]
}

/** A document around the drawing, with the legend below it. */
export function svgDocument(
  { width, height: drawn }: Extent,
  { title, shapes, legend, cellPixels = 20 }: Drawn,
): string {
  const line = legendLine(width, legend)
  const entries = placeLegend(legend, { width, line })
  const last = entries.at(-1)
  const height = drawn + (last === undefined ? 0 : (last.row + 1.4) * line)
  const size = `viewBox="0 0 ${width} ${shortest(height)}" width="${width * cellPixels}" height="${shortest(height * cellPixels)}"`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" ${size}>`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${shortest(height)}" fill="${pictureColours.floor}"/>`,
    ...shapes,
    ...entries.map((entry) => legendEntry(entry, { line, top: drawn + 0.2 * line })),
    '</svg>',
    '',
  ].join('\n')
}

/**
 * Height of a line, in cells: about the same in every picture, since all have the same width on a page; lower where the
 * longest name would not fit.
 */
function legendLine(width: number, legend: readonly LegendEntry[]): number {
  const longest = Math.max(0, ...legend.map(neededLines))
  return Math.min(Math.max(0.5, width / 15), width / (longest + 0.6))
}

/** Width of an entry, in heights of a line; a letter is about half as wide as the line is high. */
const neededLines = ({ name }: LegendEntry): number => 1.4 + 0.42 * name.length

type PlacedEntry = LegendEntry & { readonly row: number; readonly x: number }

/** As many in a row as fit. */
function placeLegend(
  legend: readonly LegendEntry[],
  { width, line }: { readonly width: number; readonly line: number },
): PlacedEntry[] {
  const placed: PlacedEntry[] = []
  let [row, x] = [0, 0.3 * line]
  for (const entry of legend) {
    const needed = neededLines(entry) * line
    if (placed.length > 0 && x + needed > width) [row, x] = [row + 1, 0.3 * line]
    placed.push({ ...entry, row, x })
    x += needed + 0.4 * line
  }
  return placed
}

function legendEntry(
  { shape, name, row, x }: PlacedEntry,
  { line, top }: { readonly line: number; readonly top: number },
): string {
  const y = top + row * line
  const text = `x="${shortest(x + 1.1 * line)}" y="${shortest(y + 0.7 * line)}" font-size="${shortest(0.72 * line)}"`
  return (
    `<g transform="translate(${shortest(x)} ${shortest(y)}) scale(${shortest(0.95 * line)})">${shape}</g>` +
    `<text ${text} font-family="sans-serif" fill="${pictureColours.ink}">${escapeXml(name)}</text>`
  )
}

/** The thing alone, in a cell of its own. */
export function symbolShape(thing: Thing): string {
  const cell: PictureCell = { thing, trail: 0 }
  return hazardShape(cell, 0, 0) + thingShape(cell, 0, 0)
}

export const shortest = (value: number) => Number(value.toFixed(2))

/** The contents of a grid's cells, without a path. */
export function thingsSvg(rows: readonly (readonly Pick<PictureCell, 'thing' | 'label'>[])[]): string[] {
  const still = rows.map((row) => row.map((cell) => ({ ...cell, trail: 0 })))
  const layers = [hazardShape, thingShape, labelShape]
  return [...wallShapes(still), ...layers.flatMap((shape) => shapesOf(still, shape))]
}

type Shape = (cell: PictureCell, x: number, y: number) => string

function shapesOf(rows: CellPicture['rows'], shape: Shape): string[] {
  return rows.flatMap((row, y) => row.map((cell, x) => shape(cell, x, y))).filter((text) => text !== '')
}

/** One shape for all of them: separate touching shapes would show hairlines. */
function wallShapes(rows: readonly (readonly Pick<PictureCell, 'thing'>[])[]): string[] {
  const outline = rows.map((row, y) =>
    row.map(({ thing }, x) => (thing === 'wall' ? `M${x} ${y}h1v1h-1z` : '')).join(''),
  )
  return outline.join('') === '' ? [] : [`<path d="${outline.join('')}" fill="${pictureColours.wall}"/>`]
}

/** Below the trail, so that a trail through it stays visible. */
const hazardShape: Shape = ({ thing }, x, y) =>
  thing === 'hazard'
    ? `<rect x="${x + 0.05}" y="${y + 0.05}" width=".9" height=".9" rx=".1" fill="${pictureColours.hazard}" opacity=".75"/>`
    : ''

/** Each link of the trail belongs to the upper or left one of its two cells. */
const trailShape: Shape = ({ trail }, x, y) => {
  const right = (trail & trailRight) !== 0 ? `M${x + 0.5} ${y + 0.5}h1` : ''
  const down = (trail & trailDown) !== 0 ? `M${x + 0.5} ${y + 0.5}v1` : ''
  if (right + down === '') return ''
  return `<path d="${right}${down}" stroke="${pictureColours.trail}" stroke-width=".16" stroke-linecap="round" fill="none"/>`
}

const thingShape: Shape = ({ thing }, x, y) => {
  const centre = `cx="${x + 0.5}" cy="${y + 0.5}"`
  const square = `x="${x + 0.15}" y="${y + 0.15}" width=".7" height=".7" rx=".1"`
  switch (thing) {
    case 'agent':
      return `<circle ${centre} r=".36" fill="${pictureColours.agent}"/>`
    case 'start':
      return `<circle ${centre} r=".26" fill="${pictureColours.floor}" stroke="${pictureColours.start}" stroke-width=".12"/>`
    case 'goal':
      return `<rect ${square} fill="${pictureColours.goal}"/>`
    case 'proxy':
      return `<rect ${square} fill="${pictureColours.floor}" stroke="${pictureColours.proxy}" stroke-width=".12"/>`
    case 'both':
      return `<rect ${square} fill="${pictureColours.goal}" stroke="${pictureColours.proxy}" stroke-width=".12"/>`
    case 'other':
      return `<path d="M${x + 0.5} ${y + 0.14}l.36 .7h-.72z" fill="${pictureColours.other}"/>`
    default:
      return ''
  }
}

const labelShape: Shape = ({ thing, label }, x, y) => {
  if (label === undefined || thing === 'wall' || thing === 'floor') return ''
  const fill = thing === 'proxy' || thing === 'start' ? pictureColours.wall : pictureColours.floor
  const place = `x="${x + 0.5}" y="${y + 0.68}" font-size=".5" font-family="sans-serif" text-anchor="middle"`
  return `<text ${place} fill="${fill}">${escapeXml(label)}</text>`
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
