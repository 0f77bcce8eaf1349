import type { PicturePart, Report, ReportPart, VerdictPart } from '@goalpost/contracts'
import type { Terminal } from '../terminal/terminal.ts'
import { prose } from '../terminal/prose.ts'
import { plain, wrap } from '../terminal/text.ts'
import { renderDistribution } from './distribution.ts'
import { renderHeatmap } from './heatmap.ts'
import { renderGallery, renderPictures } from './pictures.ts'
import { renderSeries } from './series-plot.ts'
import { renderTablePart } from './table-part.ts'
import { sharedThresholds } from './thresholds.ts'
import { intervalRange } from './interval-axis.ts'
import { renderVerdict, type CardLook } from './verdict-card.ts'

/** A report as lines of text, at most `terminal.columns` wide. */
export function renderReport(terminal: Terminal, report: Report): string[] {
  const { colours, symbols, columns } = terminal
  const verdicts = report.parts.filter((part): part is VerdictPart => part.type === 'verdict')
  const thresholds = sharedThresholds(verdicts)
  const look = { range: intervalRange(verdicts), withThresholds: thresholds === null }
  const blocks = groupPictures(answersFirst(report.parts)).flatMap((group) => {
    const lines = renderGroup(terminal, group, look)
    const isLast = 'part' in group && group.part === verdicts.at(-1)
    return isLast && thresholds ? [lines, wrap(thresholds, columns).map(colours.dim)] : [lines]
  })
  return [
    colours.bold(plain(report.title)),
    colours.dim(symbols.rule.repeat(columns)),
    ...wrap(prose(terminal, report.summary), columns),
    ...blocks.flatMap((lines) => ['', ...lines]),
  ]
}

/** If there are verdicts, pictures come last: they show a few of many episodes. */
function answersFirst(parts: readonly ReportPart[]): readonly ReportPart[] {
  if (!parts.some(({ type }) => type === 'verdict')) return parts
  const isPicture = ({ type }: ReportPart): boolean => type === 'picture' || type === 'gallery'
  return [...parts.filter((part) => !isPicture(part)), ...parts.filter(isPicture)]
}

type Group = { readonly part: Exclude<ReportPart, PicturePart> } | { readonly pictures: PicturePart[] }

/** Consecutive pictures are drawn side by side if they fit. */
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

function renderGroup(terminal: Terminal, group: Group, look: CardLook): string[] {
  if ('pictures' in group) return renderPictures(terminal, group.pictures)
  const { part } = group
  switch (part.type) {
    case 'verdict':
      return renderVerdict(terminal, part, look)
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
          ...wrap(prose(terminal, paragraph), terminal.columns),
        ]),
      ]
    default:
      return part satisfies never
  }
}
