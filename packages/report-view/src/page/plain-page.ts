import type { Report } from '@goalpost/contracts'
import { createElement as h } from 'react'
import { arrangeReport } from '../arrange-report.ts'
import { breakable } from '../prose.ts'
import { ContentsNav } from './contents-nav.ts'
import { renderDocument } from './document.ts'
import { reportSections, SectionView } from './page-section.ts'

type PlainSubject = {
  readonly report: Report
  /** Small lines above and below the title. */
  readonly above: string
  readonly below: string
}

/** A report that is not one experiment's, as a page like those of experiments. */
export function renderPlainPage({ report, above, below }: PlainSubject): string {
  const results = { status: 'final', report } as const
  const sections = reportSections(results, arrangeReport(results))
  const header = h(
    'header',
    { className: 'top' },
    h('p', { className: 'eyebrow' }, above),
    h('h1', null, breakable(report.title)),
    h('p', { className: 'eyebrow' }, breakable(below)),
  )
  const views = sections.map((section) => h(SectionView, { section }))
  return renderDocument(report.title, header, h(ContentsNav, { sections }), h('main', null, ...views))
}
