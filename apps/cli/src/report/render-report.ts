import type { PicturePart, Report, ReportPart, VerdictPart } from '@goalpost/contracts'
import type { Terminal } from '../terminal/terminal.ts'
import { plain, wrap } from '../terminal/text.ts'
import { renderDistribution } from './distribution.ts'
import { renderHeatmap } from './heatmap.ts'
import { renderGallery, renderPictures } from './pictures.ts'
import { renderSeries } from './series-plot.ts'
import { renderTablePart } from './table-part.ts'
import { intervalRange, renderVerdict } from './verdict-card.ts'

/** A report as lines of text, at most `terminal.columns` wide. */
export function renderReport(terminal: Terminal, report: Report): string[] {
  const { colours, symbols, columns } = terminal
  const verdicts = report.parts.filter((part): part is VerdictPart => part.type === 'verdict')
  const range = intervalRange(verdicts)
  const blocks = groupPictures(report.parts).map((group) => renderGroup(terminal, group, range))
  return [
    colours.bold(plain(report.title)),
    colours.dim(symbols.rule.repeat(columns)),
    ...wrap(plain(report.summary), columns),
    ...blocks.flatMap((lines) => ['', ...lines]),
  ]
}

type Group = { readonly part: Exclude<ReportPart, PicturePart> } | { readonly pictures: PicturePart[] }

/** Pictures that follow each other stand side by side where there is room. */
function groupPictures(parts: readonly ReportPart[]): Group[] {
  const groups: Group[] = []
  for (const part of parts) {
    const last = groups.at(-1)
    if (part.type !== 'picture') groups.push({ part })
    else if (last !== undefined && 'pictures' in last) last.pictures.push(part)
    else groups.push({ pictures: [part] })
  }
  return groups
}

function renderGroup(terminal: Terminal, group: Group, range: ReturnType<typeof intervalRange>): string[] {
  if ('pictures' in group) return renderPictures(terminal, group.pictures)
  const { part } = group
  switch (part.type) {
    case 'verdict':
      return renderVerdict(terminal, part, range)
    case 'table':
      return renderTablePart(terminal, part)
    case 'series':
      return renderSeries(terminal, part)
    case 'heatmap':
      return renderHeatmap(terminal, part)
    case 'distribution':
      return renderDistribution(terminal, part)
    case 'gallery':
      return renderGallery(terminal, part)
    case 'text':
      return [
        terminal.colours.bold(plain(part.title)),
        ...part.paragraphs.flatMap((paragraph, index) => [
          ...(index === 0 ? [] : ['']),
          ...wrap(plain(paragraph), terminal.columns),
        ]),
      ]
  }
}
