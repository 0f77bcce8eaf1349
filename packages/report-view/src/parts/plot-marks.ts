import { area, line } from 'd3-shape'
import { createElement as h, Fragment } from 'react'
import { formatNumber } from '../numbers.ts'
import { PlotAxes } from './plot-axes.ts'
import { frameOf, type Frame, type Paper } from './plot-frame.ts'
import { PlotReferences } from './plot-references.ts'
import type { Curve, Plot, Point } from './plot.ts'

export type { Paper } from './plot-frame.ts'

/** Axes, references, bands and curves on a paper of that size. */
export function PlotMarks({ plot, paper }: { readonly plot: Plot; readonly paper: Paper }) {
  const frame = frameOf(plot, paper)
  return h(
    Fragment,
    null,
    h(PlotAxes, { plot, frame }),
    h(PlotReferences, { references: plot.references, frame }),
    ...plot.curves.map((curve) => h(Band, { curve, frame, floor: plot.y.low })),
    ...plot.curves.map((curve) => h(CurveMarks, { curve, frame })),
  )
}

type Props = { readonly curve: Curve; readonly frame: Frame }

/** `floor`: the lowest value of the axis. A logarithmic one has no place for an interval's end at or below zero. */
function Band({ curve: { points, colour }, frame: { left, top }, floor }: Props & { readonly floor: number }) {
  const known = points.filter(({ low, high }) => low !== undefined && high !== undefined)
  if (known.length < 2) return null
  const path = area<Point>()
    .x((point) => left(point.x))
    .y0((point) => top(Math.max(floor, point.low ?? point.y)))
    .y1((point) => top(Math.max(floor, point.high ?? point.y)))
  return h('path', { className: `band c${colour}`, d: path(known) ?? '' })
}

/** Beyond this many points a curve is a line without dots. */
const maxDots = 30

function CurveMarks({ curve: { line: drawn, points, colour }, frame: { left, top } }: Props) {
  const path = line<Point>()
    .x((point) => left(point.x))
    .y((point) => top(point.y))
  const dots = points.length > maxDots ? [] : points
  return h(
    Fragment,
    null,
    h('path', { className: `curve c${colour} ${drawn.style}`, d: path(points) ?? '' }),
    ...dots.map(({ x, y }) => {
      const title = h('title', null, `${drawn.name}: ${formatNumber(y)} at ${formatNumber(x)}`)
      return h('circle', { className: `dot c${colour}`, cx: left(x), cy: top(y), r: 2.5 }, title)
    }),
  )
}
