import type { SeriesPart } from '@goalpost/contracts'
import { createElement as h, type ReactNode } from 'react'
import { breakable } from '../prose.ts'
import { countRange, sharedCount } from './counts.ts'
import { Figure } from './figure.ts'
import { PlotMarks, type Paper } from './plot-marks.ts'
import { plotOf, type Curve, type Plot } from './plot.ts'

const wide: Paper = { width: 560, height: 320 }
/** For narrow screens: letters of the wide plot would be too small there. */
const narrow: Paper = { width: 340, height: 270 }
const small: Paper = { width: 340, height: 220 }

type Props = { readonly part: SeriesPart; readonly anchor: string }

/** Curves with their intervals as bands, over marked axes. Cards and tables have the numbers. */
export function SeriesFigure({ part, anchor }: Props) {
  const draw = (plot: Plot) => [
    h(PlotView, { plot, paper: wide, when: 'on-wide' }),
    h(PlotView, { plot, paper: narrow, when: 'on-narrow' }),
  ]
  return h(Series, { part, anchor, draw })
}

/** The same where many stand side by side, each called after what it shows. */
export function SmallSeriesFigure({ part, anchor }: Props) {
  const draw = (plot: Plot) => [h(PlotView, { plot: { ...plot, titles: { ...plot.titles, y: '' } }, paper: small })]
  return h(Series, { part, anchor, draw })
}

function Series({ part, anchor, draw }: Props & { readonly draw: (plot: Plot) => ReactNode[] }) {
  const { title, caption } = part
  const plot = plotOf(part)
  if (plot === null) return h(Figure, { title, anchor }, h('p', { className: 'none' }, 'no values yet'))
  return h(Figure, { title, anchor, caption }, ...draw(plot), h(Legend, { curves: plot.curves }))
}

type PlotProps = { readonly plot: Plot; readonly paper: Paper; readonly when?: 'on-wide' | 'on-narrow' }

function PlotView({ plot, paper, when }: PlotProps) {
  const { x, y } = plot.titles
  const props = {
    className: when === undefined ? 'plot' : `plot ${when}`,
    viewBox: `0 0 ${paper.width} ${paper.height}`,
    role: 'img',
    'aria-label': `${y === '' ? '' : `${y} `}over ${x}`,
  }
  return h('svg', props, h(PlotMarks, { plot, paper }))
}

function Legend({ curves }: { readonly curves: readonly Curve[] }) {
  const estimatesOf = ({ line }: Curve) => line.points.map(({ y }) => y)
  const shared = sharedCount(curves.flatMap(estimatesOf))
  const entries = curves.map((curve) => {
    const { line, colour } = curve
    const sample = h('line', { className: `curve c${colour} ${line.style}`, x1: 1, x2: 27, y1: 5, y2: 5 })
    const count = shared === null ? countRange(estimatesOf(curve)) : ''
    return h(
      'li',
      null,
      h('svg', { viewBox: '0 0 28 10', 'aria-hidden': true }, sample),
      ' ',
      breakable(line.name),
      count !== '' && h('small', null, ` ${count}`),
    )
  })
  return h('ul', { className: 'legend' }, ...entries, shared !== null && h('li', null, `intervals: n = ${shared}`))
}
