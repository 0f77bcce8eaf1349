import { trailDown, trailRight, type Picture, type PictureCell, type Thing } from './picture.ts'

export type SvgOptions = {
  /** Side of one cell, in pixels. */
  readonly cellPixels?: number
  /** What the picture shows, for those who do not see it. */
  readonly title: string
}

const colours: Readonly<Record<Thing | 'trail', string>> = {
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
}

/** The picture as a stand-alone SVG document with colours of its own. */
export function pictureSvg(picture: Picture, { cellPixels = 20, title }: SvgOptions): string {
  const width = Math.max(0, ...picture.rows.map((row) => row.length))
  const height = picture.rows.length
  const layers = [wallShape, hazardShape, trailShape, thingShape, labelShape]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${width} ${height}" width="${width * cellPixels}" height="${height * cellPixels}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${colours.floor}"/>`,
    ...layers.flatMap((shape) => shapesOf(picture, shape)),
    '</svg>',
    '',
  ].join('\n')
}

type Shape = (cell: PictureCell, x: number, y: number) => string

function shapesOf(picture: Picture, shape: Shape): string[] {
  return picture.rows.flatMap((row, y) => row.map((cell, x) => shape(cell, x, y))).filter((text) => text !== '')
}

const wallShape: Shape = ({ thing }, x, y) =>
  thing === 'wall' ? `<rect x="${x}" y="${y}" width="1" height="1" fill="${colours.wall}"/>` : ''

/** Below the trail: whoever walked through it left a way that can be seen. */
const hazardShape: Shape = ({ thing }, x, y) =>
  thing === 'hazard'
    ? `<rect x="${x + 0.05}" y="${y + 0.05}" width=".9" height=".9" rx=".1" fill="${colours.hazard}" opacity=".75"/>`
    : ''

/** Each link of the trail belongs to the upper or left one of its two cells. */
const trailShape: Shape = ({ trail }, x, y) => {
  const right = (trail & trailRight) !== 0 ? `M${x + 0.5} ${y + 0.5}h1` : ''
  const down = (trail & trailDown) !== 0 ? `M${x + 0.5} ${y + 0.5}v1` : ''
  if (right + down === '') return ''
  return `<path d="${right}${down}" stroke="${colours.trail}" stroke-width=".16" stroke-linecap="round" fill="none"/>`
}

const thingShape: Shape = ({ thing }, x, y) => {
  const centre = `cx="${x + 0.5}" cy="${y + 0.5}"`
  const square = `x="${x + 0.15}" y="${y + 0.15}" width=".7" height=".7" rx=".1"`
  switch (thing) {
    case 'agent':
      return `<circle ${centre} r=".36" fill="${colours.agent}"/>`
    case 'start':
      return `<circle ${centre} r=".26" fill="${colours.floor}" stroke="${colours.start}" stroke-width=".12"/>`
    case 'goal':
      return `<rect ${square} fill="${colours.goal}"/>`
    case 'proxy':
      return `<rect ${square} fill="${colours.floor}" stroke="${colours.proxy}" stroke-width=".12"/>`
    case 'both':
      return `<rect ${square} fill="${colours.goal}" stroke="${colours.proxy}" stroke-width=".12"/>`
    case 'other':
      return `<path d="M${x + 0.5} ${y + 0.14}l.36 .7h-.72z" fill="${colours.other}"/>`
    default:
      return ''
  }
}

const labelShape: Shape = ({ thing, label }, x, y) => {
  if (label === undefined || thing === 'wall' || thing === 'floor') return ''
  const fill = thing === 'proxy' || thing === 'start' ? colours.wall : colours.floor
  const place = `x="${x + 0.5}" y="${y + 0.68}" font-size=".5" font-family="sans-serif" text-anchor="middle"`
  return `<text ${place} fill="${fill}">${escapeXml(label)}</text>`
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
