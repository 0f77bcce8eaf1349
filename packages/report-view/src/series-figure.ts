import type { SeriesPart } from '@goalpost/contracts'
import { figure } from './figure.ts'
import { html, type Html } from './html.ts'
import { plotMarks, type Paper } from './plot-marks.ts'
import { plotOf, type Curve, type Plot } from './plot.ts'
import { breakable } from './prose.ts'

const wide: Paper = { width: 560, height: 320 }
/** For narrow screens: letters of the wide plot would be too small there. */
const narrow: Paper = { width: 340, height: 270 }
const small: Paper = { width: 340, height: 220 }

/** Curves with their intervals as bands, over marked axes. Cards and tables have the numbers. */
export function seriesFigure(part: SeriesPart, anchor: string): Html {
  return drawSeries(
    part,
    anchor,
    (plot) => html`${drawPlot(plot, wide, 'on-wide')}${drawPlot(plot, narrow, 'on-narrow')}`,
  )
}

/** The same where many stand side by side, each called after what it shows. */
export function smallSeriesFigure(part: SeriesPart, anchor: string): Html {
  return drawSeries(part, anchor, (plot) => drawPlot({ ...plot, titles: { ...plot.titles, y: '' } }, small, ''))
}

function drawSeries(part: SeriesPart, anchor: string, draw: (plot: Plot) => Html): Html {
  const heading = { title: part.title, anchor }
  const plot = plotOf(part)
  if (plot === null) return figure(heading, html`<p class="none">no values yet</p>`)
  return figure(heading, html`${draw(plot)}${legend(plot.curves)}`, part.caption)
}

function drawPlot(plot: Plot, paper: Paper, when: string): Html {
  const { x, y } = plot.titles
  const size = `0 0 ${paper.width} ${paper.height}`
  return html`<svg class="plot ${when}" viewBox="${size}" role="img" aria-label="${y === '' ? '' : `${y} `}over ${x}">
    ${plotMarks(plot, paper)}
  </svg>`
}

function legend(curves: readonly Curve[]): Html {
  return html`<ul class="legend">
    ${curves.map(
      ({ line, colour }) =>
        html`<li>
          <svg viewBox="0 0 28 10" aria-hidden="true">
            <line class="curve c${colour} ${line.style}" x1="1" x2="27" y1="5" y2="5" />
          </svg>
          ${breakable(line.name)}
        </li>`,
    )}
  </ul>`
}
