import type { ReportPart } from '@goalpost/contracts'
import { distributionFigure } from './distribution-figure.ts'
import { heatmapFigure } from './heatmap-figure.ts'
import { html, type Html } from './html.ts'
import { gallerySection, pictureFigure } from './picture-figure.ts'
import { prose } from './prose.ts'
import { seriesFigure } from './series-figure.ts'
import { tableBlock } from './table-block.ts'
import { verdictCard, type CardAxes } from './verdict-card.ts'

/** Context that a part shares with the other parts of its page. */
export type PartContext = { readonly anchor: string; readonly axes: CardAxes }

/** One renderer for each kind of part. A new kind does not compile until it has one. */
export function renderPart(part: ReportPart, { anchor, axes }: PartContext): Html {
  switch (part.type) {
    case 'verdict':
      return verdictCard(part, anchor, axes)
    case 'table':
      return tableBlock(part, anchor)
    case 'series':
      return seriesFigure(part, anchor)
    case 'heatmap':
      return heatmapFigure(part, anchor)
    case 'distribution':
      return distributionFigure(part, anchor)
    case 'picture':
      return pictureFigure(part, anchor)
    case 'gallery':
      return gallerySection(part, anchor)
    case 'text':
      return html`<section id="${anchor}">
        <h3>${prose(part.title)}</h3>
        ${part.paragraphs.map((text) => html`<p>${prose(text)}</p>`)}
      </section>`
    default:
      return part satisfies never
  }
}
