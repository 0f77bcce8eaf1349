import { createElement as h, type ReactNode } from 'react'
import { AnswerLead } from '../answer-lead.ts'
import type { ArrangedReport, Results, ShownSection } from '../arrange-report.ts'
import { PartView } from '../parts/part-view.ts'
import type { Placed } from '../sections.ts'

/** A section of a page, with the parts that have anchors of their own. */
export type PageSection = {
  readonly title: string
  readonly anchor: string
  readonly parts: readonly Placed[]
  readonly body: ReactNode
}

export function SectionView({ section: { title, anchor, body } }: { readonly section: PageSection }) {
  return h('section', { id: anchor }, h('h2', null, title), body)
}

/** A report's sections in their order; the first begins with the answer. */
export function reportSections(results: Results, { sections, axes }: ArrangedReport): PageSection[] {
  return sections.map((section) => ({ ...section, body: [leadOf(section, results, sections), bodyOf(section, axes)] }))
}

function leadOf({ title }: ShownSection, results: Results, sections: ArrangedReport['sections']): ReactNode {
  return title === 'The answer' ? h(AnswerLead, { key: 'lead', results, sections }) : null
}

function bodyOf({ layout, parts }: ShownSection, axes: ArrangedReport['axes']): ReactNode {
  const views = parts.map(({ part, anchor }) => h(PartView, { part, anchor, axes }))
  return h('div', { key: 'parts', className: layout }, ...views)
}
