import type { TablePart, VerdictPart } from '@goalpost/contracts'
import type { ArrangedReport } from './arrange-report.ts'
import { headlineColumns, numberOf, seedCount, verdictsOf } from './parts/answer-table.ts'

/** The verdicts of a report as a table to take along; null without any. */
export function answerPart(sections: ArrangedReport['sections']): TablePart | null {
  const parts = verdictsOf(sections.flatMap((section) => section.parts)).map(({ part }) => part)
  if (parts.length === 0) return null
  const columns = headlineColumns(parts)
  return {
    type: 'table',
    title: 'Verdicts',
    columns: ['condition', 'verdict', ...columns.map(({ name }) => name), 'seeds'].map((title) => ({ title })),
    rows: parts.map((part) => ({ emphasis: false, cells: cellsOf(part, columns) })),
    notes: [],
  }
}

function cellsOf(part: VerdictPart, columns: VerdictPart['numbers']): TablePart['rows'][number]['cells'] {
  const numbers = columns.map((column) => numberOf(part, column))
  return [
    { text: part.title },
    { text: part.verdict.replaceAll('-', ' ') },
    ...numbers.map((number) => (number === undefined ? { text: '' } : { estimate: number.estimate })),
    { text: seedCount(part) },
  ]
}
