import { area, line } from 'd3-shape'
import { abbreviate } from './abbreviate.ts'
import type { Axis } from './axis.ts'
import { html, type Html } from './html.ts'
import { formatNumber, formatTick } from './numbers.ts'
import type { Curve, Plot, Point, Reference } from './plot.ts'

/** In pixels; letters have the same size on any paper. */
export type Paper = { readonly width: number; readonly height: number }

const margin = { left: 52, right: 22, top: 12, bottom: 42 }
const labelGap = 12
/** Average width of a letter in a name beside its line. */
const letterWidth = 6
/** Pixels between marks, so that their numbers do not touch. */
const tickRoom = 58

type Frame = Paper & { left(x: number): number; top(y: number): number }

/** Axes, references, bands and curves on a paper of that size. */
export function plotMarks(plot: Plot, paper: Paper): Html {
  const frame = frameOf(plot, paper)
  return html`${axisMarks(plot, frame)} ${drawReferences(plot.references, frame)}
  ${plot.curves.map((curve) => drawBand(curve, frame))} ${plot.curves.map((curve) => drawCurve(curve, frame))}`
}

function frameOf({ x, y }: Plot, paper: Paper): Frame {
  const width = paper.width - margin.left - margin.right
  const height = paper.height - margin.top - margin.bottom
  const within = (axis: Axis, value: number) => Math.min(1, Math.max(0, axis.place(value)))
  return {
    ...paper,
    left: (value) => round(margin.left + x.place(value) * width),
    top: (value) => round(margin.top + (1 - within(y, value)) * height),
  }
}

const round = (value: number) => Number(value.toFixed(1))

function axisMarks({ x, y, titles }: Plot, { width, height, left, top }: Frame): Html {
  const [right, bottom] = [width - margin.right, height - margin.bottom]
  const every = Math.ceil((x.ticks.length * tickRoom) / (right - margin.left))
  const shown = x.ticks.filter((_, index) => index % every === 0)
  return html`${y.ticks.map(
      (tick) =>
        html`<line class="grid" x1="${margin.left}" x2="${right}" y1="${top(tick)}" y2="${top(tick)}" />
          <text class="tick" x="${margin.left - 8}" y="${top(tick)}" text-anchor="end" dominant-baseline="middle"
            >${formatTick(tick)}</text
          >`,
    )}
    ${shown.map((tick) => html`<text class="tick" x="${left(tick)}" y="${bottom + 18}" text-anchor="middle">${formatTick(tick)}</text>`)}
    <line class="axis" x1="${margin.left}" x2="${right}" y1="${bottom}" y2="${bottom}" />
    <text class="label" x="${(margin.left + right) / 2}" y="${height - 6}" text-anchor="middle">${titles.x}</text>
    ${titles.y === '' ? null : html`<text class="label" transform="translate(12 ${(margin.top + bottom) / 2}) rotate(-90)" text-anchor="middle">${titles.y}</text>`}`
}

/** Each line in the colour of its curves; names that would overlap are moved apart. */
function drawReferences(references: readonly Reference[], { width, top }: Frame): Html {
  const right = width - margin.right
  const maxLength = Math.floor((0.7 * width) / letterWidth)
  const lines = references.map((reference) => ({ ...reference, at: top(reference.y) })).toSorted((a, b) => a.at - b.at)
  let last = -labelGap
  const labelled = lines.map((reference) => {
    last = Math.max(reference.at < margin.top + labelGap ? reference.at + labelGap : reference.at - 4, last + labelGap)
    return { ...reference, label: last }
  })
  return html`${labelled.map(
    ({ name, at, label, colour }) =>
      html`<line class="reference ${colourOf(colour)}" x1="${margin.left}" x2="${right}" y1="${at}" y2="${at}" />
        <text class="tick ${colourOf(colour)}" x="${right}" y="${label}" text-anchor="end"
          >${abbreviate(name, maxLength)}<title>${name}</title></text
        >`,
  )}`
}

const colourOf = (colour: number | null) => (colour === null ? '' : `c${colour}`)

function drawBand({ points, colour }: Curve, { left, top }: Frame): Html | null {
  const known = points.filter(({ low, high }) => low !== undefined && high !== undefined)
  if (known.length < 2) return null
  const path = area<Point>()
    .x((point) => left(point.x))
    .y0((point) => top(point.low ?? point.y))
    .y1((point) => top(point.high ?? point.y))
  return html`<path class="band c${colour}" d="${path(known)}" />`
}

/** Beyond this many points a curve is a line without dots. */
const maxDots = 30

function drawCurve({ line: { name, style }, points, colour }: Curve, { left, top }: Frame): Html {
  const path = line<Point>()
    .x((point) => left(point.x))
    .y((point) => top(point.y))
  const dots = points.length > maxDots ? [] : points
  return html`<path class="curve c${colour} ${style}" d="${path(points)}" />
    ${dots.map((point) => html`<circle class="dot c${colour}" cx="${left(point.x)}" cy="${top(point.y)}" r="2.5"><title>${name}: ${formatNumber(point.y)} at ${formatNumber(point.x)}</title></circle>`)}`
}
