import type { ReportPart } from '@goalpost/contracts'

export type Placed = { readonly part: ReportPart; readonly anchor: string }
export type Section = {
  readonly title: SectionTitle
  readonly anchor: string
  /** Layout of its parts: stacked, or side by side as far as they fit. */
  readonly layout: 'rows' | 'pairs' | 'cards' | 'abreast'
  readonly parts: readonly Placed[]
}

/** In the order of the page: the answer, the reasons for it, then the evidence. */
const sectionTitles = [
  'The answer',
  'Each condition',
  'Curves',
  'Examples',
  'Galleries',
  'Maps',
  'Tables',
  'Notes',
] as const
type SectionTitle = (typeof sectionTitles)[number]

const layouts: Readonly<Record<SectionTitle, Section['layout']>> = {
  'The answer': 'rows',
  'Each condition': 'cards',
  Curves: 'pairs',
  Examples: 'abreast',
  Galleries: 'rows',
  Maps: 'abreast',
  Tables: 'rows',
  Notes: 'rows',
}

/** A new kind of part does not compile until it has a section. */
const homes: Readonly<Record<ReportPart['type'], SectionTitle>> = {
  distribution: 'The answer',
  series: 'Curves',
  verdict: 'Each condition',
  picture: 'Examples',
  gallery: 'Galleries',
  heatmap: 'Maps',
  table: 'Tables',
  text: 'Notes',
}

/** The parts of a report by section, in order. Sections without parts are left out, except the answer. */
export function arrangeParts(parts: readonly ReportPart[], anchorOf: (title: string) => string): Section[] {
  return sectionTitles.flatMap((title) => {
    const found = parts.filter(({ type }) => homes[type] === title)
    if (found.length === 0 && title !== 'The answer') return []
    const anchor = anchorOf(title)
    const placed = found.map((part) => ({ part, anchor: anchorOf(part.title) }))
    return [{ title, anchor, layout: layouts[title], parts: placed }]
  })
}
