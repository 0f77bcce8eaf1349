import type { SeriesPart } from '@goalpost/contracts'
import { html, trusted, type Html } from './html.ts'
import { plotStyle } from './plot-style.ts'
import { plotMarks } from './plot-marks.ts'
import { plotOf, type Curve } from './plot.ts'

const plotSize = { width: 720, height: 300 }
const heading = 30
const row = 20
const column = 240
const margin = 56
const perRow = Math.floor((plotSize.width - margin) / column)
/** A picture in a page does not inherit the page's colours: it is drawn on white paper. */
const lightStyle = plotStyle.replaceAll(/light-dark\(([^,]+), [^)]+\)/g, '$1').replace('light dark', 'only light')

/** A series as its own SVG document with title and legend; null if there is nothing to draw. */
export function seriesDocument(part: SeriesPart): string | null {
  const plot = plotOf(part)
  if (plot === null) return null
  const height = heading + plotSize.height + row * Math.ceil(plot.curves.length / perRow) + 10
  return html`<svg
    xmlns="http://www.w3.org/2000/svg"
    width="${plotSize.width}"
    height="${height}"
    viewBox="0 0 ${plotSize.width} ${height}"
    role="img"
    aria-label="${part.title}"
    font-family="system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
  >
    <style>
      ${trusted(lightStyle)}
    </style>
    <rect width="${plotSize.width}" height="${height}" fill="#ffffff" />
    <text class="name" x="${margin}" y="20">${part.title}</text>
    <g transform="translate(0 ${heading})">${plotMarks(plot, plotSize)}</g>
    ${plot.curves.map((curve, index) => legendEntry(curve, index))}
  </svg> `.html
}

function legendEntry({ line, colour }: Curve, index: number): Html {
  const x = margin + column * (index % perRow)
  const y = heading + plotSize.height + row * (Math.floor(index / perRow) + 0.5)
  return html`<line class="curve c${colour} ${line.style}" x1="${x}" x2="${x + 26}" y1="${y}" y2="${y}" />
    <text class="label" x="${x + 34}" y="${y}" dominant-baseline="middle">${line.name}</text>`
}
