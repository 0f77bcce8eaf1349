import type { SeriesPart } from '@goalpost/contracts'
import { createElement as h } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { PlotMarks } from '../parts/plot-marks.ts'
import { plotStyle } from '../parts/plot-style.ts'
import { plotOf, type Curve, type Plot } from '../parts/plot.ts'

const plotSize = { width: 720, height: 300 }
const heading = 30
const row = 20
const column = 240
const margin = 56
const perRow = Math.floor((plotSize.width - margin) / column)
const fontFamily = "system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
/** A picture in a page does not inherit the page's colours: it is drawn on white paper. */
const lightStyle = plotStyle.replaceAll(/light-dark\(([^,]+), [^)]+\)/g, '$1').replace('light dark', 'only light')

/** A series as its own SVG document with title and legend; null if there is nothing to draw. */
export function seriesDocument({ title, ...part }: SeriesPart): string | null {
  const plot = plotOf({ title, ...part })
  return plot === null ? null : `${renderToStaticMarkup(h(Drawing, { title, plot }))}\n`
}

function Drawing({ title, plot }: { readonly title: string; readonly plot: Plot }) {
  const { width } = plotSize
  const height = heading + plotSize.height + row * Math.ceil(plot.curves.length / perRow) + 10
  return h(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': title,
      fontFamily,
    },
    h('style', { dangerouslySetInnerHTML: { __html: lightStyle } }),
    h('rect', { width, height, fill: '#ffffff' }),
    h('text', { className: 'name', x: margin, y: 20 }, title),
    h('g', { transform: `translate(0 ${heading})` }, h(PlotMarks, { plot, paper: plotSize })),
    ...plot.curves.map((curve, index) => h(LegendEntry, { curve, index })),
  )
}

function LegendEntry({ curve: { line, colour }, index }: { readonly curve: Curve; readonly index: number }) {
  const x = margin + column * (index % perRow)
  const y = heading + plotSize.height + row * (Math.floor(index / perRow) + 0.5)
  const className = `curve c${colour} ${line.style}`
  return h(
    'g',
    null,
    h('line', { className, x1: x, x2: x + 26, y1: y, y2: y }),
    h('text', { className: 'label', x: x + 34, y, dominantBaseline: 'middle' }, line.name),
  )
}
