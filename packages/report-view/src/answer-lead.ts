import { createElement as h, Fragment } from 'react'
import type { ArrangedReport, Results } from './arrange-report.ts'
import { AnswerTable, verdictsOf } from './parts/answer-table.ts'
import { prose } from './prose.ts'

type Props = { readonly results: Results; readonly sections: ArrangedReport['sections'] }

/** What the answer begins with: the verdicts as a table, or the summary if there is no verdict. */
export function AnswerLead({ results: { report }, sections }: Props) {
  const judged = verdictsOf(sections.flatMap(({ parts }) => parts))
  if (judged.length > 0) return h(AnswerTable, { judged })
  return h(Fragment, null, h('p', { className: 'summary' }, prose(report?.summary ?? 'There are no results yet.')))
}
