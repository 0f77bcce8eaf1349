import type {
  ExperimentView,
  HeatmapPart,
  Manifest,
  PicturePart,
  ReportPart,
  ResultsView,
  VerdictPart,
} from '@goalpost/contracts'
import { distributionFigure } from './distribution-figure.ts'
import { heatmapFigure } from './heatmap-figure.ts'
import { html, trusted, type Html } from './html.ts'
import { manifestSection } from './manifest-section.ts'
import { gallerySection, pictureRow } from './picture-figure.ts'
import { seriesFigure } from './series-figure.ts'
import { styleSheet } from './style-sheet.ts'
import { tableBlock } from './table-block.ts'
import { verdictCards } from './verdict-card.ts'

export type PageSubject = {
  readonly experiment: Pick<ExperimentView, 'id' | 'name' | 'state' | 'spec' | 'resolved' | 'createdAt'>
  readonly results: Pick<ResultsView, 'status' | 'report' | 'resultHash'>
  /** What computed how many of the tasks; machines that are alike stand here once. */
  readonly manifests: readonly { readonly tasks: number; readonly manifest: Manifest }[]
}

/**
 * A whole experiment as one HTML document that needs nothing else: no scripts, fonts, images or network. The same subject
 * gives the same bytes.
 */
export function renderReportPage(subject: PageSubject): string {
  const { experiment, results } = subject
  const title = results.report?.title ?? experiment.name
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        />
        <title>${title}</title>
        <style>
          ${trusted(styleSheet)}
        </style>
      </head>
      <body>
        <header class="top">
          <p class="eyebrow">
            ${experiment.resolved.protocol} ·
            ${results.status === 'final' ? 'final' : `partial: the experiment is ${experiment.state}`}
          </p>
          <h1>${title}</h1>
          <p class="summary">${results.report?.summary ?? 'There are no results yet.'}</p>
          ${experiment.resolved.description === undefined ? null : html`<p>${experiment.resolved.description}</p>`}
        </header>
        <main>${groupParts(results.report?.parts ?? []).map(renderGroup)} ${manifestSection(subject)}</main>
      </body>
    </html> `.html
}

type Single = Exclude<ReportPart, VerdictPart | PicturePart | HeatmapPart>
type Group =
  | { readonly verdicts: VerdictPart[] }
  | { readonly pictures: PicturePart[] }
  | { readonly heatmaps: HeatmapPart[] }
  | { readonly part: Single }

/** Verdicts, pictures or heatmaps that follow each other stand side by side. */
function groupParts(parts: readonly ReportPart[]): Group[] {
  const groups: Group[] = []
  for (const part of parts) {
    const last = groups.at(-1)
    if (part.type === 'verdict') {
      if (last !== undefined && 'verdicts' in last) last.verdicts.push(part)
      else groups.push({ verdicts: [part] })
    } else if (part.type === 'picture') {
      if (last !== undefined && 'pictures' in last) last.pictures.push(part)
      else groups.push({ pictures: [part] })
    } else if (part.type === 'heatmap') {
      if (last !== undefined && 'heatmaps' in last) last.heatmaps.push(part)
      else groups.push({ heatmaps: [part] })
    } else groups.push({ part })
  }
  return groups
}

function renderGroup(group: Group): Html {
  if ('verdicts' in group) return verdictCards(group.verdicts)
  if ('pictures' in group) return pictureRow(group.pictures)
  if ('heatmaps' in group) return html`<div class="maps">${group.heatmaps.map(heatmapFigure)}</div>`
  const { part } = group
  switch (part.type) {
    case 'table':
      return tableBlock(part)
    case 'series':
      return seriesFigure(part)
    case 'distribution':
      return distributionFigure(part)
    case 'gallery':
      return gallerySection(part)
    case 'text':
      return html`<section>
        <h3>${part.title}</h3>
        ${part.paragraphs.map((text) => html`<p>${text}</p>`)}
      </section>`
  }
}
