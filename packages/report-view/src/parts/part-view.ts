import type { ReportPart, TextPart } from '@goalpost/contracts'
import { createElement as h } from 'react'
import { prose } from '../prose.ts'
import type { CardAxes } from './card-axes.ts'
import { DistributionFigure } from './distribution-figure.ts'
import { HeatmapFigure } from './heatmap-figure.ts'
import { GallerySection, PictureFigure } from './picture-figure.ts'
import { SeriesFigure } from './series-figure.ts'
import { TableBlock } from './table-block.ts'
import { VerdictCard } from './verdict-card.ts'

type Props = {
  readonly part: ReportPart
  readonly anchor: string
  /** What all verdicts of the page share. */
  readonly axes: CardAxes
}

/** One renderer for each kind of part, for screens and files. A new kind does not compile until it has one. */
export function PartView({ part, anchor, axes }: Props) {
  switch (part.type) {
    case 'verdict':
      return h(VerdictCard, { part, anchor, axes })
    case 'table':
      return h(TableBlock, { part, anchor })
    case 'series':
      return h(SeriesFigure, { part, anchor })
    case 'heatmap':
      return h(HeatmapFigure, { part, anchor })
    case 'distribution':
      return h(DistributionFigure, { part, anchor })
    case 'picture':
      return h(PictureFigure, { picture: part, anchor })
    case 'gallery':
      return h(GallerySection, { part, anchor })
    case 'text':
      return h(TextSection, { part, anchor })
    default:
      return part satisfies never
  }
}

function TextSection({ part, anchor }: { readonly part: TextPart; readonly anchor: string }) {
  const paragraphs = part.paragraphs.map((text) => h('p', null, prose(text)))
  return h('section', { id: anchor }, h('h3', null, prose(part.title)), ...paragraphs)
}
