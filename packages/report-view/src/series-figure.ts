import type { Estimate, SeriesPart } from '@goalpost/contracts'
import { createAxis, type Axis } from './axis.ts'
import { figure } from './figure.ts'
import { html, type Html } from './html.ts'
import { formatInterval, formatNumber, formatTick } from './numbers.ts'

type Line = SeriesPart['lines'][number]
type Point = { readonly x: number; readonly y: number; readonly low?: number; readonly high?: number }
export type Curve = { readonly line: Line; readonly points: readonly Point[]; readonly colour: number }
export type Plot = { readonly part: SeriesPart; readonly curves: readonly Curve[]; readonly x: Axis; readonly y: Axis }

export const plotSize = { width: 720, height: 300 }
const size = plotSize
const margin = { left: 56, right: 16, top: 14, bottom: 44 }
const inner = { width: size.width - margin.left - margin.right, height: size.height - margin.top - margin.bottom }
/** Colours in the style sheet. */
const colours = 8

/** Curves with their intervals as bands, over marked axes; the legend says where each of them ends. */
export function seriesFigure(part: SeriesPart): Html {
  const plot = plotOf(part)
  if (plot === null) return figure(part.title, html`<p class="none">no values yet</p>`)
  return figure(part.title, html`${drawPlot(plot)}${legend(plot.curves)}`)
}

/** Null where there is nothing to draw. */
export function plotOf(part: SeriesPart): Plot | null {
  const curves = curvesOf(part)
  if (curves.length === 0) return null
  const references = part.references.filter(({ y }) => part.y.scale === 'linear' || y > 0)
  const points = curves.flatMap((curve) => curve.points)
  const x = createAxis(
    points.map((point) => point.x),
    part.x.scale,
    6,
  )
  const y = createAxis(
    [...points.flatMap((point) => [point.y, ...endsOf(point)]), ...references.map((reference) => reference.y)],
    part.y.scale,
  )
  return { part: { ...part, references }, curves, x, y }
}

function curvesOf(part: SeriesPart): Curve[] {
  const groups = [...new Set(part.lines.map(groupOf))]
  return part.lines.flatMap((line) => {
    const points = line.points
      .flatMap(({ x, y }) => (typeof y.value === 'number' ? [{ x, y: y.value, ...spreadOf(y) }] : []))
      .filter(({ x, y }) => (part.x.scale === 'linear' || x > 0) && (part.y.scale === 'linear' || y > 0))
      .toSorted((a, b) => a.x - b.x)
    return points.length === 0 ? [] : [{ line, points, colour: groups.indexOf(groupOf(line)) % colours }]
  })
}

const groupOf = ({ group, name }: Line) => group ?? name

function spreadOf({ low, high }: Estimate): { low?: number; high?: number } {
  return low === undefined || high === undefined ? {} : { low, high }
}

function endsOf({ low, high }: Point): number[] {
  return low === undefined || high === undefined ? [] : [low, high]
}

function drawPlot(plot: Plot): Html {
  const { part } = plot
  return html`<svg
    class="plot"
    viewBox="0 0 ${size.width} ${size.height}"
    role="img"
    aria-label="${part.y.title} over ${part.x.title}"
  >
    ${plotMarks(plot)}
  </svg>`
}

/** What is drawn on a paper of `plotSize`. */
export function plotMarks({ part, curves, x, y }: Plot): Html {
  return html`${y.ticks.map(
      (tick) =>
        html`<line
            class="grid"
            x1="${margin.left}"
            x2="${size.width - margin.right}"
            y1="${top(y, tick)}"
            y2="${top(y, tick)}"
          />
          <text class="tick" x="${margin.left - 8}" y="${top(y, tick)}" text-anchor="end" dominant-baseline="middle"
            >${formatTick(tick)}</text
          >`,
    )}
    ${x.ticks.map((tick) => html`<text class="tick" x="${left(x, tick)}" y="${size.height - margin.bottom + 18}" text-anchor="middle">${formatTick(tick)}</text>`)}
    <line
      class="axis"
      x1="${margin.left}"
      x2="${size.width - margin.right}"
      y1="${size.height - margin.bottom}"
      y2="${size.height - margin.bottom}"
    />
    <text class="label" x="${margin.left + inner.width / 2}" y="${size.height - 6}" text-anchor="middle">
      ${part.x.title}
    </text>
    <text class="label" transform="translate(12 ${margin.top + inner.height / 2}) rotate(-90)" text-anchor="middle">
      ${part.y.title}
    </text>
    ${part.references.map((reference) => drawReference(y, reference))} ${curves.map((curve) => drawBand(curve, x, y))}
    ${curves.map((curve) => drawCurve(curve, x, y))}`
}

const left = (axis: Axis, value: number) => round(margin.left + axis.place(value) * inner.width)
const top = (axis: Axis, value: number) =>
  round(margin.top + (1 - Math.min(1, Math.max(0, axis.place(value)))) * inner.height)
const round = (value: number) => Number(value.toFixed(1))

function drawReference(axis: Axis, { name, y }: SeriesPart['references'][number]): Html {
  const at = top(axis, y)
  // Above its line, or below where it would leave the plot.
  const text = at < margin.top + 14 ? at + 12 : at - 4
  return html`<line class="reference" x1="${margin.left}" x2="${size.width - margin.right}" y1="${at}" y2="${at}" />
    <text class="tick" x="${size.width - margin.right}" y="${text}" text-anchor="end">${name}</text>`
}

function drawBand({ points, colour }: Curve, x: Axis, y: Axis): Html | null {
  const known = points.filter((point) => endsOf(point).length > 0)
  if (known.length < 2) return null
  const upper = known.map((point) => `${left(x, point.x)},${top(y, point.high ?? point.y)}`)
  const lower = known.toReversed().map((point) => `${left(x, point.x)},${top(y, point.low ?? point.y)}`)
  return html`<polygon class="band c${colour}" points="${[...upper, ...lower].join(' ')}" />`
}

function drawCurve({ line, points, colour }: Curve, x: Axis, y: Axis): Html {
  const path = points.map((point) => `${left(x, point.x)},${top(y, point.y)}`).join(' ')
  const dots = points.length > 30 ? [] : points
  return html`<polyline class="curve c${colour} ${line.style}" points="${path}" />
    ${dots.map((point) => html`<circle class="dot c${colour}" cx="${left(x, point.x)}" cy="${top(y, point.y)}" r="2.5"><title>${line.name}: ${formatNumber(point.y)} at ${formatNumber(point.x)}</title></circle>`)}`
}

function legend(curves: readonly Curve[]): Html {
  return html`<ul class="legend">
    ${curves.map(({ line, points, colour }) => {
      const last = line.points.findLast(({ x }) => x === points.at(-1)?.x)?.y
      return html`<li>
        <svg viewBox="0 0 28 10" aria-hidden="true">
          <line class="curve c${colour} ${line.style}" x1="1" x2="27" y1="5" y2="5" />
        </svg>
        ${line.name}
        <span class="number"
          >${formatNumber(points.at(-1)?.y ?? 0)} <small>${last === undefined ? '' : formatInterval(last)}</small></span
        >
      </li>`
    })}
  </ul>`
}
